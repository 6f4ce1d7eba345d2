import { element } from '../dom.ts';

export interface Announcer {
  readonly element: HTMLElement;
  readonly say: (words: string) => void;
}

const remembered = 20;

/** Words for screen readers, one after the other: a whole block of an answer at a time, not each token. */
export function announcer(): Announcer {
  const log = element('div', { class: 'visually-hidden', role: 'log', 'aria-live': 'polite' });
  return {
    element: log,
    say: (words) => {
      if (words === '') return;
      log.append(element('p', {}, words));
      if (log.childElementCount > remembered) log.firstElementChild?.remove();
    },
  };
}
