import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { dayOf, studyDay } from '../../../src/core/study/days.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import type { ShownCard } from '../../../src/protocol/review.ts';
import { readCard, readReviews } from '../../../src/store/cards.ts';
import type { Store } from '../../../src/store/store.ts';
import { openDeck } from '../../../src/vscode/review/openDeck.ts';
import { parseFromReview, parseKeptSteps } from '../../../src/vscode/review/reviewMessages.ts';
import { ReviewSession } from '../../../src/vscode/review/reviewSession.ts';
import type { SessionView } from '../../../src/vscode/review/reviewSession.ts';
import { localOffset, parseReviewSettings } from '../../../src/vscode/review/reviewSettings.ts';
import { freshPath, open } from '../../store/support.ts';

const minute = 60_000;
/** Days begin at four, in universal time. */
const offset = (): number => -4 * 60 * minute;
const settings = parseReviewSettings({ get: () => undefined });

interface Clock {
  now: number;
}

function session(store: Store, clock: Clock, newPerDay = 20): ReviewSession {
  const deck = openDeck(store, settings);
  return new ReviewSession({
    deck: () => Promise.resolve(deck),
    moment: () => ({
      now: clock.now,
      offset,
      day: studyDay(clock.now, offset),
      newPerDay,
      reviewsPerDay: 200,
      aheadMs: 20 * minute,
    }),
    chapterTitle: (id) => Promise.resolve(id === 'lora' ? 'LoRA' : undefined),
    t: inEnglish,
  });
}

function deckOf(t: TestContext, ...ids: readonly string[]): { store: Store; clock: Clock; path: string } {
  const clock = { now: Date.UTC(2026, 0, 5, 9) };
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => clock.now });
  store.recordAll(
    ids.map((id) => ({
      kind: 'card',
      subject: id,
      card: { front: `${id}?`, back: 'A', origin: { chapterId: id === 'gone' ? 'renamed' : 'lora', anchor: 'why' } },
    })),
  );
  return { store, clock, path };
}

function cardOf({ view }: SessionView): ShownCard {
  assert.ok(view.type === 'card');
  return view.card;
}

test('a session goes through all cards, steps of minutes included, and ends calmly', async (t) => {
  const { store, clock } = deckOf(t, 'a', 'b');
  const review = session(store, clock);
  let seen = await review.view();
  assert.deepEqual([seen.progress.done, seen.progress.left, seen.progress.words], [0, 2, '2 new']);
  const asked: string[] = [];
  for (let step = 0; step < 20 && seen.view.type === 'card'; step++) {
    const { id, revision } = cardOf(seen);
    asked.push(id);
    clock.now += 5000;
    seen = await review.grade(id, revision, id === 'a' && step === 0 ? 1 : 3, 4000);
  }
  // "a" was forgotten: it takes one step more, and the learner isn't made to wait for its minutes.
  assert.equal([...asked].sort().join(''), 'aaabb');
  assert.ok(seen.view.type === 'end');
  assert.equal(seen.view.heading, 'Done for now');
  assert.match(
    seen.view.lines.join(' '),
    /Reviews in this session: 5\. 1 card to be learnt again\. Next: (in \d days|tomorrow)\./,
  );
  assert.equal(seen.progress.canUndo, true);
});

test('the card in front of the learner stays while time passes and others become due', async (t) => {
  const { store, clock } = deckOf(t, 'a', 'b');
  const review = session(store, clock);
  const first = cardOf(await review.view());
  const second = cardOf(await review.grade(first.id, first.revision, 1, 0));
  assert.equal(second.id, 'b');
  clock.now += 30 * minute;
  assert.equal(cardOf(await review.view()).id, 'b');
  store.record({ kind: 'chapter', subject: 'x', state: 'studied' });
  assert.equal(cardOf(await review.view()).id, 'b');
});

test('two windows that review at once grade each card once, and are told', async (t) => {
  const { store, clock, path } = deckOf(t, 'a', 'b');
  const other = open(t, path, { now: () => clock.now }).store;
  const [one, two] = [session(store, clock), session(other, clock)];
  const here = cardOf(await one.view());
  const there = cardOf(await two.view());
  assert.equal(there.id, here.id);
  await one.grade(here.id, here.revision, 4, 0);
  const told = await two.grade(there.id, there.revision, 1, 0);
  assert.equal(store.read((db) => readReviews(db, 'a')).length, 1);
  assert.match(told.notice ?? '', /graded in another window/);
  assert.equal(cardOf(told).id, 'b');
  // Only its own step can be taken back there, and it has none.
  assert.match((await two.undo()).notice ?? '', /nothing to take back/);
});

