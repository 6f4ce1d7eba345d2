// The wire between the extension and the quiz page. Types only.
//
// The page says `ready`; the extension answers `show`, and again, whole, whenever the quiz has gone on. What a model writes
// about an answer comes in between, as `opinion`. Everything the page says names the question it is about: what comes too
// late means nothing. `html` was made by our own build.

import type { Grade } from '../core/study/quiz.ts';

export type { Grade };

/** A passage that answers a question. */
export interface QuizPassageView {
  readonly passageId: string;
  readonly chapterTitle: string;
  readonly heading: string;
  readonly html: string;
}

export interface ChoiceView {
  readonly html: string;
  /** Once the question is answered. */
  readonly told?: { readonly correct: boolean; readonly reasonHtml: string };
}

/** What the model on the learner's machine thinks of an answer. */
export type OpinionView =
  /** It can be asked. */
  | { readonly state: 'offered' }
  | { readonly state: 'loading'; readonly fraction: number }
  | { readonly state: 'reading' }
  | { readonly state: 'writing'; readonly reason: string }
  | { readonly state: 'given'; readonly reason: string; readonly grade: Grade }
  | { readonly state: 'stopped' }
  /** What happened, and what the learner can do. */
  | { readonly state: 'failed'; readonly message: string };

interface QuestionBase {
  readonly subject: string;
  readonly chapterTitle: string;
  readonly promptHtml: string;
  readonly answered: boolean;
  readonly correct?: boolean;
  /** Once the answer is shown. */
  readonly passage?: QuizPassageView;
}

export type QuestionView = QuestionBase &
  (
    | {
        readonly kind: 'choice';
        readonly choices: readonly ChoiceView[];
        /** The one the learner chose; left out for "I don't know". */
        readonly chosen?: number;
      }
    | {
        readonly kind: 'recall';
        /** What the learner wrote and the answer to compare it with, once it is shown. */
        readonly shown?: { readonly typed: string; readonly answerHtml: string };
        readonly grade?: Grade;
        /** Left out where there is no model, or nothing was written. */
        readonly opinion?: OpinionView;
      }
  );

/** A question that was answered wrongly. */
export interface WrongView {
  readonly subject: string;
  readonly promptHtml: string;
  readonly answerHtml: string;
  readonly passageId: string;
  readonly chapterTitle: string;
  readonly heading: string;
}

export interface ResultView {
  readonly answered: number;
  readonly right: number;
  readonly wrong: readonly WrongView[];
  readonly cardsMade: number;
  readonly cardsThere: number;
  /** Answers that could not be saved. */
  readonly unsaved: number;
  /** The chapter after the one that the quiz was about. */
  readonly next?: { readonly id: string; readonly title: string };
}

export type QuizStep =
  | { readonly type: 'question'; readonly question: QuestionView }
  | { readonly type: 'result'; readonly result: ResultView }
  /** There is nothing to ask; says why. */
  | { readonly type: 'empty'; readonly words: string };

export interface QuizPage {
  readonly id: string;
  readonly title: string;
  /** The question that is shown, from 0, of how many; and how many were right so far. */
  readonly at: number;
  readonly of: number;
  readonly right: number;
  readonly step: QuizStep;
  /** For the page to keep, so that the quiz can go on after a reload of the window. */
  readonly session: unknown;
}

export type ToQuiz =
  | { readonly type: 'show'; readonly page: QuizPage }
  | { readonly type: 'opinion'; readonly subject: string; readonly opinion: OpinionView };

export type FromQuiz =
  | { readonly type: 'ready' }
  /** `choice` as shown; left out for "I don't know". */
  | { readonly type: 'choose'; readonly subject: string; readonly choice?: number }
  | { readonly type: 'reveal'; readonly subject: string; readonly text: string }
  | { readonly type: 'grade'; readonly subject: string; readonly grade: Grade }
  | { readonly type: 'askModel'; readonly subject: string }
  | { readonly type: 'stopModel'; readonly subject: string }
  | { readonly type: 'next'; readonly subject: string }
  /** Ends the quiz before its last question. */
  | { readonly type: 'end' }
  | { readonly type: 'tryWrong' }
  | { readonly type: 'saveAgain' }
  | { readonly type: 'review' }
  /** Another quiz: the learner picks what about. */
  | { readonly type: 'another' }
  | { readonly type: 'openPassage'; readonly passageId: string }
  | { readonly type: 'openChapter'; readonly chapterId: string };

/** What the page keeps with setState: enough for the serializer to bring the quiz back, and the answer being written. */
export interface QuizState {
  readonly session: unknown;
  readonly draft?: { readonly subject: string; readonly text: string };
}
