// HTML from other programs as a tree: enough of it to take the words out. It is never shown as HTML.

export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
}

export type HtmlNode = string | HtmlElement;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: HtmlNode[];
}

const voids = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'wbr', 'col', 'source', 'embed']);
/** What stands in these is no text. */
const silent = new Set(['script', 'style', 'template', 'iframe', 'object', 'noscript', 'head', 'title', 'svg']);
/** Opening one of these ends an open one of the same kind. */
const closing: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  p: ['p'],
  tr: ['td', 'th', 'tr'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
};
/** Deeper nesting is flattened. */
const deepest = 60;

/** Reads HTML, well-formed or not. Scripts, styles and comments are left out. */
export function parseHtml(html: string): readonly HtmlNode[] {
  const root: Open = { name: '', attributes: {}, children: [] };
  const open: Open[] = [root];
  const top = (): Open => open.at(-1) ?? root;
  const close = (name: string): void => {
    const at = open.findLastIndex((one) => one.name === name);
    if (at > 0) open.length = at;
  };
  const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|<![^>]*>|[^<]+|</g;
  for (let found = token.exec(html); found; found = token.exec(html)) {
    const [whole, slash, tag, rest = ''] = found;
    if (tag === undefined) {
      if (!whole.startsWith('<!')) top().children.push(decoded(whole));
      continue;
    }
    const name = tag.toLowerCase();
    if (slash === '/') {
      close(name);
      continue;
    }
    if (silent.has(name)) {
      const end = new RegExp(`</${name}\\s*>`, 'gi');
      end.lastIndex = token.lastIndex;
      const ended = end.exec(html);
      token.lastIndex = ended ? end.lastIndex : html.length;
      continue;
    }
    const ends = closing[name];
    if (ends?.includes(top().name)) {
      for (const one of ends) if (top().name === one) open.pop();
    }
    const made: Open = { name, attributes: attributesOf(rest), children: [] };
    top().children.push(made);
    if (!voids.has(name) && !rest.endsWith('/') && open.length < deepest) open.push(made);
  }
  return root.children;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single, bare] of text.matchAll(
    /([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    if (name !== '__proto__') found[name.toLowerCase()] = decoded(double ?? single ?? bare ?? '');
  }
  return found;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’',
  ldquo: '“', rdquo: '”', times: '×', middot: '·', bull: '•', deg: '°', plusmn: '±', larr: '←', rarr: '→', le: '≤', ge: '≥',
  ne: '≠', infin: '∞', alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', theta: 'θ', lambda: 'λ', mu: 'μ', pi: 'π',
  sigma: 'σ', tau: 'τ', phi: 'φ', omega: 'ω', Delta: 'Δ', Sigma: 'Σ', Omega: 'Ω', sum: '∑', prod: '∏', int: '∫', radic: '√',
}; // prettier-ignore

/** Text with its entities as the characters they mean; unknown ones stay as they are. */
function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]\w{1,31});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}
