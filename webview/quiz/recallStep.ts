// A question to be answered from memory: the learner writes, compares with the answer, and grades themselves. A model may
// say what it thinks; the learner's grade counts.

import type { FromQuiz, Grade, OpinionView, QuestionView } from '../../src/protocol/quiz.ts';
import { button, textBox, type Button } from '../controls.ts';
import { element, fromBuild } from '../dom.ts';
import { onEnter } from './choiceStep.ts';
import { gradeWords, opinionPanel } from './opinionPanel.ts';
import { footer, nextButton, passageQuote, promptOf, verdict } from './question.ts';
import { isForControl, type QuizParts, type Step } from './step.ts';

type RecallQuestion = Extract<QuestionView, { kind: 'recall' }>;

const grades = ['had', 'partly', 'not'] as const satisfies readonly Grade[];
/** As much as the extension takes. */
const longest = 4000;

export function recallStep(
  question: RecallQuestion,
  last: boolean,
  parts: QuizParts,
  announce: (words: string) => void,
): Step {
  if (question.answered) return graded(question, last, parts.post, announce);
  return question.shown ? revealed(question, question.shown, parts.post, announce) : asked(question, parts);
}

function asked(question: RecallQuestion, { post, draft, keepDraft }: QuizParts): Step {
  const { subject } = question;
  let sent = false;
  const box = textBox('Your answer', 'Write what you remember', (text) => {
    keepDraft(subject, text.slice(0, longest));
  });
  box.setText(draft(subject));
  box.element.setAttribute('maxlength', String(longest));
  box.element.setAttribute('rows', '4');
  const reveal = (): void => {
    if (sent) return;
    sent = true;
    post({ type: 'reveal', subject, text: box.text().slice(0, longest) });
  };
  box.element.addEventListener('keydown', (event) => {
    if (event.isComposing || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    reveal();
  });
  const show = button({ label: 'Show the answer', icon: 'eye', look: 'primary', onPress: reveal });
  return {
    element: element(
      'div',
      { class: 'question' },
      promptOf(question),
      element('div', { class: 'answer-box' }, box.element),
      element('p', { class: 'hint' }, 'Enter shows the answer, Shift+Enter starts a new line.'),
      footer(show.element),
    ),
    arrive: () => {
      box.focus();
    },
  };
}

function revealed(
  question: RecallQuestion,
  shown: NonNullable<RecallQuestion['shown']>,
  post: (message: FromQuiz) => void,
  announce: (words: string) => void,
): Step {
  const { subject } = question;
  let sent = false;
  const grade = (which: Grade): void => {
    if (sent) return;
    sent = true;
    post({ type: 'grade', subject, grade: which });
  };
  const buttons = grades.map((which): [Grade, Button] => [
    which,
    button({
      label: gradeWords[which].own,
      look: 'secondary',
      onPress: () => {
        grade(which);
      },
    }),
  ]);
  const answer = element('div', { class: 'compared', tabindex: -1 }, ...comparison(shown));
  const panel = opinionPanel(subject, post, announce);
  const mark = (opinion: OpinionView | undefined): void => {
    panel.show(opinion);
    // What the model would say is offered first, never chosen.
    for (const [which, each] of buttons) {
      const likely = opinion?.state === 'given' && opinion.grade === which;
      each.element.setAttribute('appearance', likely ? 'primary' : 'secondary');
    }
  };
  mark(question.opinion);
  return {
    element: element(
      'div',
      { class: 'question' },
      promptOf(question),
      answer,
      panel.element,
      question.passage && passageQuote(question.passage, post),
      footer(
        element('span', { class: 'ask', id: 'ask' }, 'Did you have it? Press 1–3.'),
        element(
          'div',
          { class: 'grades', role: 'group', 'aria-labelledby': 'ask' },
          ...buttons.map(([, each]) => each.element),
        ),
      ),
    ),
    arrive: () => {
      answer.focus();
      announce('The answer is shown. Grade yourself: 1 I had it, 2 partly, 3 not.');
    },
    opinion: mark,
    onKey: (event) => {
      const which = /^[1-3]$/.test(event.key) && !isForText(event) ? grades[Number(event.key) - 1] : undefined;
      if (!which) return false;
      grade(which);
      return true;
    },
  };
}

function graded(
  question: RecallQuestion,
  last: boolean,
  post: (message: FromQuiz) => void,
  announce: (words: string) => void,
): Step {
  const { subject, shown, grade = 'not', correct = false, opinion } = question;
  const next = nextButton(subject, last, post);
  const words = gradeWords[grade].said;
  const panel = opinionPanel(subject, post, announce);
  panel.show(opinion?.state === 'given' ? opinion : undefined);
  return {
    element: element(
      'div',
      { class: 'question' },
      promptOf(question),
      verdict(correct, words, gradeWords[grade].icon),
      element('div', { class: 'compared' }, ...(shown ? comparison(shown) : [])),
      panel.element,
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

/** What the learner wrote and what the answer is, one beside the other. */
function comparison({ typed, answerHtml }: NonNullable<RecallQuestion['shown']>): HTMLElement[] {
  const wrote = typed.trim();
  return [
    element(
      'section',
      { class: 'yours', 'aria-label': 'Your answer' },
      element('p', { class: 'label' }, 'Your answer'),
      element('p', { class: wrote === '' ? 'typed nothing' : 'typed' }, wrote === '' ? 'Nothing written' : wrote),
    ),
    element(
      'section',
      { class: 'model-answer', 'aria-label': 'The answer' },
      element('p', { class: 'label' }, 'The answer'),
      fromBuild(element('p'), answerHtml),
    ),
  ];
}

function isForText(event: KeyboardEvent): boolean {
  return isForControl(event) && event.target instanceof Element && event.target.closest('vscode-text-area') !== null;
}
