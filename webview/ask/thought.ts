import { progressRing } from '../controls.ts';
import { element } from '../dom.ts';

export interface Thought {
  readonly element: HTMLElement;
  readonly add: (text: string) => void;
  /** Whether the model is thinking at the moment. */
  readonly setLive: (live: boolean) => void;
}

/** A thinking model's reasoning, folded away; not there while there is none. */
export function thoughtFold(): Thought {
  const text = element('p', { class: 'thought-text' });
  const ring = progressRing();
  const name = element('span', {}, 'Reasoning');
  const fold = element('details', { class: 'fold thought' }, element('summary', {}, name, ring), text);
  fold.hidden = true;
  ring.hidden = true;
  return {
    element: fold,
    add: (more) => {
      fold.hidden = false;
      text.append(more);
    },
    setLive: (live) => {
      ring.hidden = !live;
      name.textContent = live ? 'Reasoning…' : 'Reasoning';
    },
  };
}
