import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { foldCard } from '../../src/core/study/cardHistory.ts';
import { dayMs } from '../../src/core/study/days.ts';
import { createScheduler, defaultScheduling } from '../../src/core/study/schedule.ts';
import { countFrom, statistics } from '../../src/core/study/statistics.ts';
import { recallBin } from '../../src/core/study/statisticsRetention.ts';
import { ratings } from '../../src/core/study/studyEvent.ts';
import type { CardEvent, StudyEvent } from '../../src/core/study/studyEvent.ts';
import { countStudy } from '../../src/store/statistics.ts';
import type { Store } from '../../src/store/store.ts';
import { zone } from '../core/study/zones.ts';
import { freshPath, open, seeded } from './support.ts';

const now = Date.UTC(2026, 3, 1, 10);
const offset = zone('Europe/London');
const from = countFrom(now, offset);
const cards = 12;

/** Two years of everything that is counted, and some that isn't. */
function history(seed: number, size = 600): StudyEvent[] {
  const random = seeded(seed);
  const pick = (most: number): number => Math.floor(random() * most);
  const reviews: string[] = [];
  return Array.from({ length: size }, (_, index): StudyEvent => {
    const base = { id: `e${seed}-${index}`, at: now - pick(730 * dayMs) };
    const cardId = `card-${pick(cards)}`;
    const chapterId = `chapter-${pick(4)}`;
    const dice = random();
    if (index < cards || dice < 0.04) {
      const subject = index < cards ? `card-${index}` : cardId;
      const origin = { chapterId, ...(pick(3) > 0 && { anchor: `part-${pick(2)}` }) };
      const card = { front: 'Why?', back: 'So.', ...(pick(4) > 0 && { origin }) };
      return { ...base, kind: 'card', subject, card: index >= cards && pick(5) === 0 ? null : card };
    }
    if (dice < 0.06) return { ...base, kind: 'suspend', subject: cardId, suspended: pick(2) === 0 };
    if (dice < 0.09 && reviews.length > 0) {
      return { ...base, kind: 'undo', subject: cardId, eventId: reviews[pick(reviews.length)] ?? '' };
    }
    if (dice < 0.55) {
      reviews.push(base.id);
      return { ...base, kind: 'review', subject: cardId, rating: ratings[pick(4)] ?? 3 };
    }
    if (dice < 0.75) return { ...base, kind: 'reading', subject: chapterId, ms: 1 + pick(10 * 60_000) };
    if (dice < 0.9) {
      const subject = `${chapterId}/${chapterId}-${pick(3)}`;
      return { ...base, kind: 'quiz', subject, correct: pick(3) > 0, grader: 'choice' };
    }
    return { ...base, kind: 'chapter', subject: chapterId, state: pick(2) === 0 ? 'studied' : 'skimmed' };
  });
}

const counts = (store: Store) => store.read((db) => countStudy(db, from));
const sorted = <T>(values: Iterable<T>): T[] =>
  [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The same, counted one by one. */
function naive(events: readonly StudyEvent[]) {
  const scheduler = createScheduler(defaultScheduling);
  const isCardEvent = (event: StudyEvent): event is CardEvent =>
    ['review', 'undo', 'card', 'suspend'].includes(event.kind);
  const folded = Array.from({ length: cards }, (_, n) => `card-${n}`).map((id) =>
    foldCard(id, events.filter(isCardEvent), scheduler),
  );
  const reviews = folded.flatMap((card) => card.reviews);
  const predicted = reviews.filter(({ recall, elapsedDays }) => recall !== undefined && elapsedDays >= 1);
  const bins = Map.groupBy(predicted, ({ recall = NaN }) => recallBin(recall));
  const ofKind = <K extends StudyEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<StudyEvent, { kind: K }> => event.kind === kind);
  const quizzes = ofKind('quiz').filter(({ at }) => at >= from.activity);
  const items = Map.groupBy(
    quizzes.filter(({ at }) => at >= from.answers),
    ({ subject }) => subject,
  );
  const places = Map.groupBy(
    folded.flatMap(({ text, reviews: all }) =>
      text?.origin ? all.map((review) => ({ ...review, ...text.origin })) : [],
    ),
    ({ chapterId, anchor }) => `${chapterId}#${anchor ?? ''}`,
  );
  const waiting = folded.filter(({ text, suspended }) => text && !suspended);
  return {
    reviews: sorted(reviews.map(({ at }) => at).filter((at) => at >= from.activity)),
    quizzes: sorted(quizzes.map(({ at }) => at)),
    readings: sorted(
      ofKind('reading')
        .filter(({ at }) => at >= from.activity)
        .map(({ subject, at, ms }) => ({ chapterId: subject, at, ms })),
    ),
    marks: sorted(ofKind('chapter').map(({ subject, at, state }) => ({ chapterId: subject, at, state }))),
    bins: sorted(
      [...bins].map(([bin, all]) => [
        bin,
        all.length,
        all.filter(({ rating }) => rating > 1).length,
        all.reduce((sum, { recall = NaN }) => sum + recall, 0).toFixed(3),
      ]),
    ),
    recalled: sorted(
      predicted
        .filter(({ at }) => at >= from.recalled)
        .map(({ at, rating, recall }) => ({ at, remembered: rating > 1, predicted: recall })),
    ),
    items: sorted(
      [...items].map(([subject, all]) => ({
        chapterId: subject.split('/')[0],
        itemId: subject.split('/')[1],
        wrong: all.filter(({ correct }) => !correct).length,
        all: all.length,
      })),
    ),
    cards: sorted(
      [...places.values()].flatMap((all) => {
        const counted = all.filter(({ at, state }) => at >= from.answers && state === 'review');
        const [first] = counted;
        if (!first) return [];
        const { chapterId, anchor } = first;
        const wrong = counted.filter(({ rating }) => rating === 1).length;
        return [{ chapterId, ...(anchor !== undefined && { anchor }), wrong, all: counted.length }];
      }),
    ),
    dueAt: sorted(
      waiting.flatMap(({ schedule }) =>
        schedule.due !== undefined && schedule.due < from.dueBefore ? schedule.due : [],
      ),
    ),
    hasCards: folded.some(({ text }) => text),
    fresh: waiting.filter(({ schedule }) => schedule.state === 'new').length,
  };
}