test('a step that another window has taken back already is not taken back twice', async (t) => {
  const { store, clock } = deckOf(t, 'a');
  const review = session(store, clock);
  const { id, revision } = cardOf(await review.view());
  await review.grade(id, revision, 4, 0);
  const [event] = store.read((db) => readReviews(db, id));
  store.record({ kind: 'undo', subject: id, eventId: event?.eventId ?? '' });
  const before = store.events().length;
  const seen = await review.undo();
  assert.match(seen.notice ?? '', /already taken back/);
  assert.equal(store.events().length, before);
  assert.equal(cardOf(seen).id, 'a');
});

test('words that another window edits are shown here, on the same card', async (t) => {
  const { store, clock } = deckOf(t, 'a');
  const review = session(store, clock);
  const { id, revision } = cardOf(await review.view());
  store.record({ kind: 'card', subject: id, card: { front: 'new words?', back: 'A' } });
  const seen = cardOf(await review.view());
  assert.equal(seen.front, 'new words?');
  assert.notEqual(seen.revision, revision);
  // What was pressed for the old words doesn't count.
  assert.equal(cardOf(await review.grade(id, revision, 4, 0)).id, 'a');
  assert.equal(store.read((db) => readReviews(db, id)).length, 0);
});

test('a store that fails keeps the card and the steps as they were', async (t) => {
  const { store, clock } = deckOf(t, 'a', 'b');
  const review = session(store, clock);
  const first = cardOf(await review.view());
  store.dispose();
  await assert.rejects(review.grade(first.id, first.revision, 3, 0), { name: 'StoreError' });
  assert.equal(review.shown?.id, first.id);
});

test('a card leads to its passage as long as its chapter is there', async (t) => {
  const { store, clock } = deckOf(t, 'a', 'gone');
  const review = session(store, clock);
  const first = cardOf(await review.view());
  assert.deepEqual(first.passage, { passageId: 'lora#why', title: 'LoRA' });
  const second = cardOf(await review.suspend(first.id, first.revision));
  assert.equal(second.passage, undefined);
  assert.equal(store.read((db) => readCard(db, 'a'))?.suspended, true);
});

test('with the day’s new cards done the end says when the next ones come', async (t) => {
  const { store, clock } = deckOf(t, 'a', 'b');
  const review = session(store, clock, 1);
  const { id, revision } = cardOf(await review.view());
  const seen = await review.grade(id, revision, 4, 0);
  assert.ok(seen.view.type === 'end');
  assert.match(seen.view.lines.join(' '), /You knew every one\. Next: tomorrow\./);
});

test('what a page sends is read for what it is', () => {
  const grade = { type: 'grade', cardId: 'a', revision: 'r', rating: 3, ms: 1e9 };
  assert.deepEqual(parseFromReview(grade), { ...grade, ms: 120_000 });
  for (const wrong of [
    undefined,
    'undo',
    { ...grade, rating: 0 },
    { ...grade, ms: -1 },
    { ...grade, cardId: 'x'.repeat(201) },
    { type: 'save', front: 'a', back: '\ud800' },
    { type: 'save', front: 'a'.repeat(20_001), back: '' },
    { type: 'openPassage', passageId: 'a b' },
  ]) {
    assert.equal(parseFromReview(wrong), undefined);
  }
  const steps = [
    { type: 'review', cardId: 'a', eventId: 'e' },
    { type: 'suspend', cardId: 'b' },
  ];
  assert.deepEqual(parseKeptSteps({ session: { steps: [...steps, 7, { type: 'review', cardId: 'c' }] } }), steps);
  assert.deepEqual(parseKeptSteps({ session: 1 }), []);
});

test('settings that make no sense count as the usual ones', () => {
  const odd = { 'review.newPerDay': -1, 'review.retention': 3, 'review.dayStartsAt': 4.5, 'review.weights': 'x' };
  assert.deepEqual(parseReviewSettings({ get: (name) => (odd as Record<string, unknown>)[name] }), settings);
});

test('the learner’s day begins at the hour of the setting', () => {
  const local = new Date(2026, 2, 4, 3, 59).getTime();
  const fromFour = localOffset(4);
  assert.equal(dayOf(local + minute, fromFour), dayOf(local, fromFour) + 1);
});
