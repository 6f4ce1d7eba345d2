// Selecting by keyboard: a page has no caret, so the keys start from sentences. Once something is selected, Shift and the
// arrow keys change the selection letter by letter, word by word, line by line, as everywhere.

import { reducedMotion } from '../dom.ts';

/** What is selected at once: sentences, and what has none. */
const units = '.summary, .sentence, h2, h3, pre, tr, figcaption, .formula';

/** Selects the sentence after (1) or before (-1) the selected one; without a selection, the first one in view. */
export function selectSentence(chapter: HTMLElement, step: 1 | -1): string | undefined {
  const all = [...chapter.querySelectorAll<HTMLElement>(units)].filter(
    (unit) => unit.closest('.summary, .prose') && unit.checkVisibility() && !unit.querySelector(units),
  );
  const selection = document.getSelection();
  if (!selection) return undefined;
  const range = selection.isCollapsed || selection.rangeCount === 0 ? undefined : selection.getRangeAt(0);
  const from = range && chapter.contains(range.startContainer) ? range : undefined;
  const at = from
    ? all.findIndex((unit) => from.intersectsNode(unit))
    : all.findIndex((unit) => unit.getBoundingClientRect().top >= 0) - step;
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return undefined;
  selection.selectAllChildren(next);
  const { top, bottom } = next.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight - 60) {
    next.scrollIntoView({ block: 'center', behavior: reducedMotion() ? 'instant' : 'smooth' });
  }
  return next.textContent.trim();
}
