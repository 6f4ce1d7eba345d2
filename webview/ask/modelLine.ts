import type { ModelLine } from '../../src/protocol/ask.ts';
import { progressRing } from '../controls.ts';
import { element, icon } from '../dom.ts';
import { percentOf } from './status.ts';

export interface ModelLineActions {
  readonly chooseModel: () => void;
  readonly showModel: () => void;
}

export interface ModelLineView {
  readonly element: HTMLElement;
  readonly set: (model: ModelLine) => void;
}

/** One line that says who answers the next question; pressing it leads to the model. */
export function modelLineView(actions: ModelLineActions): ModelLineView {
  let model: ModelLine = { state: 'none', name: '' };
  const made = element('button', {
    type: 'button',
    class: 'model-line',
    onclick: () => {
      if (model.state === 'none') actions.chooseModel();
      else actions.showModel();
    },
  });
  const set = (next: ModelLine): void => {
    model = next;
    made.dataset['state'] = next.state;
    made.title = next.problem ?? titles[next.state];
    made.replaceChildren(...parts(next));
  };
  set(model);
  return { element: made, set };
}

function parts({ state, name, fraction, problem }: ModelLine): Node[] {
  const named = (words: string): Node[] => [
    element('span', { class: 'model-name' }, name),
    element('span', { class: 'model-state' }, `· ${words}`),
  ];
  switch (state) {
    case 'none':
      return [
        icon('quote'),
        element('span', { class: 'model-name' }, 'Quoting'),
        element('span', { class: 'model-state' }, '· ', element('span', { class: 'model-link' }, 'Choose a model')),
      ];
    case 'idle':
      return [icon('sparkle'), ...named('loads when you ask')];
    case 'loading':
      return [progressRing(), ...named(fraction === undefined ? 'loading…' : `loading ${percentOf(fraction)}`)];
    case 'ready':
      return [icon('sparkle'), ...named('ready')];
    case 'failed':
      return [
        icon('warning'),
        ...named('not available'),
        ...(problem === undefined ? [] : [element('span', { class: 'model-problem' }, problem)]),
      ];
  }
}

const titles: Readonly<Record<ModelLine['state'], string>> = {
  none: 'Answers are quoted word for word. With a model on your machine they are explained, too.',
  idle: 'This model answers your next question. Show the model',
  loading: 'The model is being loaded. Show the model',
  ready: 'This model answers your next question. Show the model',
  failed: 'The model can’t be used. Show the model',
};
