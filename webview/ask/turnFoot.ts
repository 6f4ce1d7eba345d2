import { button } from '../controls.ts';

export interface FootActions {
  readonly copy: () => void;
  readonly regenerate: () => void;
  readonly resume: () => void;
  readonly openQuiz: (chapterId: string) => void;
}

/** What can be done with an answer that has ended. */
export interface FootOffers {
  readonly copy: boolean;
  /** 'again' where there is no whole answer, 'regenerate' where another one may be wanted. */
  readonly anew: 'again' | 'regenerate' | undefined;
  readonly resume: boolean;
  /** The chapter of a question that the model made up: the quiz page has more, with answers that were written by hand. */
  readonly quizOn: string | undefined;
}

/** The buttons under an answer. Only one answer is written at a time: those that start one hide meanwhile. */
export function footButtons({ copy, anew, resume, quizOn }: FootOffers, actions: FootActions): HTMLElement[] {
  const buttons: HTMLElement[] = [];
  const add = (made: HTMLElement, ...classes: readonly string[]): void => {
    made.classList.add(...classes);
    buttons.push(made);
  };
  if (copy) add(button({ label: 'Copy answer', icon: 'copy', look: 'icon', onPress: actions.copy }).element);
  if (anew === 'regenerate') {
    const made = button({ label: 'Regenerate', icon: 'refresh', look: 'icon', onPress: actions.regenerate });
    // Quoting again quotes the same.
    add(made.element, 'starts-answer', 'needs-model');
  }
  if (resume) {
    const made = button({ label: 'Continue', icon: 'debug-continue', look: 'secondary', onPress: actions.resume });
    add(made.element, 'starts-answer', 'needs-model');
  }
  if (anew === 'again') {
    const made = button({ label: 'Ask again', icon: 'refresh', look: 'secondary', onPress: actions.regenerate });
    add(made.element, 'starts-answer');
  }
  if (quizOn !== undefined) {
    const onPress = (): void => {
      actions.openQuiz(quizOn);
    };
    add(button({ label: 'Open the quiz', icon: 'mortar-board', look: 'secondary', onPress }).element);
  }
  return buttons;
}
