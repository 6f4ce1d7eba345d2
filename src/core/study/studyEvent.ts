// Everything that is history: what the learner did, in the order in which it happened. Marks, cards and their schedules,
// notes and the plan are pure functions of it, so that histories of two machines can be united in either order.

import type { ProgressEvent } from '../progress.ts';
import type { EventBase } from './eventBase.ts';
import type { Schedule } from './cardSchedule.ts';

/** Again, hard, good, easy: how well a card was remembered, as FSRS counts it. */
export type Rating = 1 | 2 | 3 | 4;
export const ratings: readonly Rating[] = [1, 2, 3, 4];

/** Where in the handbook a card comes from. */
export interface CardOrigin {
  readonly chapterId: string;
  /** The passage that answers it. */
  readonly anchor?: string;
  /** The quiz item it was made of. */
  readonly itemId?: string;
}

/** What stands on a card. Both sides are Markdown. */
export interface CardText {
  readonly front: string;
  readonly back: string;
  readonly origin?: CardOrigin;
  readonly tags?: readonly string[];
}

/** A place in a chapter that survives a revision of its text: the words, and the words around them. */
export interface Quote {
  readonly anchor: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
}

/** A highlight, with or without words of the learner's own. */
export interface Note extends Quote {
  /** Of the chapter; a saved document is named as in documentSubject.ts. */
  readonly chapterId: string;
  /** Markdown; empty for a highlight alone. */
  readonly text: string;
}

export const goalKinds = ['authored', 'chapter', 'resource'] as const;
export type GoalKind = (typeof goalKinds)[number];

export const depths = ['skim', 'study'] as const;
export type Depth = (typeof depths)[number];

/** What the learner is working towards. */
export interface Goal {
  readonly type: GoalKind;
  readonly id: string;
  readonly minutesPerDay: number;
  /** Where the learner counts by the week: an hour a week is no whole number of minutes a day. */
  readonly minutesPerWeek?: number;
  readonly depth: Depth;
}

/** Who said whether an answer was right. */
export const graders = ['choice', 'self', 'model'] as const;
export type Grader = (typeof graders)[number];

/** The subject of the events about the plan: there is one plan. */
export const planSubject = 'plan';

/** The subject of the events that erase: there is one history. */
export const eraseSubject = 'everything';

/** Events about cards have the card's id as their subject. */
export type CardEvent = EventBase &
  /** `ms`: how long the learner took, in milliseconds, where that was measured. */
  (
    | { readonly kind: 'review'; readonly subject: string; readonly rating: Rating; readonly ms?: number }
    /** Takes the review with that event id back. */
    | { readonly kind: 'undo'; readonly subject: string; readonly eventId: string }
    /** Made or edited: the newest text counts; `null` removes the card. */
    | { readonly kind: 'card'; readonly subject: string; readonly card: CardText | null }
    | { readonly kind: 'suspend'; readonly subject: string; readonly suspended: boolean }
    /**
     * What another machine had learnt of a card by its last review, which was at `at`, where that review itself was too old
     * to be sent along. The card's schedule goes on from it; of each card only the newest is kept.
     */
    | { readonly kind: 'schedule'; readonly subject: string; readonly schedule: Schedule }
  );

/** Made or edited: the newest counts; `null` removes the note. The subject is the note's id. */
export type NoteEvent = EventBase & { readonly kind: 'note'; readonly subject: string; readonly note: Note | null };

export type StudyEvent =
  | ProgressEvent
  | CardEvent
  | NoteEvent
  | (EventBase &
      (
        | { readonly kind: 'goal'; readonly subject: string; readonly goal: Goal | null }
        /** An answer to a quiz item; the subject is `chapterId/itemId`. */
        | { readonly kind: 'quiz'; readonly subject: string; readonly correct: boolean; readonly grader: Grader }
        /** A stretch of reading a chapter that ended at `at`; in milliseconds. */
        | { readonly kind: 'reading'; readonly subject: string; readonly ms: number }
        /** Everything was erased: what is older isn't to come back from other machines. */
        | { readonly kind: 'erase'; readonly subject: string }
      ));

export type StudyEventKind = StudyEvent['kind'];

/** An event before the store has given it an id and a time. */
export type NewStudyEvent = StudyEvent extends infer E ? (E extends EventBase ? Omit<E, 'id' | 'at'> : never) : never;

export type StudyEventOf<K extends StudyEventKind> = Extract<StudyEvent, { readonly kind: K }>;

export const progressKinds = ['chapter', 'resource', 'position'] as const satisfies readonly ProgressEvent['kind'][];

/** Whether an event is one that marks are made of. */
export function isProgressEvent(event: StudyEvent): event is ProgressEvent {
  return progressKinds.some((kind) => kind === event.kind);
}
