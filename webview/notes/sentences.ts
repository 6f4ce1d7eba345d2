// Selecting by keyboard, sentence by sentence, in a text that has no elements for them; Shift and the arrow keys then change
// the selection as everywhere.

import type { NotedText } from './notedText.ts';
import type { Span } from './quoteIn.ts';
import { caretIn, firstIndex, hasWords, selectedRange, type Frame } from './selection.ts';

/** A text with its sentences, in order. */
export interface SpokenText extends NotedText {
  readonly sentences: () => readonly Span[];
}

/** The sentences of a text, which are looked for when they are first wanted. */
export function sentencesIn(text: Pick<NotedText, 'words'>): SpokenText['sentences'] {
  let sentences: readonly Span[] | undefined;
  return () => (sentences ??= sentencesOf(text.words().text));
}

/** Selects the sentence after (1) or before (-1) the selected one, or the caret; without any, the first one in view. */
export async function selectSpoken(
  main: Element,
  noted: SpokenText,
  frame: Frame,
  step: 1 | -1,
): Promise<string | undefined> {
  const words = noted.words();
  const all = noted.sentences();
  const next = all[Math.min(all.length - 1, Math.max(0, wanted(main, noted, frame, step)))];
  if (!next) return undefined;
  const inView = (ranges: readonly Range[]): boolean =>
    ranges.length > 0 &&
    ranges.every((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= frame.top && bottom <= frame.bottom - 60;
    });
  if (!inView(words.rangesOf(next))) await noted.reveal(next);
  // A page may have the words in another order.
  const ranges = words.rangesOf(next).toSorted((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first && last) {
    document
      .getSelection()
      ?.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
  }
  return words.text.slice(next.start, next.end);
}

/** The index of the sentence to select; it may be one too low or too high. */
function wanted(main: Element, noted: SpokenText, frame: Frame, step: 1 | -1): number {
  const words = noted.words();
  const all = noted.sentences();
  const range = selectedRange(main);
  const selected = range && words.spanOf(range);
  if (selected) return firstIndex(all, ({ end }) => end > selected.start) + step;
  const caret = caretIn(main, frame);
  const before = caret && words.spanOf(upTo(caret, main));
  if (before) {
    const goesOn = ({ start, end }: Span): boolean =>
      end > before.end && hasWords(words.text.slice(Math.max(start, before.end), end));
    return firstIndex(all, goesOn) + Math.min(0, step);
  }
  return firstIndex(all, (one) => (words.rangesOf(one)[0]?.getBoundingClientRect().top ?? -1) >= frame.top);
}

/** All of the text before a caret. */
function upTo(caret: Range, main: Element): Range {
  const before = document.createRange();
  before.setStart(main, 0);
  before.setEnd(caret.startContainer, caret.startOffset);
  return before;
}

function sentencesOf(text: string): Span[] {
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].flatMap(({ index, segment }) => {
    const words = segment.trim();
    const start = index + segment.indexOf(words);
    return words === '' ? [] : [{ start, end: start + words.length }];
  });
}
