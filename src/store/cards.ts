// Questions about cards: what is due, which comes next, what happened to one. Each touches only the rows it gives, by the
// index `card_in_turn`, however many cards and reviews there are.

import type { DatabaseSync } from 'node:sqlite';
import type { CardReview } from '../core/study/cardHistory.ts';
import type { CardState, Schedule } from '../core/study/schedule.ts';
import { dayOf, startOfDay } from '../core/study/days.ts';
import type { LocalOffset, StudyDay } from '../core/study/days.ts';
import { ratings } from '../core/study/studyEvent.ts';
import type { CardText } from '../core/study/studyEvent.ts';
import { scheduleOf, stateOf, textOf } from './cardProjection.ts';
import type { Row } from './cardProjection.ts';

export interface StoredCard {
  readonly id: string;
  readonly text: CardText;
  readonly madeAt: number;
  readonly suspended: boolean;
  readonly schedule: Schedule;
  /** Changes with every event about the card. */
  readonly revision: string;
}

/** When somebody wants to review, and how much a day. */
export interface ReviewMoment {
  readonly now: number;
  /** The learner's clock, by which days begin. */
  readonly offset: LocalOffset;
  /** The day that it is. */
  readonly day: StudyDay;
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  /** Steps of learning that are due within this many milliseconds are taken early when nothing else is left. */
  readonly aheadMs: number;
}

export interface DueCount {
  /** Steps of learning and relearning that are due now. */
  readonly learning: number;
  readonly review: number;
  readonly new: number;
  /** Steps of learning that can be taken early. */
  readonly ahead: number;
}

/** How many cards are due, within what is left of the day's limits. */
export function countDue(db: DatabaseSync, moment: ReviewMoment): DueCount {
  const { now, day, aheadMs } = moment;
  const left = leftToday(db, moment);
  const due = countBefore(db, 'learning', now + 1) + countBefore(db, 'relearning', now + 1);
  const soon = countBefore(db, 'learning', now + aheadMs) + countBefore(db, 'relearning', now + aheadMs);
  return {
    learning: due,
    review: countBefore(db, 'review', day.end, left.review),
    new: countBefore(db, 'new', Number.MAX_SAFE_INTEGER, left.new),
    ahead: Math.max(0, soon - due),
  };
}

/** The card to show: steps of learning that are due, then reviews, then new cards, then steps that are nearly due. */
export function nextCard(db: DatabaseSync, moment: ReviewMoment): StoredCard | undefined {
  const { now, day, aheadMs } = moment;
  const left = leftToday(db, moment);
  return (
    firstStep(db, now + 1) ??
    (left.review > 0 ? firstBefore(db, 'review', day.end) : undefined) ??
    (left.new > 0 ? firstBefore(db, 'new', Number.MAX_SAFE_INTEGER) : undefined) ??
    firstStep(db, now + aheadMs)
  );
}

