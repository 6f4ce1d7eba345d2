// What the model on the learner's machine thinks of their answer: an opinion, named as one.

import type { FromQuiz, Grade, OpinionView } from '../../src/protocol/quiz.ts';
import { button, progressRing, type Button } from '../controls.ts';
import { element, icon } from '../dom.ts';

export const gradeWords: Readonly<
  Record<Grade, { readonly own: string; readonly said: string; readonly model: string; readonly icon: string }>
> = {
  had: { own: 'I had it', said: 'You had it.', model: 'right', icon: 'pass' },
  partly: { own: 'Partly', said: 'You had it partly.', model: 'partly right', icon: 'circle-large' },
  not: { own: 'Not', said: 'You didn’t have it.', model: 'not right', icon: 'error' },
};

export interface OpinionPanel {
  readonly element: HTMLElement;
  readonly show: (opinion: OpinionView | undefined) => void;
}

export function opinionPanel(
  subject: string,
  post: (message: FromQuiz) => void,
  announce: (words: string) => void,
): OpinionPanel {
  const ring = progressRing();
  const sign = element('span', { class: 'sign' });
  const words = element('p', { class: 'opinion-words' });
  const reason = element('p', { class: 'opinion-reason' });
  const stop = button({
    label: 'Stop',
    icon: 'debug-stop',
    look: 'secondary',
    onPress: () => {
      post({ type: 'stopModel', subject });
    },
  });
  const ask: Button = button({
    label: 'Ask the model',
    icon: 'hubot',
    look: 'secondary',
    onPress: () => {
      post({ type: 'askModel', subject });
    },
  });
  const panel = element(
    'section',
    { class: 'opinion', 'aria-label': 'What the model thinks' },
    element('div', { class: 'opinion-head' }, ring, sign, words, stop.element, ask.element),
    reason,
  );
  let said: string | undefined;
  /** Ends are read out; what is being written is not, piece by piece. */
  const say = (text: string, aloud: boolean): void => {
    if (words.textContent !== text) words.textContent = text;
    if (aloud && said !== undefined && said !== text) announce(`${text} ${reason.textContent}`.trim());
    said = text;
  };
  const show = (opinion: OpinionView | undefined): void => {
    panel.hidden = opinion === undefined;
    if (!opinion) return;
    const { state } = opinion;
    const busy = state === 'loading' || state === 'reading' || state === 'writing';
    const hadFocus = stop.element.matches(':focus-within') || ask.element.matches(':focus-within');
    ring.hidden = !busy;
    stop.element.hidden = !busy;
    ask.element.hidden = busy || state === 'given';
    if (hadFocus && !panel.querySelector(':focus-within')) (busy ? stop : ask).element.focus();
    panel.className = `opinion ${state}`;
    const text = 'reason' in opinion ? opinion.reason : '';
    if (reason.textContent !== text) reason.textContent = text;
    reason.hidden = text === '';
    sign.replaceChildren(...(state === 'given' ? [icon(gradeWords[opinion.grade].icon)] : []));
    sign.hidden = state !== 'given';
    switch (state) {
      case 'offered':
        ask.setLabel('Ask the model', 'hubot');
        say('A model can say what it thinks of your answer.', false);
        return;
      case 'loading': {
        const percent = Math.round(opinion.fraction * 100);
        say(percent > 0 ? `Loading the model: ${percent} %` : 'Loading the model…', false);
        return;
      }
      case 'reading':
        say('The model is reading your answer…', false);
        return;
      case 'writing':
        say('The model thinks:', false);
        return;
      case 'given':
        say(`The model thinks: ${gradeWords[opinion.grade].model}.`, true);
        return;
      case 'stopped':
        ask.setLabel('Ask again', 'refresh');
        say('The model was stopped.', true);
        return;
      case 'failed':
        ask.setLabel('Ask again', 'refresh');
        say(opinion.message, true);
        return;
    }
  };
  return { element: panel, show };
}
