// Schedules made anew with other settings while everything else goes on.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { defaultScheduling } from '../../src/core/study/schedule.ts';
import { foldCards, hasScheduling, setScheduling } from '../../src/store/cardProjection.ts';
import type { StoredCard } from '../../src/store/cards.ts';
import { listCards, readCard, readReviews } from '../../src/store/cards.ts';
import type { Store } from '../../src/store/store.ts';
import { exportTo } from '../../src/store/transfer.ts';
import { runTransfer } from '../../src/store/transferTask.ts';
import { openDeck } from '../../src/vscode/review/openDeck.ts';
import { parseReviewSettings } from '../../src/vscode/review/reviewSettings.ts';
import { cardEvents } from '../core/study/someCards.ts';
import { freshPath, open, seeded } from './support.ts';

const now = Date.UTC(2027, 5, 1);
const thread = new URL('../../src/store/transferMain.ts', import.meta.url);
const careful = { ...defaultScheduling, retention: 0.97 };

function tables(store: Store): unknown {
  return store.read((db) => [
    db.prepare('SELECT * FROM card ORDER BY id').all(),
    db.prepare('SELECT * FROM review ORDER BY event_id').all(),
  ]);
}

/** The tables as they are if everything stands still while they are made. */
function madeAtOnce(store: Store): unknown {
  store.remake((db) => {
    setScheduling(db, careful);
  });
  return tables(store);
}

test('a thread makes the schedules anew while this one shows the old dates and takes reviews', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => now });
  store.unite(cardEvents(seeded(5), { cards: 100, events: 6000 }));
  const card = store.read(listCards).find(({ schedule }) => schedule.intervalDays > 5);
  assert.ok(card);
  const shown = (): StoredCard | undefined => store.read((db) => readCard(db, card.id));
  let told = 0;
  store.onDidChange(() => {
    told++;
  });
  let turns = 0;
  const state = { done: false };
  const making = runTransfer(thread, { type: 'schedule', path, scheduling: careful, now }).finally(() => {
    state.done = true;
  });
  while (!state.done) {
    await turn();
    turns++;
    // Whenever somebody looks, all dates are the old ones or all are the new ones.
    if (turns % 50 === 1) {
      const seen = shown();
      // Asked afterwards: the thread may have been done between the two looks.
      if (store.read((db) => !hasScheduling(db, careful))) assert.deepEqual(seen, card);
    }
    if (turns === 5) store.record({ kind: 'review', subject: 'card-99', rating: 3 });
  }
  assert.deepEqual(await making, { type: 'scheduled' });
  assert.ok(turns > 20, `${turns} turns`);
  store.look();
  assert.ok(told > 0);
  assert.ok(store.read((db) => hasScheduling(db, careful)));
  assert.notDeepEqual(shown(), card);
  const made = tables(store);
  assert.deepEqual(made, madeAtOnce(store));
});

test('what happens between folding and writing is folded once more', (t) => {
  const { store } = open(t, freshPath(t), { now: () => now });
  store.unite(cardEvents(seeded(6), { cards: 8, events: 300 }));
  const folded = store.read((db) => foldCards(db, careful));
  // A review, one taken back, a card that is new, one that is put away, an event from before the others.
  store.record({ kind: 'review', subject: 'card-0', rating: 1 });
  const [undone] = store.read((db) => readReviews(db, 'card-1'));
  store.record({ kind: 'undo', subject: 'card-1', eventId: undone?.eventId ?? '' });
  store.record({ kind: 'card', subject: 'fresh', card: { front: 'f', back: 'b' } });
  store.record({ kind: 'suspend', subject: 'card-2', suspended: true });
  store.unite([{ id: 'early', at: 5, kind: 'review', subject: 'card-3', rating: 2 }]);
  store.remake((db) => {
    setScheduling(db, careful, folded);
  });
  const made = tables(store);
  assert.deepEqual(made, madeAtOnce(store));
  // What was erased meanwhile doesn't come back.
  const before = store.read((db) => foldCards(db, careful));
  assert.ok(before.size > 0);
  store.erase();
  store.remake((db) => {
    setScheduling(db, careful, before);
  });
  assert.deepEqual(tables(store), [[], []]);
});

test('a few reviews are folded when the cards are opened, many are left to the thread', (t) => {
  const settings = parseReviewSettings({ get: (key: string) => (key.endsWith('retention') ? 0.97 : undefined) });
  const few = open(t, freshPath(t), { now: () => now }).store;
  few.unite(cardEvents(seeded(7), { cards: 3, events: 60 }));
  const opened = openDeck(few, settings);
  assert.deepEqual([opened.wanted, opened.scheduling], [undefined, careful]);
  assert.ok(few.read((db) => hasScheduling(db, careful)));

  const many = open(t, freshPath(t), { now: () => now }).store;
  many.unite(cardEvents(seeded(8), { cards: 10, events: 1000 }));
  const before = tables(many);
  const deck = openDeck(many, settings);
  assert.deepEqual([deck.wanted, deck.scheduling], [careful, defaultScheduling]);
  assert.deepEqual(tables(many), before);
});

test('what a thread makes of events with a chapter’s former name is seen under its name', async (t) => {
  const path = freshPath(t);
  const old = open(t, path).store;
  old.record({ kind: 'card', subject: 'c', card: { front: 'f', back: 'b', origin: { chapterId: 'rnn' } } });
  const file = join(dirname(path), 'export.json');
  exportTo(path, file, Date.now(), {});

  const mine = freshPath(t);
  const edition = { chapters: new Map([['rnn', 'recurrence']]), anchors: new Map() };
  const { store } = open(t, mine, { edition });
  await runTransfer(thread, { type: 'import', path: mine, file, now: Date.now() });
  store.look();
  const origins = (): unknown => store.read(listCards).map(({ text }) => text.origin);
  assert.deepEqual(origins(), [{ chapterId: 'recurrence' }]);
  await runTransfer(thread, { type: 'schedule', path: mine, scheduling: careful, now: Date.now() });
  store.look();
  assert.deepEqual(origins(), [{ chapterId: 'recurrence' }]);
});
