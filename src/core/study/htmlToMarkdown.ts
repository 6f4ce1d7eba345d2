// HTML from another program → the Markdown of a card, which is then rendered like any other: nothing in it can run.

import { parseHtml } from './html.ts';
import type { HtmlElement, HtmlNode } from './html.ts';

const blocks = new Set([
  'p', 'div', 'ul', 'ol', 'li', 'pre', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'table', 'section', 'article',
  'center', 'header', 'footer', 'dl', 'dt', 'dd', 'figure', 'body', 'html', 'tbody', 'thead', 'tr',
]); // prettier-ignore

/** The same text as Markdown; what has no Markdown is left as its words. */
export function htmlToMarkdown(html: string): string {
  return blocksOf(parseHtml(html))
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Nodes as blocks of Markdown, one string each. */
function blocksOf(nodes: readonly HtmlNode[]): string[] {
  const made: string[] = [];
  let line: HtmlNode[] = [];
  /** Lists that follow each other are told apart by their marks. */
  let lists = 0;
  const endLine = (): void => {
    const text = paragraph(line);
    if (text !== '') {
      made.push(text);
      lists = 0;
    }
    line = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !isBlock(node)) line.push(node);
    else {
      endLine();
      lists = node.name === 'ul' || node.name === 'ol' ? lists + 1 : 0;
      made.push(...(lists > 0 ? [list(node, lists % 2 === 1)] : blockOf(node)));
    }
  }
  endLine();
  return made;
}

/** An element that stands for itself, or holds one that does. */
function isBlock(node: HtmlNode): boolean {
  return typeof node !== 'string' && (blocks.has(node.name) || node.children.some(isBlock));
}

function blockOf(element: HtmlElement): string[] {
  switch (element.name) {
    case 'pre':
      return [fence(element)];
    case 'blockquote':
      return [indented(blocksOf(element.children).join('\n\n'), '> ', '> ')];
    case 'hr':
      return ['---'];
    case 'table':
      return table(element);
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      // A card's own headings start two levels further down than its Markdown says.
      const level = Math.max(1, Number(element.name.slice(1)) - 2);
      const text = paragraph(element.children).replace(/\s*\n/g, ' ');
      return text === '' ? [] : [`${'#'.repeat(level)} ${text}`];
    }
    default:
      return blocksOf(element.children);
  }
}

function fence(element: HtmlElement): string {
  const code = textOf(element.children).replace(/\n$/, '');
  const [only] = element.children;
  const inner = typeof only === 'object' && element.children.length === 1 ? only : undefined;
  const [, language = ''] = /(?:^|\s)language-([\w+#-]{1,20})/.exec(inner?.attributes['class'] ?? '') ?? [];
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${code}\n${mark}`;
}

function list(element: HtmlElement, first: boolean): string {
  const items = element.children.filter((node): node is HtmlElement => typeof node === 'object' && node.name === 'li');
  const isLoose = items.some((item) => item.children.some((node) => typeof node === 'object' && node.name === 'p'));
  const from = Number(element.attributes['start'] ?? 1);
  const start = Number.isInteger(from) && from >= 0 && from < 1e6 ? from : 1;
  const made = items.map((item, index) => {
    const mark = element.name === 'ol' ? `${start + index}${first ? '.' : ')'} ` : first ? '- ' : '* ';
    return indented(blocksOf(item.children).join(isLoose ? '\n\n' : '\n'), mark, ' '.repeat(mark.length));
  });
  return made.join(isLoose ? '\n\n' : '\n');
}

function table(element: HtmlElement): string[] {
  const rows = descendants(element, 'tr').map((row) =>
    row.children
      .filter((cell) => typeof cell === 'object' && (cell.name === 'td' || cell.name === 'th'))
      .map((cell) =>
        paragraph([cell])
          .replace(/\s*\n\s*/g, ' ')
          .replace(/(?<!\\)\|/g, '\\|'),
      ),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0 || width > 50)
    return blocksOf(element.children.flatMap((node) => (typeof node === 'string' ? [] : node.children)));
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [[line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n')];
}

function descendants(element: HtmlElement, name: string): HtmlElement[] {
  return element.children.flatMap((node) =>
    typeof node === 'string' ? [] : node.name === name ? [node] : descendants(node, name),
  );
}

function indented(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : line === '' && rest.trim() === '' ? '' : rest + line))
    .join('\n');
}

/** A line of text; what would start a list, a heading or the like at its start is escaped. */
function paragraph(nodes: readonly HtmlNode[]): string {
  return inline(nodes)
    .replace(/[ \t]*\n[ \t]*(?=\n)/g, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/^[ \t]+/, '')
        .replace(/^([-+>#=|]|~~~)/, '\\$1')
        .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2'),
    )
    .join('\n')
    .trim();
}

function inline(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? words(node) : inlineElement(node))).join('');
}

function inlineElement(element: HtmlElement): string {
  switch (element.name) {
    case 'br':
      return '  \n';
    case 'b':
    case 'strong':
      return emphasised(element, '**');
    case 'i':
    case 'em':
      return emphasised(element, '*');
    case 's':
    case 'del':
      return emphasised(element, '~~');
    case 'code':
    case 'kbd':
    case 'samp':
      return codeSpan(textOf(element.children).replace(/\s+/g, ' '));
    case 'img':
      return `(${words(element.attributes['alt'] ?? element.attributes['src'] ?? 'picture')})`;
    case 'anki-mathjax':
      return formula(textOf(element.children), element.attributes['block'] === 'true');
    case 'math':
      return '';
    default:
      return inline(element.children);
  }
}

/** The marks stand close to the words, or they mean nothing. */
function emphasised(element: HtmlElement, mark: string): string {
  const text = inline(element.children);
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inner === '' ? text : `${before}${mark}${inner}${mark}${after}`;
}

function codeSpan(code: string): string {
  if (code.trim() === '') return code;
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return mark + pad + code + pad + mark;
}

/** Formulas as MathJax and Anki's older marks write them. */
const formulas =
  /\\\(([\s\S]{1,2000}?)\\\)|\\\[([\s\S]{1,2000}?)\\\]|\[\$\]([\s\S]{1,2000}?)\[\/\$\]|\[\$\$\]([\s\S]{1,2000}?)\[\/\$\$\]|\[sound:[^\]]{1,200}\]/g;

/** Text outside of formulas, escaped; formulas as ours. */
function words(text: string): string {
  let made = '';
  let from = 0;
  for (const found of text.matchAll(formulas)) {
    const [whole, inlineTex, displayTex, oldInline, oldDisplay] = found;
    made += escaped(text.slice(from, found.index));
    const tex = inlineTex ?? oldInline;
    const display = displayTex ?? oldDisplay;
    if (tex !== undefined) made += formula(tex, false);
    else if (display !== undefined) made += formula(display, true);
    from = found.index + whole.length;
  }
  return made + escaped(text.slice(from));
}

function formula(tex: string, display: boolean): string {
  const one = tex.replace(/\s+/g, ' ').trim();
  if (one === '') return '';
  return display ? `\\[${one}\\]` : `\\(${one}\\)`;
}

function escaped(text: string): string {
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\\`*$]|~(?=~)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

function textOf(nodes: readonly HtmlNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : node.name === 'br' ? '\n' : textOf(node.children)))
    .join('');
}
