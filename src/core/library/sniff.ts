// What some bytes are, told from the bytes themselves: what a server or a file name says about them is a hint at most.

export const contentTypes = ['pdf', 'html', 'markdown', 'text', 'vtt', 'srt'] as const;
export type ContentType = (typeof contentTypes)[number];

/** How many bytes from the beginning `sniff` wants to see. */
export const sniffedBytes = 4096;

export interface SniffHints {
  /** The last part of the address, or the file's name. */
  readonly name: string;
  /** The server's "Content-Type". */
  readonly mime: string;
}

/** What the bytes are, of which `head` is the beginning; undefined for all that can't be read as a text. */
export function sniff(head: Uint8Array, { name, mime }: SniffHints): ContentType | undefined {
  if (startsPdf(head)) return 'pdf';
  const text = textOf(head);
  if (text === undefined) return undefined;
  const start = text.trimStart();
  if (/^WEBVTT(?:[ \t\r\n]|$)/.test(start)) return 'vtt';
  if (/^\d+[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{3}[ \t]+-->/.test(start)) return 'srt';
  const isMarkdown = /\.(?:md|markdown|mdown|qmd|rmd)$/i.test(name) || /^text\/(?:x-)?markdown\b/i.test(mime);
  if (isHtml(start)) return 'html';
  if (/^<\?xml\b|^<(?:svg|rss|feed)\b/i.test(start)) return undefined;
  if (isMarkdown) return 'markdown';
  // A page may begin with a long comment or script, or leave out everything that is optional.
  if (/^(?:text\/html|application\/xhtml\+xml)\b/i.test(mime) && /<[a-z!][^>]*>/i.test(start)) return 'html';
  if (/^[[{]/.test(start) && /\bjson\b/i.test(mime)) return undefined;
  return start === '' ? undefined : 'text';
}

function startsPdf(head: Uint8Array): boolean {
  // Readers allow rubbish before the header, and some servers send it.
  return latin1(head.subarray(0, 1024)).includes('%PDF-');
}

function isHtml(start: string): boolean {
  const bare = start.replace(/^(?:<\?xml[^>]*\?>|<!--[\s\S]*?-->|\s+)+/g, '');
  return /^<(?:!doctype html|html|head|body|title|meta|script|style|h1|div|p|table|article|main)\b/i.test(bare);
}

/** The bytes as text, or undefined if they are none. Good enough to recognise tags by, not to read. */
function textOf(head: Uint8Array): string | undefined {
  const [a, b, c] = head;
  if (a === 0xff && b === 0xfe) return utf16(head.subarray(2), 0);
  if (a === 0xfe && b === 0xff) return utf16(head.subarray(2), 1);
  const text = latin1(a === 0xef && b === 0xbb && c === 0xbf ? head.subarray(3) : head);
  return /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
}

function utf16(bytes: Uint8Array, high: 0 | 1): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at + 1 - high] ?? 0) << 8) | (bytes[at + high] ?? 0));
  }
  return text;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The title that a web page gives itself, as one line; undefined if its beginning has none. */
export function pageTitle(html: string): string | undefined {
  const found = /<title\b[^>]{0,200}>([^<]{1,1000})/i.exec(html)?.[1];
  const title = found
    ?.replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => named(whole, decimal, hex, name),
    )
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 300);
  return title === '' ? undefined : title;
}

const entities: Readonly<Partial<Record<string, string>>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: '’',
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
};

function named(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '0', 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