/** The next moment at which a card becomes due that isn't now; undefined if no card waits for one. */
export function nextDueAt(db: DatabaseSync, { now, day, offset }: ReviewMoment): number | undefined {
  const times: number[] = [];
  for (const state of ['learning', 'relearning'] as const) {
    const due = firstDue(db, state, now + 1);
    if (due !== undefined) times.push(due);
  }
  const review = firstDue(db, 'review', 0);
  // Reviews are due from the start of their day; what the limit holds back, from the start of the next.
  if (review !== undefined) times.push(Math.max(day.end, startOfDay(dayOf(review, offset), offset)));
  if (firstDue(db, 'new', 0) !== undefined) times.push(day.end);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** How many new cards and how many reviews the day has had. */
export function countToday(db: DatabaseSync, day: StudyDay): { readonly new: number; readonly review: number } {
  const count = db.prepare(cardQueries.today);
  const of = (state: CardState): number => Number(count.get(day.start, day.end, state)?.['n']);
  return { new: of('new'), review: of('review') };
}

export function readCard(db: DatabaseSync, cardId: string): StoredCard | undefined {
  const row = db.prepare('SELECT * FROM card WHERE id = ?').get(cardId);
  return row && cardOf(row);
}

/** Every card, suspended ones too, newest first. */
export function listCards(db: DatabaseSync): StoredCard[] {
  return db.prepare('SELECT * FROM card ORDER BY made_at DESC, id').all().map(cardOf);
}

/** The reviews of a card that were not taken back, oldest first. */
export function readReviews(db: DatabaseSync, cardId: string): CardReview[] {
  return db.prepare('SELECT * FROM review WHERE card_id = ? ORDER BY at, event_id').all(cardId).map(reviewFrom);
}

/** The review with that event id, and its card; undefined if there is none or it was taken back. */
export function readReview(
  db: DatabaseSync,
  eventId: string,
): { readonly cardId: string; readonly review: CardReview } | undefined {
  const row = db.prepare('SELECT * FROM review WHERE event_id = ?').get(eventId);
  return row && { cardId: String(row['card_id']), review: reviewFrom(row) };
}

/** Every review, of every card, in the order in which they were made. */
export function* allReviews(
  db: DatabaseSync,
): Generator<{ readonly cardId: string; readonly review: CardReview }, void, undefined> {
  for (const row of db.prepare('SELECT * FROM review ORDER BY at, event_id').iterate()) {
    yield { cardId: String(row['card_id']), review: reviewFrom(row) };
  }
}

export const cardQueries = {
  count: `SELECT count(*) AS n FROM (SELECT 1 FROM card WHERE suspended = 0 AND state = ? AND due < ? LIMIT ?)`,
  first: `SELECT * FROM card WHERE suspended = 0 AND state = ? AND due < ? ORDER BY due, id LIMIT 1`,
  firstDue: `SELECT due FROM card WHERE suspended = 0 AND state = ? AND due >= ? ORDER BY due, id LIMIT 1`,
  today: 'SELECT count(*) AS n FROM review WHERE at >= ? AND at < ? AND state = ?',
} as const;

function leftToday(db: DatabaseSync, moment: ReviewMoment): { readonly new: number; readonly review: number } {
  const done = countToday(db, moment.day);
  return {
    new: Math.max(0, moment.newPerDay - done.new),
    review: Math.max(0, moment.reviewsPerDay - done.review),
  };
}

function countBefore(db: DatabaseSync, state: CardState, due: number, most = -1): number {
  return Number(db.prepare(cardQueries.count).get(state, due, most)?.['n']);
}

function firstBefore(db: DatabaseSync, state: CardState, due: number): StoredCard | undefined {
  const row = db.prepare(cardQueries.first).get(state, due);
  return row && cardOf(row);
}

/** The step of learning or relearning that is due first. */
function firstStep(db: DatabaseSync, before: number): StoredCard | undefined {
  const [one, other] = [firstBefore(db, 'learning', before), firstBefore(db, 'relearning', before)];
  if (!one || !other) return one ?? other;
  return (other.schedule.due ?? 0) < (one.schedule.due ?? 0) ? other : one;
}

function firstDue(db: DatabaseSync, state: CardState, from: number): number | undefined {
  const row = db.prepare(cardQueries.firstDue).get(state, from);
  return row && Number(row['due']);
}

function cardOf(row: Row): StoredCard {
  return {
    id: String(row['id']),
    text: textOf(row),
    madeAt: Number(row['made_at']),
    suspended: row['suspended'] === 1,
    schedule: scheduleOf(row),
    revision: String(row['revision']),
  };
}

function reviewFrom(row: Row): CardReview {
  const rating = ratings.find((one) => one === row['rating']);
  if (!rating) throw new Error(`no rating: ${String(row['rating'])}`);
  const { recall, ms } = row;
  return {
    eventId: String(row['event_id']),
    at: Number(row['at']),
    rating,
    state: stateOf(row['state']),
    ...(typeof recall === 'number' && { recall }),
    elapsedDays: Number(row['elapsed_days']),
    ...(typeof ms === 'number' && { ms }),
  };
}
