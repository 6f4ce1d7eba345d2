// Which card is next, and how many are due.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rating } from '../../src/core/study/studyEvent.ts';
import { studyDay } from '../../src/core/study/days.ts';
import { countDue, countToday, nextCard, nextDueAt, readCard, readReview, readReviews } from '../../src/store/cards.ts';
import type { ReviewMoment } from '../../src/store/cards.ts';
import type { Store } from '../../src/store/store.ts';
import { zone } from '../core/study/zones.ts';
import { freshPath, open } from './support.ts';
import { minute, day, morning, moment, make } from './cardTables.ts';

test('steps of learning come first, then reviews, then new cards, then steps that are nearly due', (t) => {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => clock });
  const grade = (subject: string, rating: Rating): void => {
    store.record({ kind: 'review', subject, rating });
  };
  const next = (limits?: Partial<ReviewMoment>): string | undefined =>
    store.read((db) => nextCard(db, moment(clock, limits)))?.id;
  make(store, 'new-1', 'new-2', 'step', 'review');
  grade('review', 4);
  clock = morning + 30 * day;
  grade('step', 3);
  assert.equal(next(), 'review');
  assert.deepEqual(
    store.read((db) => countDue(db, moment(clock))),
    { learning: 0, review: 1, new: 2, ahead: 1 },
  );
  clock += 11 * minute;
  assert.equal(next(), 'step');
  grade('step', 4);
  assert.equal(next(), 'review');
  grade('review', 1);
  assert.equal(next(), 'new-1');
  assert.equal(next({ newPerDay: 1 }), 'review');
  grade('new-1', 4);
  store.record({ kind: 'suspend', subject: 'new-2', suspended: true });
  assert.equal(next(), 'review');
  assert.equal(next({ aheadMs: 0 }), undefined);
  assert.equal(
    store.read((db) => nextDueAt(db, moment(clock))),
    store.read((db) => readCard(db, 'review'))?.schedule.due,
  );
});

test('the limits of a day count what the day has had, and start anew with the next', (t) => {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => clock });
  make(store, 'a', 'b', 'c');
  const limits = { newPerDay: 2, reviewsPerDay: 1 };
  const due = (now: number): unknown => store.read((db) => countDue(db, moment(now, limits)));
  assert.deepEqual(due(clock), { learning: 0, review: 0, new: 2, ahead: 0 });
  for (const subject of ['a', 'b']) store.record({ kind: 'review', subject, rating: 4 });
  assert.deepEqual(due(clock), { learning: 0, review: 0, new: 0, ahead: 0 });
  assert.equal(
    store.read((db) => nextDueAt(db, moment(clock, limits))),
    moment(clock).day.end,
  );
  clock += 60 * day;
  assert.deepEqual(due(clock), { learning: 0, review: 1, new: 1, ahead: 0 });
  const taken = store.record({ kind: 'review', subject: 'a', rating: 3 });
  assert.deepEqual(due(clock), { learning: 0, review: 0, new: 1, ahead: 0 });
  assert.deepEqual(
    store.read((db) => countToday(db, moment(clock).day)),
    { new: 0, review: 1 },
  );
  // What is taken back doesn't count.
  store.record({ kind: 'undo', subject: 'a', eventId: taken.id });
  assert.deepEqual(due(clock), { learning: 0, review: 1, new: 1, ahead: 0 });
  assert.equal(
    store.read((db) => readReview(db, taken.id)),
    undefined,
  );
});

test('a review is due on its day, whatever the hour at which the last one was', (t) => {
  let clock = morning + 12 * 60 * minute;
  const { store } = open(t, freshPath(t), { now: () => clock });
  make(store, 'a');
  store.record({ kind: 'review', subject: 'a', rating: 4 });
  const { intervalDays = 0 } = store.read((db) => readCard(db, 'a'))?.schedule ?? {};
  clock = morning + intervalDays * day;
  assert.equal(
    store.read((db) => countDue(db, moment(clock)).review),
    1,
  );
  assert.equal(
    store.read((db) => countDue(db, moment(clock - day)).review),
    0,
  );
  assert.equal(
    store.read((db) => nextDueAt(db, moment(clock - day))),
    moment(clock).day.start,
  );
});

test('a card that another window has graded meanwhile is not graded twice', (t) => {
  const path = freshPath(t);
  const [one, two] = [open(t, path).store, open(t, path).store];
  make(one, 'a');
  const shown = one.read((db) => readCard(db, 'a'))?.revision;
  const grade = (store: Store): number =>
    store.recordAll([{ kind: 'review', subject: 'a', rating: 3 }], (db) => readCard(db, 'a')?.revision === shown)
      .length;
  assert.equal(grade(two), 1);
  assert.equal(grade(one), 0);
  assert.equal(one.read((db) => readReviews(db, 'a')).length, 1);
});

test('a review becomes due when its day begins, also where the clock was changed before', (t) => {
  const berlin = (at: number): number => zone('Europe/Berlin')(at) - 4 * 60 * minute;
  const at = Date.UTC(2026, 2, 26, 12);
  let clock = at;
  const { store } = open(t, freshPath(t), { now: () => clock });
  make(store, 'a');
  store.record({ kind: 'review', subject: 'a', rating: 4 });
  const due = store.read((db) => readCard(db, 'a'))?.schedule.due ?? 0;
  assert.ok(due > Date.UTC(2026, 2, 30));
  clock += minute;
  const now = { ...moment(clock), offset: berlin, day: studyDay(clock, berlin) };
  assert.equal(
    store.read((db) => nextDueAt(db, now)),
    studyDay(due, berlin).start,
  );
  assert.equal(new Date(studyDay(due, berlin).start).getUTCHours(), 2);
});
