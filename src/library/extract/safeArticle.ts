// An article of any page → HTML that can do nothing: known elements only, no attributes but a few harmless ones, no
// scripts, styles, forms, frames, pictures or anything else that would be asked of another machine. The reader's page
// sanitises it once more, with another program. A browser builds from it what is written, no more and no less: places of
// notes are told by its words.

import { parseHTML } from 'linkedom';
import type { Block, BlockKind } from '../../core/library/block.ts';

export interface SafeArticle {
  readonly html: string;
  readonly blocks: readonly Block[];
}

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const paragraphs: Readonly<Record<string, BlockKind>> = {
  p: 'paragraph',
  li: 'paragraph',
  pre: 'loose',
  blockquote: 'paragraph',
  figcaption: 'caption',
  caption: 'caption',
  dt: 'paragraph',
  dd: 'paragraph',
  td: 'loose',
  th: 'loose',
};
/** Kept around what stands in them. */
const frames = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'figure', 'blockquote']);
const inline = new Set(['em', 'i', 'strong', 'b', 'code', 'sub', 'sup', 'br', 'mark', 'q', 's', 'u', 'kbd', 'var']);
/** What a browser knows in tables only, and otherwise leaves out. */
const tableParts = new Set(['caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);
/** Dropped with everything in them. */
const dropped = new Set(
  'script style noscript template iframe frame object embed applet form input button select textarea link meta base svg canvas audio video source track img picture map area dialog portal head title'.split(
    ' ',
  ),
);

/** Deeper is no article, and would be too deep for recursion. */
const deepest = 300;

/** A piece of HTML as a document's body. */
export function bodyOf(html: string): Element {
  return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body;
}

/** Rebuilds an article from what is harmless in it, with an id on every block. */
export function safeArticle(root: Element, address: string): SafeArticle {
  const blocks: Block[] = [];
  let html = '';
  let loose: Node[] = [];
  const add = (tag: string, kind: BlockKind, nodes: readonly Node[], level?: number): void => {
    const text = plain(nodes, tag === 'pre');
    if (text === '') {
      // A row keeps its columns.
      if (tag === 'td' || tag === 'th') html += `<${tag}></${tag}>`;
      return;
    }
    const anchor = `b${blocks.length + 1}`;
    blocks.push({ kind, text, boxes: [], anchor, ...(level !== undefined && { level }) });
    const inner = nodes.map((node) => inlineHtml(node, address, 0)).join('');
    // A browser leaves out a line break at the start of a listing.
    html += `<${tag} id="${anchor}">${tag === 'pre' ? inner.replace(/^\n+/, '') : inner}</${tag}>`;
  };
  const flush = (): void => {
    if (loose.length > 0) add('p', 'paragraph', loose);
    loose = [];
  };
  const visit = (node: Node, depth: number, inTable: boolean): void => {
    if (depth > deepest) return;
    if (!isElement(node)) {
      if (node.nodeType === 3 && !inTable) loose.push(node);
      return;
    }
    if (dropped.has(node.localName)) return;
    const isPart = node.localName === 'table' ? isTable(node) : inTable || !tableParts.has(node.localName);
    const tag = isPart ? node.localName : 'div';
    const holdsRows = isPart && rowHolders.has(tag);
    const level = headings.indexOf(tag) + 1;
    const kind = paragraphs[tag];
    if (level > 0 || (kind && !holdsBlocks(node))) {
      flush();
      add(tag, level > 0 ? 'heading' : (kind ?? 'paragraph'), [...node.childNodes], level > 0 ? level : undefined);
    } else if (frames.has(tag) || kind) {
      flush();
      html += `<${tag}>`;
      for (const child of node.childNodes) visit(child, depth + 1, holdsRows);
      flush();
      html += `</${tag}>`;
    } else if (isInline(node)) loose.push(node);
    else {
      flush();
      for (const child of node.childNodes) visit(child, depth + 1, holdsRows);
      flush();
    }
  };
  for (const child of root.childNodes) visit(child, 0, false);
  flush();
  return { html, blocks };
}

/** Elements of tables, by what may stand in them. */
const rowHolders: ReadonlyMap<string, readonly string[]> = new Map([
  ['table', ['caption', 'colgroup', 'thead', 'tbody', 'tfoot', 'tr']],
  ['thead', ['tr']],
  ['tbody', ['tr']],
  ['tfoot', ['tr']],
  ['tr', ['td', 'th']],
]);

/** Whether a browser would leave a table, or a part of one, as it is. */
function isTable(element: Element): boolean {
  const parts = rowHolders.get(element.localName);
  if (!parts) return true;
  return [...element.childNodes].every((child) =>
    isElement(child)
      ? parts.includes(child.localName) && isTable(child)
      : child.nodeType !== 3 || (child.textContent ?? '').trim() === '',
  );
}

const blockTags = [...headings, ...Object.keys(paragraphs), ...frames, 'div', 'section', 'article'].join(',');

function holdsBlocks(element: Element): boolean {
  return element.querySelector(blockTags) !== null;
}

function isInline(element: Element): boolean {
  const tag = element.localName;
  return (
    (inline.has(tag) || ['a', 'span', 'math', 'small', 'cite', 'abbr', 'time', 'label'].includes(tag)) &&
    !holdsBlocks(element)
  );
}

function inlineHtml(node: Node, address: string, depth: number): string {
  if (node.nodeType === 3) return escaped(node.textContent ?? '');
  if (!isElement(node) || depth > deepest || dropped.has(node.localName)) return '';
  if (node.localName === 'math') return escaped(mathText(node));
  const inner = [...node.childNodes].map((child) => inlineHtml(child, address, depth + 1)).join('');
  if (node.localName === 'a') {
    const href = safeLink(node.getAttribute('href'), address);
    return href === undefined ? inner : `<a href="${escaped(href)}">${inner}</a>`;
  }
  if (node.localName === 'br') return '<br>';
  return inline.has(node.localName) ? `<${node.localName}>${inner}</${node.localName}>` : inner;
}

/** Only https leads anywhere; within the page and to everything else a link is its words. */
function safeLink(href: string | null, address: string): string | undefined {
  if (href === null || !URL.canParse(href, address)) return undefined;
  const url = new URL(href, address);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

function plain(nodes: readonly Node[], keepLines: boolean): string {
  const text = nodes.map((node) => plainText(node, 0)).join('');
  return keepLines ? text.trim() : text.replace(/\s+/g, ' ').trim();
}

function plainText(node: Node, depth: number): string {
  if (node.nodeType === 3) return node.textContent ?? '';
  if (!isElement(node) || depth > deepest || dropped.has(node.localName)) return '';
  if (node.localName === 'math') return mathText(node);
  if (node.localName === 'br') return ' ';
  return [...node.childNodes].map((child) => plainText(child, depth + 1)).join('');
}

/** A formula in the words of its author, where they were kept. */
function mathText(math: Element): string {
  return math.getAttribute('alttext') ?? math.textContent;
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