test('what the database counts is what counting one by one gives', (t) => {
  for (let seed = 1; seed <= 8; seed++) {
    const events = history(seed);
    const { store } = open(t, freshPath(t), { now: () => now });
    store.unite(events);
    const { recallBins, ...counted } = counts(store);
    const bins = sorted(
      [...recallBins].map(([bin, { reviews, remembered, predicted }]) => [
        bin,
        reviews,
        remembered,
        predicted.toFixed(3),
      ]),
    );
    assert.deepEqual(
      {
        ...counted,
        bins,
        reviews: sorted(counted.reviews),
        quizzes: sorted(counted.quizzes),
        readings: sorted(counted.readings),
        marks: sorted(counted.marks),
        recalled: sorted(counted.recalled),
        items: sorted(counted.items),
        cards: sorted(counted.cards),
        dueAt: sorted(counted.dueAt),
      },
      naive(events),
      `seed ${seed}`,
    );
    assert.ok(counted.cards.length > 0 && bins.length > 2 && counted.recalled.length > 0);
  }
});

test('two machines that unite their histories, in either order, count the same', (t) => {
  const events = history(20);
  const half = events.filter((_, index) => index % 2 === 0);
  const rest = events.filter((_, index) => index % 2 === 1);
  const one = open(t, freshPath(t), { now: () => now }).store;
  const other = open(t, freshPath(t), { now: () => now }).store;
  one.unite(half);
  one.unite(rest);
  other.unite(rest);
  other.unite(half);
  const told = (store: Store) => statistics(counts(store), now, offset, () => undefined);
  assert.deepEqual(told(other), told(one));
});

test('an empty database counts nothing', (t) => {
  const { store } = open(t, freshPath(t));
  const told = statistics(counts(store), now, offset, () => undefined);
  assert.equal(told.daysInARow, 0);
  assert.equal(told.retention.all, undefined);
  assert.deepEqual(told.weakChapters, []);
  assert.ok(told.calendar.every(({ level }) => level === 0));
  assert.equal(told.forecast.overdue, 0);
});

test('a row that is damaged is left out, and the rest is counted', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => now });
  store.unite([
    { id: 'a', at: now, kind: 'reading', subject: 'chapter-1', ms: 60_000 },
    { id: 'b', at: now, kind: 'reading', subject: 'chapter-1', ms: 30_000 },
    { id: 'c', at: now, kind: 'quiz', subject: 'chapter-1/one', correct: true, grader: 'self' },
  ]);
  const db = new DatabaseSync(path);
  db.exec(`UPDATE event SET body = '{"ms":' WHERE id = 'a'; UPDATE event SET body = '{"correct":"x"}' WHERE id = 'c'`);
  db.close();
  const { readings, quizzes } = counts(store);
  assert.deepEqual(readings, [{ chapterId: 'chapter-1', at: now, ms: 30_000 }]);
  assert.deepEqual(quizzes, []);
});

test('what was done with a chapter before it was renamed is counted with the rest of it', (t) => {
  const { store } = open(t, freshPath(t), { now: () => now });
  store.recordAll([
    { kind: 'chapter', subject: 'old', state: 'studied' },
    { kind: 'reading', subject: 'old', ms: 1000 },
    { kind: 'quiz', subject: 'old/one', correct: false, grader: 'choice' },
    { kind: 'quiz', subject: 'new/one', correct: true, grader: 'choice' },
  ]);
  const edition = { chapters: new Map([['old', 'new']]), anchors: new Map() };
  const { marks, readings, items } = store.read((db) => countStudy(db, from, edition));
  assert.deepEqual([marks[0]?.chapterId, readings[0]?.chapterId], ['new', 'new']);
  assert.deepEqual(items, [{ chapterId: 'new', itemId: 'one', wrong: 1, all: 2 }]);
});
