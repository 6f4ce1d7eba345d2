// Cards, schedules and notes when the file is damaged, from the future, or can't be written.

import assert from 'node:assert/strict';
import { chmodSync, closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { defaultScheduling } from '../../src/core/study/schedule.ts';
import { setScheduling } from '../../src/store/cardProjection.ts';
import { listCards, readReviews } from '../../src/store/cards.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import { allNotes } from '../../src/store/notes.ts';
import type { Store } from '../../src/store/store.ts';
import { cardEvents } from '../core/study/someCards.ts';
import { freshPath, open, otherWindow, seeded, spoilIndex } from './support.ts';

const noteCount = 150;

/** What the tables say that are made of the history. */
function made(store: Store): unknown {
  return store.read((db) => ({
    cards: listCards(db),
    reviews: listCards(db).map(({ id }) => readReviews(db, id)),
    notes: allNotes(db),
  }));
}

/** A closed database with cards, reviews and notes, some of them changed and removed, and what its tables say. */
function filled(t: TestContext): { readonly path: string; readonly before: unknown; readonly events: number } {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.unite(cardEvents(seeded(4), { cards: 12, events: 400 }));
  const note = { chapterId: 'a', anchor: 'why', quote: 'q'.repeat(60), before: '', after: '' };
  store.recordAll(
    Array.from({ length: noteCount }, (_, n) => ({
      kind: 'note' as const,
      subject: `note-${n}`,
      note: { ...note, text: `thought ${n}` },
    })),
  );
  store.record({ kind: 'note', subject: 'note-1', note: { ...note, text: 'thought better' } });
  store.record({ kind: 'note', subject: 'note-2', note: null });
  const before = made(store);
  const events = store.events().length;
  store.dispose();
  return { path, before, events };
}

/** Overwrites the root page of a table or an index in a closed database. */
function spoil(path: string, name: string): void {
  const db = new DatabaseSync(path);
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage'];
  db.close();
  assert.ok(typeof page === 'number', name);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, (page - 1) * 4096);
  closeSync(file);
}

test('cards, schedules and notes are made again of a damaged file’s history', (t) => {
  const spoiled: readonly (readonly [string, (path: string) => void])[] = [
    ['an index of the history', spoilIndex],
    ...['card', 'review', 'note', 'card_in_turn', 'note_by_change', 'scheduling'].map(
      (name) =>
        [
          name,
          (path: string) => {
            spoil(path, name);
          },
        ] as const,
    ),
  ];
  for (const [what, damage] of spoiled) {
    const { path, before, events } = filled(t);
    damage(path);
    const { store, opening } = open(t, path);
    assert.ok(opening.type === 'set-aside', what);
    assert.equal(opening.reason, 'damaged', what);
    assert.equal(opening.rescued.events, events, what);
    assert.deepEqual(made(store), before, what);
    // The tables go on from there.
    store.record({ kind: 'card', subject: 'new', card: { front: 'f', back: 'b' } });
    store.record({ kind: 'note', subject: 'note-2', note: null });
    store.dispose();
    assert.equal(open(t, path).opening.type, 'opened', what);
  }
});

test('of a history that was cut the tables say what folding the rest says', (t) => {
  const { path, events } = filled(t);
  truncateSync(path, statSync(path).size / 2);
  const { store, opening } = open(t, path);
  assert.ok(opening.type === 'set-aside');
  assert.ok(opening.rescued.events > 0 && opening.rescued.events < events, `${opening.rescued.events} of ${events}`);
  const rescued = made(store);
  store.remake((db) => {
    setScheduling(db, defaultScheduling);
  });
  assert.deepEqual(made(store), rescued);
});

test('schedules made with the learner’s own settings are made with the usual ones until the cards are opened', (t) => {
  const { path } = filled(t);
  const careful = { ...defaultScheduling, retention: 0.97 };
  const first = open(t, path).store;
  first.remake((db) => {
    setScheduling(db, careful);
  });
  const before = made(first);
  first.dispose();
  spoilIndex(path);
  const { store } = open(t, path);
  store.remake((db) => {
    setScheduling(db, careful);
  });
  assert.deepEqual(made(store), before);
});

test('cards and notes of a newer companion are left as they are', (t) => {
  const { path } = filled(t);
  const db = new DatabaseSync(path);
  db.exec(
    `ALTER TABLE card ADD COLUMN later TEXT; CREATE TABLE deck (id TEXT); PRAGMA user_version = ${schemaVersion + 1}`,
  );
  db.close();
  const before = readFileSync(path);
  assert.throws(() => open(t, path), { name: 'StoreError', kind: 'newer' });
  assert.deepEqual(readFileSync(path), before);
});

test(
  'cards and notes in a folder that can’t be written any more are said to be so, and left as they are',
  { skip: process.platform === 'win32' },
  async (t) => {
    for (const keepsLock of [true, false]) {
      const { path, before } = filled(t);
      const bytes = readFileSync(path);
      if (!keepsLock) rmSync(`${path}.lock`, { force: true });
      chmodSync(dirname(path), 0o555);
      const child = otherWindow(t, 'unprivileged', path);
      await child.ended;
      assert.deepEqual(child.lines, ['read-only'], String(keepsLock));
      chmodSync(dirname(path), 0o755);
      assert.deepEqual(readFileSync(path), bytes);
      // Once it can be written again everything is there.
      assert.deepEqual(made(open(t, path).store), before);
    }
  },
);
