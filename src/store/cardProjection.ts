// The cards as their history made them, with their schedules, and the reviews that were not taken back.

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { cardKinds, foldCard, reviewOf } from '../core/study/cardHistory.ts';
import type { CardHistory, CardReview } from '../core/study/cardHistory.ts';
import { cardStates, createScheduler, defaultScheduling, parseScheduling } from '../core/study/schedule.ts';
import type { CardState, Schedule, Scheduler, Scheduling } from '../core/study/schedule.ts';
import type { CardEvent, CardText, StudyEvent } from '../core/study/studyEvent.ts';
import type { Projection } from './projection.ts';
import { readEventsAbout } from './readEvents.ts';

/** Raised when the same history comes to mean other rows, so that a newer companion makes them anew. */
const foldVersion = 1;

export type Row = Readonly<Record<string, SQLOutputValue>>;

export const cardProjection: Projection = {
  kinds: cardKinds,
  add: (db, event) => {
    if (isCardEvent(event)) addCardEvent(db, event);
  },
  refold: (db, cardId) => {
    refold(db, cardId, schedulerOf(db));
  },
};

/** The settings that the schedules in the tables were made with. */
export function readScheduling(db: DatabaseSync): Scheduling {
  const row = db.prepare('SELECT json FROM scheduling WHERE fold_version = ?').get(foldVersion);
  return (row && parseScheduling(JSON.parse(String(row['json'])))) ?? defaultScheduling;
}

/** The scheduler made last: thousands of cards are folded with the same one. */
let lastMade: { readonly key: string; readonly scheduler: Scheduler } | undefined;

function schedulerOf(db: DatabaseSync): Scheduler {
  const scheduling = readScheduling(db);
  const key = JSON.stringify(scheduling);
  if (lastMade?.key !== key) lastMade = { key, scheduler: createScheduler(scheduling) };
  return lastMade.scheduler;
}

/** How many reviews there are: what folding them all takes grows with it. */
export function countReviews(db: DatabaseSync): number {
  return Number(db.prepare('SELECT count(*) AS n FROM review').get()?.['n']);
}

/** Whether the tables were made with these settings. */
export function hasScheduling(db: DatabaseSync, scheduling: Scheduling): boolean {
  const row = db.prepare('SELECT json FROM scheduling WHERE fold_version = ?').get(foldVersion);
  return row?.['json'] === JSON.stringify(scheduling);
}

/** A card as folding made it, of the events that `stamp` stands for. */
export interface FoldedCard {
  readonly card: CardHistory;
  readonly stamp: string;
}

/** What `setScheduling` will want to know, worked out beforehand: the part that takes long, and needs no lock. */
export function foldCards(db: DatabaseSync, scheduling: Scheduling): ReadonlyMap<string, FoldedCard> {
  const scheduler = createScheduler(scheduling);
  // The stamps first: of events that come in between, a card is folded once more, never too little.
  return new Map(
    [...stamps(db)].map(([cardId, stamp]) => [cardId, { card: foldStored(db, cardId, scheduler), stamp }]),
  );
}

/**
 * Makes the schedules anew with other settings; those that are `folded` already, of the same events, are taken as they are.
 * In a transaction of the caller's. The reviews stay the same; what follows from them doesn't.
 */
export function setScheduling(
  db: DatabaseSync,
  scheduling: Scheduling,
  folded: ReadonlyMap<string, FoldedCard> = new Map(),
): void {
  const scheduler = createScheduler(scheduling);
  db.exec('DELETE FROM card; DELETE FROM review;');
  const put = putCard(db);
  for (const [cardId, stamp] of stamps(db)) {
    const ready = folded.get(cardId);
    put(cardId, ready?.stamp === stamp ? ready.card : foldStored(db, cardId, scheduler));
  }
  db.prepare('INSERT OR REPLACE INTO scheduling (id, fold_version, json) VALUES (1, ?, ?)').run(
    foldVersion,
    JSON.stringify(scheduling),
  );
}

/** Every card that anything happened to, with what changes when something more does: an event comes, goes or is redated. */
function stamps(db: DatabaseSync): Map<string, string> {
  const holes = cardKinds.map(() => '?').join(', ');
  const rows = db
    .prepare(
      `SELECT subject, printf('%d %d %d', count(*), max(rowid), sum(at % 4294967296)) AS stamp
       FROM event WHERE kind IN (${holes}) GROUP BY subject`,
    )
    .all(...cardKinds);
  return new Map(rows.map((row) => [String(row['subject']), String(row['stamp'])]));
}

