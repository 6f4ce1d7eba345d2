// Selecting and noting words of a saved document's page.

import assert from 'node:assert/strict';
import type { CopyForm } from '../../src/core/library/address.ts';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import type { StoredText } from '../../src/library/shelf/texts.ts';
import { bodyOf } from '../../src/vscode/document/documentContent.ts';
import { page } from './documentSample.ts';
import { type OpenOptions, type OpenPage, type Pages } from './harness.ts';

export const { subject } = page;

/** What was read, as it is kept. */
export function stored({ html, passages, between = [] }: DocumentText, form: CopyForm): StoredText {
  return {
    form,
    ...(html !== undefined && { html }),
    passages: passages.map((passage, number) => {
      const [first] = passage.boxes;
      return { ...passage, number, ...(first && { page: first.page }) };
    }),
    between,
  };
}

export async function withText(
  pages: Pages,
  text: StoredText,
  run: (opened: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const opened = await pages.open('document', { width: 900, height: 700, ...options });
  try {
    await opened.send({ type: 'show', document: { ...page, form: text.form, body: bodyOf(text) } });
    await run(opened);
    assert.deepEqual(opened.faults, []);
  } finally {
    await opened.close();
  }
}

/** Selects what `expression` is in the page: an element, or two between which everything is. */
export const select = ({ page: shown }: OpenPage, expression: string): Promise<void> =>
  shown.evaluate<undefined>(`(() => {
    const [first, last = first] = [${expression}].flat();
    getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
  })()`);

export async function press(opened: OpenPage, key: string, type: string): Promise<Readonly<Record<string, unknown>>> {
  const before = (await opened.posted(type)).length;
  await opened.page.keyboard.press(key);
  return opened.next(type, before);
}

export const quoteFrom = (message: Readonly<Record<string, unknown>>): Quote => message['quote'] as Quote;

export const painted = ({ page: shown }: OpenPage, name: string): Promise<string[]> =>
  shown.evaluate<string[]>(`[...(CSS.highlights.get('${name}') ?? [])].map((range) => range.toString())`);

/** A note as the extension sends it. */
export const noteAt = (id: string, start: number, end: number, quote: string, text = '') => ({
  id,
  place: { start, end },
  quote,
  text,
});

export const prose = 'The cache keeps what was computed before, so that it need not be computed again. '.repeat(5);
