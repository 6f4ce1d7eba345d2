// The words that the page shows, character by character as src/core/study/chapterWords.ts writes them, with the way back
// into the page: places of notes are offsets in these.

import type { Quote } from '../../src/protocol/readerNotes.ts';
import { findQuote, quoteIn, type Span } from './quoteIn.ts';

const blocks = new Set(
  'SECTION DIV P H1 H2 H3 H4 H5 H6 UL OL LI DL DT DD PRE BLOCKQUOTE FIGURE FIGCAPTION TABLE THEAD TBODY TR BR HR'.split(
    ' ',
  ),
);
const cells = new Set(['TD', 'TH']);

/** A stretch of words that is one stretch of a text node, or one formula. */
type Run =
  | { readonly start: number; end: number; readonly node: Text; readonly offset: number }
  | { readonly start: number; readonly end: number; readonly formula: Element };

export interface PageWords {
  readonly text: string;
  /** The page's own places of the words, in reading order; none if they aren't there (yet). */
  readonly rangesOf: (span: Span) => readonly Range[];
  /** The words within `range`, without white space at the ends; formulas come whole. Undefined if there are none. */
  readonly spanOf: (range: Range) => Span | undefined;
  readonly quote: (span: Span) => Quote;
  /** The words of a quote that was made on this page. */
  readonly find: (quote: Quote) => Span | undefined;
}

/** Reads the words of `roots`; the first is the summary, passages are the sections in the others. */
export function pageWords(summaryAnchor: string, roots: readonly Element[]): PageWords {
  const { text, runs, passages } = read(summaryAnchor, roots);

  const runAt = (offset: number): Run | undefined => runs[firstWhere(runs, (run) => run.end > offset)];
  const rangesOf = ({ start, end }: Span): readonly Range[] => {
    const first = runAt(start);
    const last = runs[firstWhere(runs, (run) => run.end >= end)];
    if (!first || !last || start >= end || last.start >= end) return [];
    const range = document.createRange();
    if ('formula' in first) range.setStartBefore(first.formula);
    else range.setStart(first.node, first.offset + Math.max(0, start - first.start));
    if ('formula' in last) range.setEndAfter(last.formula);
    else range.setEnd(last.node, last.offset + end - last.start);
    return [range];
  };
  const spanOf = (range: Range): Span | undefined => {
    const probe = document.createRange();
    const first = runs[firstWhere(runs, (run) => sideOf(probe, run, range.startContainer, range.startOffset) <= 0)];
    const lastAt = firstWhere(runs, (run) => sideOf(probe, run, range.endContainer, range.endOffset) < 0) - 1;
    const last = runs[lastAt];
    if (!first || !last) return undefined;
    let start = within(first, range.startContainer, range.startOffset) ?? first.start;
    let end = within(last, range.endContainer, range.endOffset) ?? last.end;
    while (start < end && isSpace(text.charAt(start))) start++;
    while (end > start && isSpace(text.charAt(end - 1))) end--;
    return start < end ? { start, end } : undefined;
  };
  return {
    text,
    rangesOf,
    spanOf,
    quote: (span) => ({
      anchor: passages.findLast((passage) => passage.start <= span.start)?.anchor ?? summaryAnchor,
      ...quoteIn(text, span),
    }),
    find: (quote) => findQuote(text, quote),
  };
}

interface Reading {
  readonly text: string;
  readonly runs: readonly Run[];
  readonly passages: readonly { readonly anchor: string; readonly start: number }[];
}

function read(summaryAnchor: string, roots: readonly Element[]): Reading {
  let text = '';
  let space = '';
  const runs: Run[] = [];
  const passages = [{ anchor: summaryAnchor, start: 0 }];
  const flush = (): void => {
    if (text !== '') text += space;
    space = '';
  };
  const addText = (node: Text, preformatted: boolean): void => {
    for (const { 0: piece, index } of node.data.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
      if (/^[ \t\n\r\f]/.test(piece)) {
        if (preformatted) space += piece;
        else if (space === '') space = ' ';
        continue;
      }
      flush();
      const start = text.length;
      text += piece;
      const run = runs.at(-1);
      // Words with one space between them are one stretch.
      if (run && 'node' in run && run.node === node && index - run.offset === start - run.start) run.end = text.length;
      else runs.push({ start, end: text.length, node, offset: index });
    }
  };
  const breakLine = (): void => {
    space = '\n';
  };
  const visit = (node: Node, preformatted: boolean): void => {
    if (node instanceof Text) {
      addText(node, preformatted);
      return;
    }
    if (!(node instanceof Element) || node.matches('svg, .note-marker')) return;
    if (node.matches('.katex')) {
      flush();
      const start = text.length;
      text += `$${(node.querySelector('annotation')?.textContent ?? '').replace(/[ \t\n\r\f]+/g, ' ').trim()}$`;
      runs.push({ start, end: text.length, formula: node });
      return;
    }
    const isBlock = blocks.has(node.tagName);
    const isCell = cells.has(node.tagName);
    const breakCell = (): void => {
      if (isCell && !space.startsWith('\n')) space = '\t';
    };
    if (isBlock) breakLine();
    breakCell();
    if (node.matches('section[id]')) passages.push({ anchor: node.id, start: text === '' ? 0 : text.length + 1 });
    node.childNodes.forEach((child) => {
      visit(child, preformatted || node.tagName === 'PRE');
    });
    if (isBlock) breakLine();
    breakCell();
  };
  for (const root of roots) {
    breakLine();
    visit(root, false);
  }
  return { text, runs, passages };
}

/** The index of the first run that fits, of runs of which all later ones fit too; their number if there is none. */
function firstWhere(runs: readonly Run[], fits: (run: Run) => boolean): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run && fits(run)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a point of the page is before (-1), in (0) or after (1) a run. */
function sideOf(probe: Range, run: Run, container: Node, offset: number): number {
  if ('formula' in run) probe.selectNode(run.formula);
  else {
    probe.setStart(run.node, run.offset);
    probe.setEnd(run.node, run.offset + run.end - run.start);
  }
  return probe.comparePoint(container, offset);
}

/** The offset of a point of the page within a run; undefined if it isn't in its text. */
function within(run: Run, container: Node, offset: number): number | undefined {
  if (!('node' in run) || run.node !== container) return undefined;
  return Math.min(run.end, Math.max(run.start, run.start + offset - run.offset));
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
