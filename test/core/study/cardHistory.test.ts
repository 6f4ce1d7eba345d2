import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldCard } from '../../../src/core/study/cardHistory.ts';
import type { CardHistory } from '../../../src/core/study/cardHistory.ts';
import { createScheduler, defaultScheduling } from '../../../src/core/study/schedule.ts';
import type { CardEvent } from '../../../src/core/study/studyEvent.ts';
import { cardEvents } from './someCards.ts';
import { seeded } from '../../store/support.ts';

const scheduler = createScheduler(defaultScheduling);
const fold = (events: readonly CardEvent[]): CardHistory => foldCard('c', events, scheduler);
const at = Date.UTC(2026, 0, 5);
const made: CardEvent = { id: 'm', at, kind: 'card', subject: 'c', card: { front: 'Q', back: 'A' } };
const review = (id: string, days: number, rating: 1 | 2 | 3 | 4): CardEvent => ({
  id,
  at: at + days * 86_400_000,
  kind: 'review',
  subject: 'c',
  rating,
});

test('a card is what its events say, in whichever order they come', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = seeded(seed);
    const events = cardEvents(random, { cards: 1, events: 40 }).map((event) => ({ ...event, subject: 'c' }));
    const expected = fold(events);
    const shuffled = events.map((event) => [random(), event] as const).sort(([a], [b]) => a - b);
    assert.deepEqual(fold(shuffled.map(([, event]) => event)), expected);
    for (const one of expected.reviews) {
      assert.ok(one.elapsedDays >= 0);
      assert.ok(one.recall === undefined || (one.recall >= 0 && one.recall <= 1));
    }
  }
});

test('taking a review back brings back exactly the state before', () => {
  const events = [made, review('r1', 0, 3), review('r2', 1, 3), review('r3', 5, 1)];
  const before = fold(events);
  const graded = fold([...events, review('r4', 6, 4)]);
  assert.notDeepEqual(graded.schedule, before.schedule);
  const undo: CardEvent = { id: 'u', at: at + 7 * 86_400_000, kind: 'undo', subject: 'c', eventId: 'r4' };
  const undone = fold([...events, review('r4', 6, 4), undo]);
  assert.deepEqual({ ...undone, revision: '' }, { ...before, revision: '' });
  assert.equal(undone.revision, 'u');
  // Several steps back, and one taken back in the middle, as another machine may have done.
  const two = fold([...events, undo, { ...undo, id: 'u2', eventId: 'r3' }]);
  assert.deepEqual(two.schedule, fold(events.slice(0, 3)).schedule);
  assert.deepEqual(
    fold([...events, { ...undo, eventId: 'r2' }]).schedule,
    fold([made, review('r1', 0, 3), review('r3', 5, 1)]).schedule,
  );
});

test('a review can be taken back by an event that a wrong clock dated before it', () => {
  const undo: CardEvent = { id: 'u', at: 5, kind: 'undo', subject: 'c', eventId: 'r1' };
  assert.deepEqual(fold([undo, made, review('r1', 0, 3)]).reviews, []);
});

test('events of a card that is not there yet are kept until it comes', () => {
  const early = fold([review('r1', 1, 4)]);
  assert.equal(early.text, undefined);
  assert.equal(early.reviews.length, 1);
  const come = fold([review('r1', 1, 4), made]);
  assert.deepEqual(come.text, { front: 'Q', back: 'A' });
  assert.equal(come.schedule.state, 'review');
  assert.equal(come.madeAt, at);
});

test('a removed card that comes back still knows what it knew', () => {
  const removal: CardEvent = { id: 'x', at: at + 10, kind: 'card', subject: 'c', card: null };
  const removed = fold([made, review('r1', 0, 4), removal]);
  assert.equal(removed.text, undefined);
  const back = fold([made, review('r1', 0, 4), removal, { ...made, id: 'y', at: at + 20 }]);
  assert.equal(back.schedule.state, 'review');
  assert.equal(back.text?.front, 'Q');
});

test('the newest text and the newest suspension count', () => {
  const card = fold([
    made,
    { id: 's1', at: at + 1, kind: 'suspend', subject: 'c', suspended: true },
    { id: 'e', at: at + 2, kind: 'card', subject: 'c', card: { front: 'Q2', back: 'A2', tags: ['own'] } },
    { id: 's2', at: at + 3, kind: 'suspend', subject: 'c', suspended: false },
  ]);
  assert.equal(card.text?.front, 'Q2');
  assert.equal(card.suspended, false);
  assert.equal(card.revision, 's2');
});
