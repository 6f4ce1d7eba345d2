// Selecting by keyboard, sentence by sentence; Shift and the arrow keys then change the selection as everywhere.

import { selectedRange } from '../notes/selection.ts';
import type { NotedPdf } from './notedPdf.ts';
import type { Pages } from './pages.ts';

/** Selects the sentence after (1) or before (-1) the selected one; without a selection, the first one in view. */
export async function selectSentence(pages: Pages, noted: NotedPdf, step: 1 | -1): Promise<string | undefined> {
  const words = noted.words();
  const all = words.sentences();
  const range = selectedRange(pages.container);
  const selected = range && words.spanOf(range);
  const frame = pages.container.getBoundingClientRect();
  const at = selected
    ? all.findIndex(({ end }) => end > selected.start)
    : all.findIndex((one) => (words.rangesOf(one)[0]?.getBoundingClientRect().top ?? -1) >= frame.top) - step;
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return undefined;
  const inView = (ranges: readonly Range[]): boolean =>
    ranges.length > 0 &&
    ranges.every((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= frame.top && bottom <= frame.bottom - 60;
    });
  if (!inView(words.rangesOf(next))) await noted.reveal(next);
  const ranges = words.rangesOf(next);
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first && last) {
    document
      .getSelection()
      ?.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
  }
  return words.text.slice(next.start, next.end);
}
