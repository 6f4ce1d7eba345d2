// How the quiz went, what was wrong and where that stands, and what to do next.

import type { FromQuiz, ResultView, WrongView } from '../../src/protocol/quiz.ts';
import { button } from '../controls.ts';
import { count, element, fromBuild, icon } from '../dom.ts';
import { passageLink } from './question.ts';
import type { Step } from './step.ts';

type Post = (message: FromQuiz) => void;

export function resultStep(result: ResultView, post: Post): Step {
  const { answered, right, wrong, next } = result;
  const title = element(
    'h2',
    { class: 'score', tabindex: -1 },
    answered === 0 ? 'Nothing was answered' : `${right} of ${answered} right`,
  );
  const press = (label: string, iconName: string, primary: boolean, message: FromQuiz): HTMLElement =>
    button({
      label,
      icon: iconName,
      look: primary ? 'primary' : 'secondary',
      onPress: () => {
        post(message);
      },
    }).element;
  const some = wrong.length > 0;
  const cardsWait = result.cardsMade + result.cardsThere > 0;
  return {
    element: element(
      'div',
      { class: 'result' },
      title,
      answered > 0 && scoreBar(right, answered),
      ...cardLines(result),
      result.unsaved > 0 && unsavedNotice(result.unsaved, post),
      element(
        'div',
        { class: 'actions' },
        some && press('Try the wrong ones again', 'refresh', true, { type: 'tryWrong' }),
        cardsWait && press('Review now', 'layers', false, { type: 'review' }),
        next && press(`Next chapter: ${next.title}`, 'book', !some, { type: 'openChapter', chapterId: next.id }),
        press('Another quiz', 'mortar-board', !some && !next, { type: 'another' }),
      ),
      some && wrongList(wrong, post),
    ),
    arrive: () => {
      title.focus();
    },
  };
}

function scoreBar(right: number, answered: number): HTMLElement {
  const filled = element('div', { class: 'filled' });
  filled.style.width = `${(100 * right) / answered}%`;
  return element('div', { class: 'bar', 'aria-hidden': 'true' }, filled);
}

function cardLines({ wrong, answered, cardsMade, cardsThere }: ResultView): HTMLElement[] {
  if (answered === 0) return [];
  if (wrong.length === 0) return [element('p', {}, 'Nothing was wrong, so there is nothing to review.')];
  const lines = [
    ...(cardsMade > 0
      ? [`${count(cardsMade, 'review card was', 'review cards were')} made of what you got wrong.`]
      : []),
    ...(cardsThere > 0 ? [`${count(cardsThere, 'question has', 'questions have')} a card from before.`] : []),
  ];
  return lines.map((line) => element('p', {}, line));
}

function unsavedNotice(unsaved: number, post: Post): HTMLElement {
  const again = button({
    label: 'Save again',
    look: 'secondary',
    onPress: () => {
      post({ type: 'saveAgain' });
    },
  });
  return element(
    'div',
    { class: 'notice', role: 'alert' },
    icon('warning'),
    element('p', {}, `${count(unsaved, 'answer')} couldn’t be saved yet.`),
    again.element,
  );
}

function wrongList(wrong: readonly WrongView[], post: Post): HTMLElement {
  return element(
    'section',
    { class: 'wrong-list', 'aria-label': 'What you got wrong' },
    element('h3', {}, 'What you got wrong'),
    element(
      'ol',
      {},
      ...wrong.map(({ promptHtml, answerHtml, passageId, chapterTitle, heading }) =>
        element(
          'li',
          {},
          fromBuild(element('p', { class: 'wrong-prompt' }), promptHtml),
          element(
            'p',
            { class: 'wrong-answer' },
            icon('pass'),
            element('span', { class: 'visually-hidden' }, 'The answer: '),
            fromBuild(element('span'), answerHtml),
          ),
          passageLink(`${chapterTitle}: ${heading}`, passageId, post),
        ),
      ),
    ),
  );
}
