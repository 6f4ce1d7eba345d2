// What a term means, beside the term, while the pointer or the keyboard is on it.

import { element } from '../dom.ts';

const gap = 6;

/** A tooltip for the terms in `root`, whenever they are added. The element belongs at the end of the page. */
export function termTip(root: HTMLElement): HTMLElement {
  const tip = element('div', { class: 'term-tip', id: 'termTip', role: 'tooltip', hidden: true });
  let shownFor: HTMLElement | undefined;

  const show = (term: HTMLElement): void => {
    if (shownFor === term) return;
    hide();
    shownFor = term;
    tip.textContent = term.dataset['definition'] ?? '';
    tip.hidden = false;
    term.setAttribute('aria-describedby', tip.id);
    place(tip, term);
  };
  const hide = (): void => {
    shownFor?.removeAttribute('aria-describedby');
    shownFor = undefined;
    tip.hidden = true;
  };
  const termAt = (target: EventTarget | null): HTMLElement | undefined =>
    (target instanceof Element ? target.closest<HTMLElement>('a.term') : null) ?? undefined;
  const follow = (event: Event): void => {
    const term = termAt(event.target);
    if (term) show(term);
    else if (event.target !== tip) hide();
  };
  root.addEventListener('mouseover', follow);
  root.addEventListener('focusin', follow);
  root.addEventListener('focusout', hide);
  root.addEventListener('mouseleave', hide);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
  return tip;
}

/** Below the term, or above it where there is no room below; never past the page's sides. */
function place(tip: HTMLElement, term: HTMLElement): void {
  const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const right = document.documentElement.clientWidth - gap - width;
  const below = at.bottom + gap + height <= document.documentElement.clientHeight;
  tip.style.setProperty('left', `${Math.max(gap, Math.min(at.left, right)) + scrollX}px`);
  tip.style.setProperty('top', `${(below ? at.bottom + gap : at.top - gap - height) + scrollY}px`);
}
