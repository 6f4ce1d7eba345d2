// A card as its history made it: a pure function of its events, whichever order they arrived in.

import { compareEvents } from './eventBase.ts';
import { daysSince, newSchedule } from './schedule.ts';
import type { CardState, Schedule, Scheduler } from './schedule.ts';
import type { CardEvent, CardText, Rating } from './studyEvent.ts';

export const cardKinds = [
  'review',
  'undo',
  'card',
  'suspend',
  'schedule',
] as const satisfies readonly CardEvent['kind'][];

/** A review that was not taken back, with what FSRS thought just before it. */
export interface CardReview {
  readonly eventId: string;
  readonly at: number;
  readonly rating: Rating;
  /** The card's state before. */
  readonly state: CardState;
  /** How likely it was to be remembered; undefined for a new card. */
  readonly recall?: number;
  readonly elapsedDays: number;
  /** How long the learner took, in milliseconds, where that is known. */
  readonly ms?: number;
}

export interface CardHistory {
  /** Undefined if the card was removed, or isn't there yet. */
  readonly text?: CardText;
  /** When the card was first made; undefined if it isn't there yet. */
  readonly madeAt?: number;
  readonly suspended: boolean;
  readonly schedule: Schedule;
  /** Oldest first. */
  readonly reviews: readonly CardReview[];
  /** The id of the newest event about the card: another id, and something about it has changed. */
  readonly revision: string;
}

/** Folds the events of one card, given in any order. */
export function foldCard(cardId: string, events: readonly CardEvent[], scheduler: Scheduler): CardHistory {
  const inOrder = events.filter((event) => event.subject === cardId).sort(compareEvents);
  // Which reviews are taken back doesn't depend on when: after a clock was set, an undo may be dated before its review.
  const undone = new Set(inOrder.flatMap((event) => (event.kind === 'undo' ? [event.eventId] : [])));
  let history: CardHistory = { suspended: false, schedule: newSchedule, reviews: [], revision: '' };
  const reviews: CardReview[] = [];
  for (const event of inOrder) {
    switch (event.kind) {
      case 'card': {
        const { text: _, ...rest } = history;
        history = { ...rest, madeAt: history.madeAt ?? event.at, ...(event.card && { text: event.card }) };
        break;
      }
      case 'suspend':
        history = { ...history, suspended: event.suspended };
        break;
      case 'review': {
        if (undone.has(event.id)) break;
        reviews.push(reviewOf(history.schedule, event, scheduler));
        history = { ...history, schedule: scheduler.grade(history.schedule, cardId, event.rating, event.at) };
        break;
      }
      case 'schedule':
        history = { ...history, schedule: event.schedule };
        break;
      case 'undo':
        break;
    }
  }
  return { ...history, reviews, revision: inOrder.at(-1)?.id ?? '' };
}

/** The row that a review makes, given the schedule before it. */
export function reviewOf(
  before: Schedule,
  event: Extract<CardEvent, { kind: 'review' }>,
  scheduler: Scheduler,
): CardReview {
  const recall = scheduler.recall(before, event.at);
  return {
    eventId: event.id,
    at: event.at,
    rating: event.rating,
    state: before.state,
    ...(recall !== undefined && { recall }),
    elapsedDays: daysSince(before, event.at),
    ...(event.ms !== undefined && { ms: event.ms }),
  };
}
