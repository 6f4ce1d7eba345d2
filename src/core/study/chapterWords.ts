// The text of a chapter as plain characters: what notes are anchored in. The reader page makes the same of what it shows
// (webview/notes/pageWords.ts), so that places are told by offsets; a test holds both against every chapter.

import { summaryAnchor } from '../passages.ts';

export interface PassageSpan {
  readonly anchor: string;
  readonly start: number;
  readonly end: number;
}

/** Blocks end with a line break, cells of a table with a tab; formulas are their TeX between dollars. No pictures. */
export interface ChapterWords {
  readonly text: string;
  /** In order, without gaps; the summary is the first. */
  readonly passages: readonly PassageSpan[];
}

const blocks = new Set(
  'section div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre blockquote figure figcaption table caption thead tbody tfoot tr br hr'.split(
    ' ',
  ),
);
const cells = new Set(['td', 'th']);

/** A tag, its attributes, or the characters up to the next tag. What we write ourselves escapes `<` and `"` everywhere else. */
const piece = /<(\/?)([a-zA-Z][\w-]*)((?:[^<>"]|"[^"]*")*)>|([^<]+)/g;

/** Reads the words of a chapter; `html` is what our build made of its text. */
export function chapterWords(summary: string, html: string): ChapterWords {
  const first = { anchor: summaryAnchor, text: summary };
  return htmlWords(html, first, (tag, id) => (tag === 'section' ? id : undefined));
}

/**
 * Reads the words of HTML that we have written ourselves, after those of the first passage. `anchorOf` tells the passage
 * that starts at an element with an id.
 */
export function htmlWords(
  html: string,
  first: { readonly anchor: string; readonly text: string },
  anchorOf: (tag: string, id: string) => string | undefined,
): ChapterWords {
  const words = wordWriter();
  const starts: { anchor: string; start: number }[] = [{ anchor: first.anchor, start: 0 }];
  words.add(first.text);
  words.breakLine();
  let preformatted = 0;
  /** Inside a formula or a picture: its tag, and how many of it are open. */
  let skipping: { readonly tag: string; depth: number; tex?: string } | undefined;
  let inTex = false;
  for (const [, slash = '', name = '', attributes = '', characters] of html.matchAll(piece)) {
    const tag = name.toLowerCase();
    if (characters !== undefined) {
      const text = unescaped(characters);
      if (!skipping) words.add(text, preformatted > 0);
      else if (inTex) skipping.tex = (skipping.tex ?? '') + text;
      continue;
    }
    const opens = slash === '';
    if (skipping) {
      if (tag === 'annotation') inTex = opens;
      if (tag !== skipping.tag) continue;
      skipping.depth += opens ? 1 : -1;
      if (skipping.depth > 0) continue;
      if (skipping.tex !== undefined) words.formula(skipping.tex);
      skipping = undefined;
      continue;
    }
    if (opens && (tag === 'svg' || (tag === 'span' && isFormula(attributes)))) {
      skipping = { tag, depth: 1 };
      continue;
    }
    if (tag === 'pre') preformatted += opens ? 1 : -1;
    if (blocks.has(tag)) words.breakLine();
    else if (cells.has(tag)) words.breakCell();
    const id = opens ? /\sid="([^"]*)"/.exec(attributes)?.[1] : undefined;
    const anchor = id === undefined ? undefined : anchorOf(tag, unescaped(id));
    if (anchor !== undefined) starts.push({ anchor, start: words.next() });
  }
  const text = words.text();
  const passages = starts.map(({ anchor, start }, at) => ({
    anchor,
    start: Math.min(start, text.length),
    end: Math.min(starts[at + 1]?.start ?? text.length, text.length),
  }));
  return { text, passages };
}

/** The passage in which the character at `offset` stands. */
export function anchorAt(words: ChapterWords, offset: number): string {
  return words.passages.findLast(({ start }) => start <= offset)?.anchor ?? summaryAnchor;
}

interface WordWriter {
  readonly add: (characters: string, preformatted?: boolean) => void;
  readonly formula: (tex: string) => void;
  readonly breakLine: () => void;
  readonly breakCell: () => void;
  /** Where the next character will stand. */
  readonly next: () => number;
  readonly text: () => string;
}

/** White space becomes one space, a tab or a line break, and is written only between words; code keeps its own. */
function wordWriter(): WordWriter {
  let text = '';
  let space = '';
  const flush = (): void => {
    if (text !== '') text += space;
    space = '';
  };
  return {
    add: (characters, preformatted = false) => {
      for (const run of characters.match(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g) ?? []) {
        if (!/^[ \t\n\r\f]/.test(run)) {
          flush();
          text += run;
        } else if (preformatted) space += run;
        else if (space === '') space = ' ';
      }
    },
    formula: (tex) => {
      flush();
      text += `$${tex.replace(/[ \t\n\r\f]+/g, ' ').trim()}$`;
    },
    breakLine: () => {
      space = '\n';
    },
    breakCell: () => {
      if (!space.startsWith('\n')) space = '\t';
    },
    next: () => (text === '' ? 0 : text.length + space.length),
    text: () => text,
  };
}

function isFormula(attributes: string): boolean {
  return (/\sclass="([^"]*)"/.exec(attributes)?.[1] ?? '').split(' ').includes('katex');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function unescaped(html: string): string {
  return html.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
  });
}
