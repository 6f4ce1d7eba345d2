// The wire between the extension and the Ask page. Types only.
//
// The page says `ready`; the extension answers `conversation`. The page makes the turn's id and shows the question at
// once; the extension answers every `ask` with `answer` events and exactly one `ended`, whatever happens.
//
// An `ask` with `again` names a turn of the conversation: its answer is written again, or goes on where it was cut. Only an
// answer that came about replaces the earlier one; else `ended` brings the earlier turn back.

import type {
  About,
  AnswerBlock,
  AnswerEvent,
  AnswerMode,
  AnswerProgress,
  AnswerSentence,
  Conversation,
  Coverage,
  DeclineReason,
  Scope,
  Seen,
  SeenPassage,
  Source,
  Speaker,
  Turn,
} from '../core/answer.ts';

export type {
  About,
  AnswerBlock,
  AnswerEvent,
  AnswerMode,
  AnswerProgress,
  AnswerSentence,
  Conversation,
  Coverage,
  DeclineReason,
  Scope,
  Seen,
  SeenPassage,
  Source,
  Speaker,
  Turn,
};

export type ScopeKind = Scope['kind'];

/** What the learner can choose from when they say where to look. */
export interface ScopeOffer {
  readonly chosen: ScopeKind;
  /** The chapter that is being read; left out if there is none. */
  readonly chapter?: { readonly chapterId: string; readonly chapterTitle: string };
  /** Whether anything is kept in the library. */
  readonly library: boolean;
}

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly turns: number;
}

/** A turn that has not ended. */
export interface RunningTurn {
  /** As far as it has come; what it will end as isn't known yet. */
  readonly turn: Turn;
  readonly progress?: AnswerProgress;
}

/** What is wanted of a turn that has ended. */
export type Again = 'regenerate' | 'continue';

/** Who will answer the next question. */
export interface ModelLine {
  readonly state: 'none' | 'idle' | 'loading' | 'ready' | 'failed';
  /** The model's name; empty for none. */
  readonly name: string;
  /** 0 to 1, while loading. */
  readonly fraction?: number;
  /** For 'failed': what happened and what to do. */
  readonly problem?: string;
}

export type ToAsk =
  | {
      readonly type: 'conversation';
      readonly conversation: Conversation;
      readonly kept: readonly ConversationSummary[];
      /** Chapter questions to offer while the conversation is empty. */
      readonly suggestions: readonly string[];
      readonly model: ModelLine;
      readonly scopes: ScopeOffer;
      /**
       * The turn that is being answered, if the page comes back (or is opened) meanwhile. If it is answered again, the
       * conversation has it, too, as it was before.
       */
      readonly running?: RunningTurn;
      /** The turn that the extension heard of last: what the page has asked since then is still on its way. */
      readonly asked?: string;
    }
  /** Puts text into the question box, with what it is about shown above it; `submit` asks it as well, in the mode chosen there. */
  | { readonly type: 'fill'; readonly text: string; readonly about?: About; readonly submit: boolean }
  | { readonly type: 'model'; readonly model: ModelLine }
  /** Another chapter is being read, or the library has begun. */
  | { readonly type: 'scopes'; readonly scopes: ScopeOffer }
  | { readonly type: 'answer'; readonly turnId: string; readonly event: AnswerEvent }
  | {
      readonly type: 'ended';
      readonly turnId: string;
      readonly ended: Turn['ended'];
      /** For 'failed': what happened and what the learner can do. */
      readonly problem?: string;
      /** The turn as it was before, which stays: the new answer didn't come about. */
      readonly earlier?: Turn;
      readonly kept: readonly ConversationSummary[];
    };

export type FromAsk =
  | { readonly type: 'ready' }
  | {
      readonly type: 'ask';
      readonly turnId: string;
      readonly text: string;
      readonly about?: About;
      readonly mode?: AnswerMode;
      /** Left out of what is about a chapter. */
      readonly scope?: Scope;
      /** Of the turn `turnId`, which has ended. */
      readonly again?: Again;
    }
  /** The learner has chosen where to look, from now on. */
  | { readonly type: 'scope'; readonly kind: ScopeKind }
  | { readonly type: 'stop'; readonly turnId: string }
  | { readonly type: 'openPassage'; readonly passageId: string; readonly sentence?: string }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  /** Code of an answer, for the clipboard. */
  | { readonly type: 'copyText'; readonly text: string }
  /** A chapter is needed for what is in the box: the learner picks one, and it comes back as `fill` with `submit`. */
  | { readonly type: 'pickChapter'; readonly text: string }
  /** The questions of the quiz page, about the chapter that the turn is about. */
  | { readonly type: 'openQuiz'; readonly chapterId: string }
  | { readonly type: 'newConversation' }
  /** The learner wants to choose a model, or see the one there is. */
  | { readonly type: 'chooseModel' }
  | { readonly type: 'showModel' }
  | { readonly type: 'showLog' }
  | { readonly type: 'showConversation'; readonly conversationId: string }
  | { readonly type: 'removeConversation'; readonly conversationId: string };

/** What the page keeps with setState: the question that is being written. */
export interface AskState {
  readonly draft: string;
  readonly about?: About;
  readonly mode?: AnswerMode;
}
