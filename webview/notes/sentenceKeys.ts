// Selecting by keyboard: a page has no caret, so the keys start from sentences. Once something is selected, Shift and the
// arrow keys change the selection letter by letter, word by word, line by line, as everywhere.

import { reducedMotion } from '../dom.ts';
import { caretIn, firstIndex, hasWords, selectedRange } from './selection.ts';

/** What is selected at once: sentences, and what has none. */
const units = '.summary, .sentence, h2, h3, pre, tr, figcaption, .formula';

/** Selects the sentence after (1) or before (-1) the selected one, or the caret; without any, the first one in view. */
export function selectSentence(chapter: HTMLElement, step: 1 | -1): string | undefined {
  const all = [...chapter.querySelectorAll<HTMLElement>(units)].filter(
    (unit) => unit.closest('.summary, .prose') && unit.checkVisibility() && !unit.querySelector(units),
  );
  const next = all[Math.min(all.length - 1, Math.max(0, wanted(chapter, all, step)))];
  if (!next) return undefined;
  document.getSelection()?.selectAllChildren(next);
  const { top, bottom } = next.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight - 60) {
    next.scrollIntoView({ block: 'center', behavior: reducedMotion() ? 'instant' : 'smooth' });
  }
  return next.textContent.trim();
}

/** The index of the unit to select; it may be one too low or too high. */
function wanted(chapter: HTMLElement, all: readonly HTMLElement[], step: 1 | -1): number {
  const range = selectedRange(chapter);
  if (range) return firstIndex(all, (unit) => range.intersectsNode(unit)) + step;
  const caret = caretIn(chapter, { top: 0, bottom: window.innerHeight });
  if (caret) return firstIndex(all, (unit) => goesOn(unit, caret)) + Math.min(0, step);
  return firstIndex(all, (unit) => unit.getBoundingClientRect().top >= 0);
}

/** Whether there are words of a unit behind the caret. */
function goesOn(unit: HTMLElement, caret: Range): boolean {
  const rest = document.createRange();
  rest.selectNodeContents(unit);
  if (rest.comparePoint(caret.startContainer, caret.startOffset) > 0) return false;
  if (rest.comparePoint(caret.startContainer, caret.startOffset) === 0)
    rest.setStart(caret.startContainer, caret.startOffset);
  return hasWords(rest.toString());
}
