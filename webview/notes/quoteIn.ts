// Words of a text as a quote that can be found again, and the way back.

import type { Quote } from '../../src/protocol/readerNotes.ts';

/** As in src/core/study/findPlace.ts. */
const contextLength = 64;

/** Offsets in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The words of `span`, with those around them. */
export function quoteIn(text: string, { start, end }: Span): Omit<Quote, 'anchor'> {
  return {
    quote: text.slice(start, end).toWellFormed(),
    before: text.slice(Math.max(0, start - contextLength), start).toWellFormed(),
    after: text.slice(end, end + contextLength).toWellFormed(),
  };
}

/** Where a quote that was made of `text` stands in it. */
export function findQuote(text: string, { quote, before }: Quote): Span | undefined {
  const inContext = text.indexOf(before + quote);
  const start = inContext >= 0 ? inContext + before.length : text.indexOf(quote);
  return start >= 0 ? { start, end: start + quote.length } : undefined;
}
