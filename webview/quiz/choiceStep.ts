// A question with choices: one is chosen by mouse, by its letter or its number, then checked; then every choice says why it
// is right or wrong.

import type { FromQuiz, QuestionView } from '../../src/protocol/quiz.ts';
import { button } from '../controls.ts';
import { element, fromBuild, icon } from '../dom.ts';
import { footer, nextButton, passageQuote, promptOf, verdict } from './question.ts';
import { isForControl, type Step } from './step.ts';

type ChoiceQuestion = Extract<QuestionView, { kind: 'choice' }>;
type Post = (message: FromQuiz) => void;

export function choiceStep(
  question: ChoiceQuestion,
  last: boolean,
  post: Post,
  announce: (words: string) => void,
): Step {
  return question.answered ? answered(question, last, post, announce) : asked(question, post);
}

function asked(question: ChoiceQuestion, post: Post): Step {
  const { subject } = question;
  const prompt = promptOf(question);
  let chosen: number | undefined;
  let sent = false;
  const send = (choice: number | undefined): void => {
    if (sent) return;
    sent = true;
    post({ type: 'choose', subject, ...(choice !== undefined && { choice }) });
  };
  const check = button({
    label: 'Check',
    icon: 'check',
    look: 'primary',
    onPress: () => {
      send(chosen);
    },
  });
  check.setEnabled(false);
  const dontKnow = button({
    label: 'I don’t know',
    look: 'secondary',
    onPress: () => {
      send(undefined);
    },
  });
  const boxes = question.choices.map((_, index) =>
    element('input', {
      type: 'radio',
      name: 'choice',
      onchange: () => {
        chosen = index;
        check.setEnabled(true);
      },
    }),
  );
  const rows = question.choices.map(({ html }, index) =>
    element(
      'label',
      { class: 'choice' },
      boxes[index],
      element('span', { class: 'letter', 'aria-hidden': 'true' }, letter(index)),
      fromBuild(element('span', { class: 'words' }), html),
    ),
  );
  return {
    element: element(
      'div',
      { class: 'question' },
      prompt,
      element('div', { class: 'choices', role: 'radiogroup', 'aria-labelledby': 'prompt' }, ...rows),
      element('p', { class: 'hint' }, `Press 1–${rows.length} or A–${letter(rows.length - 1)}, then Enter.`),
      footer(check.element, dontKnow.element),
    ),
    arrive: () => {
      prompt.focus();
    },
    onKey: (event) => {
      const index = placeOf(event.key);
      const box = boxes[index];
      if (box) {
        box.click();
        box.focus();
        return true;
      }
      if (event.key !== 'Enter' || isForControl(event) || chosen === undefined) return false;
      send(chosen);
      return true;
    },
  };
}

function answered(question: ChoiceQuestion, last: boolean, post: Post, announce: (words: string) => void): Step {
  const { subject, chosen, correct = false, choices } = question;
  const right = choices.findIndex(({ told }) => told?.correct === true);
  const words = correct
    ? 'Right.'
    : chosen === undefined
      ? `The answer is ${letter(right)}.`
      : `Not right. The answer is ${letter(right)}.`;
  const next = nextButton(subject, last, post);
  const rows = choices.map(({ html, told }, index) => {
    const isRight = told?.correct === true;
    const isChosen = index === chosen;
    return element(
      'li',
      { class: `choice ${isRight ? 'right' : 'wrong'}${isChosen ? ' chosen' : ''}` },
      element('span', { class: 'sign' }, icon(isRight ? 'pass-filled' : isChosen ? 'error' : 'circle-large')),
      element('span', { class: 'letter' }, letter(index)),
      element(
        'div',
        { class: 'words' },
        fromBuild(element('p'), html),
        element('p', { class: 'mark' }, markOf(isRight, isChosen)),
        fromBuild(element('p', { class: 'reason' }), told?.reasonHtml ?? ''),
      ),
    );
  });
  return {
    element: element(
      'div',
      { class: 'question' },
      promptOf(question),
      verdict(correct, words),
      element('ol', { class: 'choices', 'aria-label': 'The choices, with reasons' }, ...rows),
      question.passage && passageQuote(question.passage, post),
      footer(next.element),
    ),
    arrive: () => {
      next.element.focus();
      announce(words);
    },
    onKey: onEnter(subject, post),
  };
}

/** Enter goes on, wherever the focus is. */
export function onEnter(subject: string, post: Post): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (event.key !== 'Enter' || isForControl(event)) return false;
    post({ type: 'next', subject });
    return true;
  };
}

function markOf(isRight: boolean, isChosen: boolean): string {
  if (isChosen) return isRight ? 'Your answer, right' : 'Your answer, wrong';
  return isRight ? 'The right answer' : 'Wrong';
}

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}

/** The place that a key stands for: 1 and A are the first. */
function placeOf(key: string): number {
  const found = /^(?:([1-9])|([a-i]))$/i.exec(key);
  if (!found) return -1;
  return found[1] === undefined ? (found[2] ?? '').toLowerCase().charCodeAt(0) - 97 : Number(found[1]) - 1;
}
