// Where a sentence of a passage is printed.

import type { DocumentPassage } from './documentText.ts';

/** Lines of a passage: the index of the first, and of the one after the last. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** The lines over which `sentence` runs; undefined if it isn't in the passage, or the passage isn't printed. */
export function linesOf(
  { text, boxes }: Pick<DocumentPassage, 'text' | 'boxes'>,
  sentence: string,
): LineSpan | undefined {
  const words = sentence.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || boxes.length === 0) return undefined;
  // Several sentences come with one space between them.
  const found = new RegExp(words.map(literally).join(String.raw`\s+`)).exec(text);
  if (!found) return undefined;
  const end = found.index + found[0].length;
  const after = boxes.findIndex(({ at }) => at >= end);
  return {
    from: Math.max(
      0,
      boxes.findLastIndex(({ at }) => at <= found.index),
    ),
    to: after < 0 ? boxes.length : after,
  };
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
