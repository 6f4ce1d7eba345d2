// The reader page with a chapter and notes on it, as the tests of notes drive it.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { excerpt } from '../../src/core/study/noteWords.ts';
import { chapterWords } from '../../src/core/study/chapterWords.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import type { ReaderNote } from '../../src/protocol/readerNotes.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { chapter, marks, texStyles } from './sample.ts';

let pages: Pages;

/** Starts a browser before the tests of a file, and ends it after them. */
export function useReader(): void {
  before(async () => {
    pages = await startPages(texStyles);
  });
  after(() => pages.close());
}

export const words = chapterWords(chapter.summary, chapter.html);

/** A note on the `nth` occurrence of some words of the chapter; without any, one that has lost its place. */
export function note(id: string, quote: string, text = '', nth = 0): ReaderNote {
  let start = words.text.indexOf(quote);
  for (let i = 0; i < nth; i++) start = words.text.indexOf(quote, start + 1);
  return {
    id,
    quote: excerpt(quote, 300),
    text: excerpt(text, 300),
    ...(start >= 0 && { place: { start, end: start + quote.length } }),
  };
}

/** Opens the reader with notes, and closes it after `run`. */
export async function withNotes(
  notes: readonly ReaderNote[],
  run: (reader: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const reader = await pages.open('reader', options);
  try {
    await reader.send({ type: 'show', chapter, marks });
    await reader.page.evaluate('document.fonts.ready.then(() => undefined)');
    await sendNotes(reader, notes);
    await run(reader);
    assert.deepEqual(reader.faults, []);
  } finally {
    await reader.close();
  }
}

export const sendNotes = (reader: OpenPage, notes: readonly ReaderNote[]): Promise<void> =>
  reader.send({ type: 'notes', chapterId: chapter.id, notes });

/** What is painted under a name, as the words of its ranges. */
export const painted = (reader: OpenPage, name: string): Promise<string[]> =>
  reader.page.evaluate<string[]>(
    `[...(CSS.highlights.get(${JSON.stringify(name)}) ?? [])].map((range) => range.toString())`,
  );

/** Selects from the start of the first element to the end of the second. */
export const select = (reader: OpenPage, from: string, to = from): Promise<void> =>
  reader.page.evaluate<undefined>(`(() => {
    const range = document.createRange();
    range.setStart(document.querySelector(${JSON.stringify(from)}), 0);
    const last = document.querySelector(${JSON.stringify(to)});
    range.setEnd(last, last.childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  })()`);

export const quoteOf = (message: Readonly<Record<string, unknown>>): Quote => message['quote'] as Quote;
export const focused = (reader: OpenPage): Promise<string> =>
  reader.page.evaluate<string>(
    `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
  );
export const status = (reader: OpenPage): Promise<string> =>
  reader.page.locator('#root > [role=status].visually-hidden').innerText();
