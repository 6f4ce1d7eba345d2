// The wire between the extension and the Ask page. Types only.
//
// The page says `ready`; the extension answers `conversation`. The page makes the turn's id and shows the question at
// once; the extension answers every `ask` with `answer` events and exactly one `ended`, whatever happens.

import type {
  About,
  AnswerEvent,
  AnswerSentence,
  Conversation,
  Coverage,
  DeclineReason,
  Source,
  Speaker,
  Turn,
} from '../core/answer.ts';

export type { About, AnswerEvent, AnswerSentence, Conversation, Coverage, DeclineReason, Source, Speaker, Turn };

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly turns: number;
}

/** A turn that has not ended: what was asked and what was answered so far. */
export interface RunningTurn {
  readonly turnId: string;
  readonly question: string;
  readonly about?: About;
  readonly events: readonly AnswerEvent[];
}

export type ToAsk =
  | {
      readonly type: 'conversation';
      readonly conversation: Conversation;
      readonly kept: readonly ConversationSummary[];
      /** Chapter questions to offer while the conversation is empty. */
      readonly suggestions: readonly string[];
      /** The turn that is being answered, if the page comes back (or is opened) meanwhile; not among the turns yet. */
      readonly running?: RunningTurn;
    }
  /** Puts text into the question box, with what it is about shown above it; `submit` asks it as well. */
  | { readonly type: 'fill'; readonly text: string; readonly about?: About; readonly submit: boolean }
  | { readonly type: 'answer'; readonly turnId: string; readonly event: AnswerEvent }
  | {
      readonly type: 'ended';
      readonly turnId: string;
      readonly ended: Turn['ended'];
      /** For 'failed': what happened and what the learner can do. */
      readonly problem?: string;
      readonly kept: readonly ConversationSummary[];
    };

export type FromAsk =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly turnId: string; readonly text: string; readonly about?: About }
  | { readonly type: 'stop'; readonly turnId: string }
  | { readonly type: 'openPassage'; readonly passageId: string; readonly sentence?: string }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  | { readonly type: 'newConversation' }
  | { readonly type: 'showConversation'; readonly conversationId: string }
  | { readonly type: 'removeConversation'; readonly conversationId: string };

/** What the page keeps with setState: the question that is being written. */
export interface AskState {
  readonly draft: string;
  readonly about?: About;
}
