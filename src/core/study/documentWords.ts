// The text of one form of a saved document as plain characters: what notes on it are anchored in. Its pages make the same
// of what they are given (webview/pdf/pdfWords.ts); a test holds both against each other.

import { copyForms, type CopyForm } from '../library/address.ts';
import type { ChapterWords } from './chapterWords.ts';

/** The passages, each on a line of its own; their anchors are `form:number`. */
export function documentWords(form: CopyForm, passages: readonly { readonly text: string }[]): ChapterWords {
  let text = '';
  const starts = passages.map((passage, number) => {
    if (number > 0) text += '\n';
    const start = text.length;
    text += passage.text;
    return start;
  });
  return {
    text,
    passages: starts.map((start, number) => ({
      anchor: `${form}:${number}`,
      start,
      end: starts[number + 1] ?? text.length,
    })),
  };
}

/** The passage that an anchor names. */
export function parseDocumentAnchor(anchor: string): { readonly form: CopyForm; readonly passage: number } | undefined {
  const [, name, number = ''] = /^(\w+):(\d{1,7})$/.exec(anchor) ?? [];
  const form = copyForms.find((one) => one === name);
  return form && { form, passage: Number(number) };
}
