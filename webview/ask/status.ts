import type { AnswerProgress } from '../../src/protocol/ask.ts';
import { progressRing } from '../controls.ts';
import { element } from '../dom.ts';

export interface Status {
  readonly element: HTMLElement;
  readonly say: (words: string) => void;
  readonly progress: (progress: AnswerProgress) => void;
  /** 'aloud': only for who listens; the page shows it elsewhere. */
  readonly setShown: (shown: boolean | 'aloud') => void;
}

/** What is going on while the learner waits. Its words are read out when they change; how far it is isn't. */
export function statusLine(): Status {
  const words = element('span', { role: 'status' });
  const percent = element('span', { class: 'percent', 'aria-hidden': 'true' });
  const line = element('p', { class: 'status' }, progressRing(), element('span', {}, words, percent));
  const say = (next: string, much = ''): void => {
    if (words.textContent !== next) words.textContent = next;
    percent.textContent = much;
  };
  return {
    element: line,
    say,
    progress: ({ phase, fraction }) => {
      say(phases[phase], fraction === undefined ? '…' : `\u00a0${percentOf(fraction)}`);
    },
    setShown: (shown) => {
      line.hidden = shown === false;
      line.classList.toggle('visually-hidden', shown === 'aloud');
    },
  };
}

/** "40 %", in one piece. */
export function percentOf(fraction: number): string {
  return `${Math.round(Math.min(1, Math.max(0, fraction)) * 100)}\u00a0%`;
}

const phases: Readonly<Record<AnswerProgress['phase'], string>> = {
  loading: 'Loading the model',
  waiting: 'Waiting for another question',
  reading: 'Reading the passages',
};
