// What both kinds of questions have: the words, the verdict, the passage that answers it.

import type { FromQuiz, QuestionView, QuizPassageView } from '../../src/protocol/quiz.ts';
import { button, type Button } from '../controls.ts';
import { element, fromBuild, icon } from '../dom.ts';

/** The question's words, reached by the focus so that they are read out first. */
export function promptOf({ chapterTitle, promptHtml }: QuestionView): HTMLElement {
  return element(
    'div',
    { class: 'prompt', tabindex: -1 },
    // A quiz about one chapter has said so already.
    document.title !== chapterTitle && element('p', { class: 'label' }, chapterTitle),
    fromBuild(element('h2', { id: 'prompt' }), promptHtml),
  );
}

/** Whether it was right, in words and with a sign. */
export function verdict(correct: boolean, words: string, sign = correct ? 'pass-filled' : 'error'): HTMLElement {
  return element(
    'p',
    { class: `verdict ${correct ? 'right' : 'wrong'}`, tabindex: -1 },
    icon(sign),
    element('strong', {}, words),
  );
}

/** The passage, quoted, with the way into the chapter. */
export function passageQuote(passage: QuizPassageView, post: (message: FromQuiz) => void): HTMLElement {
  return element(
    'section',
    { class: 'passage-quote', 'aria-label': 'The passage that answers it' },
    element('p', { class: 'label' }, `From “${passage.chapterTitle}”: ${passage.heading}`),
    fromBuild(element('blockquote', { class: 'prose' }), passage.html),
    passageLink('Read it in the chapter', passage.passageId, post),
  );
}

/** Opens the reader at a passage, highlighted. */
export function passageLink(words: string, passageId: string, post: (message: FromQuiz) => void): HTMLElement {
  return element(
    'button',
    {
      class: 'passage-link',
      onclick: () => {
        post({ type: 'openPassage', passageId });
      },
    },
    icon('book'),
    element('span', {}, words),
  );
}

/** Goes on to the next question, or to the result. */
export function nextButton(subject: string, last: boolean, post: (message: FromQuiz) => void): Button {
  return button({
    label: last ? 'Show the result' : 'Next question',
    icon: 'arrow-right',
    look: 'primary',
    onPress: () => {
      post({ type: 'next', subject });
    },
  });
}

/** The buttons of a step, in reach however long it is. */
export function footer(...children: readonly (Node | false | undefined)[]): HTMLElement {
  return element('footer', { class: 'actions' }, ...children);
}