function addCardEvent(db: DatabaseSync, event: CardEvent): void {
  const cardId = event.subject;
  const row = db.prepare('SELECT * FROM card WHERE id = ?').get(cardId);
  const scheduler = schedulerOf(db);
  if (!row) {
    refold(db, cardId, scheduler);
    return;
  }
  switch (event.kind) {
    case 'review': {
      const before = scheduleOf(row);
      putReview(db)(cardId, reviewOf(before, event, scheduler));
      const after = scheduler.grade(before, cardId, event.rating, event.at);
      db.prepare(
        `UPDATE card SET state = ?, due = ?, stability = ?, difficulty = ?, step = ?, reviews = ?, lapses = ?,
          interval_days = ?, last_review = ?, revision = ? WHERE id = ?`,
      ).run(...scheduleValues(after, Number(row['made_at'])), event.id, cardId);
      break;
    }
    case 'suspend':
      db.prepare('UPDATE card SET suspended = ?, revision = ? WHERE id = ?').run(
        Number(event.suspended),
        event.id,
        cardId,
      );
      break;
    case 'card':
    case 'undo':
    case 'schedule':
      refold(db, cardId, scheduler);
  }
}

function refold(db: DatabaseSync, cardId: string, scheduler: Scheduler): void {
  const card = foldStored(db, cardId, scheduler);
  db.prepare('DELETE FROM card WHERE id = ?').run(cardId);
  db.prepare('DELETE FROM review WHERE card_id = ?').run(cardId);
  putCard(db)(cardId, card);
}

function foldStored(db: DatabaseSync, cardId: string, scheduler: Scheduler): CardHistory {
  return foldCard(cardId, readEventsAbout(db, cardId, cardKinds), scheduler);
}

/** Puts in the rows of a card that has none. */
function putCard(db: DatabaseSync): (cardId: string, card: CardHistory) => void {
  const putOne = putReview(db);
  const insert = db.prepare(
    `INSERT INTO card (state, due, stability, difficulty, step, reviews, lapses, interval_days, last_review, revision,
      id, front, back, chapter_id, origin, tags, made_at, suspended)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (cardId, card) => {
    // Reviews of a card that is gone, or hasn't come yet from the other machine, are history all the same.
    for (const review of card.reviews) putOne(cardId, review);
    if (!card.text || card.madeAt === undefined) return;
    const { front, back, origin, tags } = card.text;
    insert.run(
      ...scheduleValues(card.schedule, card.madeAt),
      card.revision,
      cardId,
      front,
      back,
      origin?.chapterId ?? null,
      origin ? JSON.stringify(origin) : null,
      JSON.stringify(tags ?? []),
      card.madeAt,
      Number(card.suspended),
    );
  };
}

function putReview(db: DatabaseSync): (cardId: string, review: CardReview) => void {
  const insert = db.prepare(
    `INSERT INTO review (event_id, card_id, at, rating, state, recall, elapsed_days, ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (cardId, { eventId, at, rating, state, recall, elapsedDays, ms }) => {
    insert.run(eventId, cardId, at, rating, state, recall ?? null, elapsedDays, ms ?? null);
  };
}

/** A new card is in turn since it was made. */
function scheduleValues(schedule: Schedule, madeAt: number): (string | number | null)[] {
  return [
    schedule.state,
    schedule.due ?? madeAt,
    schedule.stability,
    schedule.difficulty,
    schedule.step,
    schedule.reviews,
    schedule.lapses,
    schedule.intervalDays,
    schedule.lastReview ?? null,
  ];
}

/** The schedule that a row of `card` holds. */
export function scheduleOf(row: Row): Schedule {
  const state = stateOf(row['state']);
  const lastReview = row['last_review'];
  return {
    state,
    ...(state !== 'new' && { due: Number(row['due']) }),
    ...(typeof lastReview === 'number' && { lastReview }),
    stability: Number(row['stability']),
    difficulty: Number(row['difficulty']),
    step: Number(row['step']),
    reviews: Number(row['reviews']),
    lapses: Number(row['lapses']),
    intervalDays: Number(row['interval_days']),
  };
}

/** The text that a row of `card` holds. */
export function textOf(row: Row): CardText {
  const { origin, tags } = row;
  const tagList = JSON.parse(String(tags)) as string[];
  return {
    front: String(row['front']),
    back: String(row['back']),
    ...(typeof origin === 'string' && { origin: JSON.parse(origin) as NonNullable<CardText['origin']> }),
    ...(tagList.length > 0 && { tags: tagList }),
  };
}

export function stateOf(value: unknown): CardState {
  const state = cardStates.find((one) => one === value);
  if (!state) throw new Error(`no state of a card: ${String(value)}`);
  return state;
}

function isCardEvent(event: StudyEvent): event is CardEvent {
  return cardKinds.some((kind) => kind === event.kind);
}
