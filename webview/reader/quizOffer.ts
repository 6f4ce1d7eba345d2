import type { ReaderQuiz } from '../../src/protocol/reader.ts';
import { button } from '../controls.ts';
import { count, element } from '../dom.ts';

export interface QuizOffer {
  readonly element: HTMLElement;
  readonly set: (quiz: ReaderQuiz) => void;
}

/** The quiz at the end of a chapter, and how the learner stands with it; hidden until that is known, or if there is none. */
export function quizOffer(onPress: () => void): QuizOffer {
  const words = element('span', { class: 'quiz-tally' });
  const offer = element(
    'div',
    { class: 'quiz-offer' },
    button({ label: 'Quiz me on this chapter', icon: 'mortar-board', look: 'secondary', onPress }).element,
    words,
  );
  offer.hidden = true;
  return {
    element: offer,
    set: ({ items, answered, right }) => {
      offer.hidden = items === 0;
      words.textContent = answered === 0 ? count(items, 'question') : `${right} of ${answered} right last time`;
    },
  };
}
