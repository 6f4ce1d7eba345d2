// The page as a whole: where one is in the quiz, and the step at hand. What hasn't changed stays, and with it the focus.

import type { OpinionView, QuizPage, QuizStep } from '../../src/protocol/quiz.ts';
import { button } from '../controls.ts';
import { element } from '../dom.ts';
import { choiceStep } from './choiceStep.ts';
import { recallStep } from './recallStep.ts';
import { resultStep } from './resultStep.ts';
import type { QuizParts, Step } from './step.ts';

export interface QuizView {
  readonly show: (page: QuizPage) => void;
  readonly opinion: (subject: string, opinion: OpinionView) => void;
}

/** Paints the quiz into `root`. */
export function createQuizView(root: HTMLElement, parts: QuizParts): QuizView {
  const title = element('h1');
  const where = element('p', { class: 'where' });
  const filled = element('div', { class: 'filled' });
  const bar = element('div', { class: 'bar', 'aria-hidden': 'true' }, filled);
  const end = button({
    label: 'End quiz',
    icon: 'debug-stop',
    look: 'icon',
    onPress: () => {
      parts.post({ type: 'end' });
    },
  });
  const place = element('div', { class: 'step' });
  const said = element('p', { class: 'visually-hidden', role: 'status' });
  const head = element('header', {}, element('div', { class: 'head-line' }, title, end.element), where, bar);
  root.append(element('main', {}, head, place), said);

  let shown: { readonly key: string; readonly step: Step; readonly subject: string | undefined } | undefined;

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (shown?.step.onKey?.(event) === true) event.preventDefault();
  });

  return {
    show: (page) => {
      const { step } = page;
      title.textContent = page.title;
      document.title = page.title;
      const asking = step.type === 'question';
      where.hidden = !asking;
      bar.hidden = !asking;
      end.element.hidden = !asking;
      const done = asking && step.question.answered ? page.at + 1 : page.at;
      where.textContent = `Question ${page.at + 1} of ${page.of}${done > 0 ? ` · ${page.right} of ${done} right` : ''}`;
      filled.style.width = `${page.of === 0 ? 0 : (100 * done) / page.of}%`;

      const key = `${page.id} ${keyOf(step)}`;
      if (shown?.key === key) {
        if (asking && step.question.kind === 'recall') shown.step.opinion?.(step.question.opinion);
        return;
      }
      const next = stepFor(step, page, parts, (words) => {
        said.textContent = words;
      });
      said.textContent = '';
      const subject = asking ? step.question.subject : undefined;
      const goesOn = shown !== undefined && subject !== undefined && subject === shown.subject;
      place.replaceChildren(next.element);
      shown = { key, step: next, subject };
      if (!goesOn) window.scrollTo({ top: 0 });
      next.arrive();
    },
    opinion: (subject, opinion) => {
      if (shown?.subject === subject) shown.step.opinion?.(opinion);
    },
  };
}

function stepFor(step: QuizStep, page: QuizPage, parts: QuizParts, announce: (words: string) => void): Step {
  switch (step.type) {
    case 'question': {
      const { question } = step;
      const last = page.at + 1 === page.of;
      return question.kind === 'choice'
        ? choiceStep(question, last, parts.post, announce)
        : recallStep(question, last, parts, announce);
    }
    case 'result':
      return resultStep(step.result, parts.post);
    case 'empty': {
      const words = element('p', { class: 'empty', tabindex: -1 }, step.words);
      const another = button({
        label: 'Choose another quiz',
        look: 'primary',
        onPress: () => {
          parts.post({ type: 'another' });
        },
      });
      return {
        element: element('div', {}, words, element('div', { class: 'actions' }, another.element)),
        arrive: () => {
          words.focus();
        },
      };
    }
  }
}

/** Changes when the step has to be painted anew; a model's opinion comes and goes without. */
function keyOf(step: QuizStep): string {
  if (step.type !== 'question' || step.question.kind !== 'recall') return JSON.stringify(step);
  const { opinion: _, ...question } = step.question;
  return JSON.stringify(question);
}
