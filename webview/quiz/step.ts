import type { FromQuiz, OpinionView } from '../../src/protocol/quiz.ts';

/** What a step needs of the page. */
export interface QuizParts {
  readonly post: (message: FromQuiz) => void;
  /** What the learner was writing when the page was thrown away. */
  readonly draft: (subject: string) => string;
  readonly keepDraft: (subject: string, text: string) => void;
}

/** One thing that the quiz shows: a question, or the result. */
export interface Step {
  readonly element: HTMLElement;
  /** Puts the focus where the learner goes on. */
  readonly arrive: () => void;
  /** A key that nothing else took; true if it means something here. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  /** What the model thinks has changed. */
  readonly opinion?: (opinion: OpinionView | undefined) => void;
}

/** Whether the key is for the control that has the focus: Enter presses a button, follows a link. */
export function isForControl(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('vscode-button, button, a, vscode-text-area') !== null;
}
