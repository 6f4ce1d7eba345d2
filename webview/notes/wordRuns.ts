// Words and where they stand on the page: stretches of text nodes, and formulas. Places of notes are offsets in the words.

import type { Quote } from '../../src/protocol/readerNotes.ts';
import { findQuote, quoteIn, type Span } from './quoteIn.ts';

/** A stretch of words that is one stretch of a text node, or one formula. */
export type Run =
  | { readonly start: number; end: number; readonly node: Text; readonly offset: number }
  | { readonly start: number; readonly end: number; readonly formula: Element };

/** A text as the page has it. */
export interface WordRuns {
  readonly text: string;
  /** In order. */
  readonly runs: readonly Run[];
  /** The passage in which a character stands. */
  readonly anchorAt: (offset: number) => string;
}

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

/** The words of a text with the way to the page and back. */
export function wordsOver({ text, runs, anchorAt }: WordRuns): PageWords {
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
    quote: (span) => ({ anchor: anchorAt(span.start), ...quoteIn(text, span) }),
    find: (quote) => findQuote(text, quote),
  };
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
