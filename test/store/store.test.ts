import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { ChapterState, ProgressEvent, ResourceState } from '../../src/core/progress.ts';
import { noProgress } from '../../src/core/progress.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import type { Store } from '../../src/store/store.ts';
import { freshPath, open, seeded } from './support.ts';

test('what was recorded is there after the store is opened again', (t) => {
  const path = freshPath(t);
  const first = open(t, path);
  assert.equal(first.opening.type, 'created');
  const event = first.store.record({ kind: 'chapter', subject: 'tokenization', state: 'skimmed' });
  first.store.record({ kind: 'resource', subject: 'attention-is-all-you-need', state: 'done' });
  first.store.record({ kind: 'position', subject: 'lstm', position: { anchor: 'gates', fraction: 0.5 } });
  first.store.dispose();

  const second = open(t, path);
  assert.equal(second.opening.type, 'opened');
  assert.deepEqual(second.store.events()[0], event);
  assert.deepEqual(second.store.progress(), {
    chapters: { tokenization: 'skimmed' },
    resources: { 'attention-is-all-you-need': 'done' },
    positions: { lstm: { anchor: 'gates', fraction: 0.5 } },
    lastChapter: 'lstm',
  });
});

test('the file has the settings it needs to last', (t) => {
  const path = freshPath(t);
  open(t, path);
  const db = new DatabaseSync(path);
  t.after(() => {
    db.close();
  });
  assert.deepEqual({ ...db.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
  assert.deepEqual({ ...db.prepare('PRAGMA application_id').get() }, { application_id: 0x47414843 });
  assert.deepEqual({ ...db.prepare('PRAGMA user_version').get() }, { user_version: schemaVersion });
});

test('progress follows every record and is the same object while nothing changes', (t) => {
  const { store } = open(t, freshPath(t));
  assert.deepEqual(store.progress(), noProgress);
  assert.equal(store.progress(), store.progress());
  store.record({ kind: 'chapter', subject: 'a', state: 'skimmed' });
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  assert.deepEqual(store.progress().chapters, { a: 'studied' });
  assert.equal(store.progress(), store.progress());
});

test('progress sees at once what another connection has committed', (t) => {
  const path = freshPath(t);
  const [one, two] = [open(t, path).store, open(t, path).store];
  one.progress();
  two.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  assert.deepEqual(one.progress().chapters, { a: 'studied' });
  two.record({ kind: 'chapter', subject: 'b', state: 'studied' });
  one.record({ kind: 'chapter', subject: 'c', state: 'studied' });
  assert.deepEqual(one.progress().chapters, { a: 'studied', b: 'studied', c: 'studied' });
});

test('time never goes back, in whichever window and whatever the clock does', (t) => {
  const path = freshPath(t);
  let clock = 5000;
  const one = open(t, path, { now: () => clock }).store;
  const two = open(t, path, { now: () => 3000.7 }).store;
  const times = [
    one.record({ kind: 'chapter', subject: 'a', state: 'skimmed' }).at,
    two.record({ kind: 'chapter', subject: 'a', state: 'studied' }).at,
  ];
  clock = 4000;
  times.push(one.record({ kind: 'chapter', subject: 'a', state: 'not-started' }).at);
  clock = 9000;
  times.push(one.record({ kind: 'chapter', subject: 'b', state: 'skimmed' }).at);
  assert.deepEqual(times, [5000, 5001, 5002, 9000]);
  assert.equal(two.progress().chapters['a'], 'not-started');
});

test('of each chapter only the newest position is kept', (t) => {
  const { store } = open(t, freshPath(t));
  for (let step = 0; step <= 10; step++) {
    store.record({ kind: 'position', subject: 'a', position: { anchor: 'why', fraction: step / 10 } });
    store.record({ kind: 'position', subject: 'b', position: { anchor: 'why', fraction: step / 20 } });
  }
  assert.equal(store.events().length, 2);
  assert.equal(store.progress().positions['a']?.fraction, 1);
  const { at } = store.events()[0] ?? { at: 0 };
  const old: ProgressEvent = {
    id: 'old',
    at: at - 1,
    kind: 'position',
    subject: 'a',
    position: { anchor: 'x', fraction: 0 },
  };
  const newer: ProgressEvent = { ...old, id: 'new', at: at + 1 };
  assert.deepEqual(store.unite([old]), { added: 0, redated: 0, changedMarks: 0 });
  assert.deepEqual(store.unite([newer]), { added: 1, redated: 0, changedMarks: 0 });
  assert.equal(store.events().length, 2);
  assert.equal(store.progress().positions['a']?.anchor, 'x');
});

test('subjects that look like parts of JavaScript are subjects like any other', (t) => {
  const { store } = open(t, freshPath(t));
  store.record({ kind: 'chapter', subject: '__proto__', state: 'studied' });
  store.record({ kind: 'chapter', subject: "'; DROP TABLE event; --", state: 'studied' });
  assert.deepEqual(Object.keys(store.progress().chapters), ['__proto__', "'; DROP TABLE event; --"]);
  store.unite([{ id: 'x', at: 1, kind: 'resource', subject: 'constructor', state: 'done' }]);
  assert.deepEqual(Object.keys(store.progress().chapters), ['__proto__', "'; DROP TABLE event; --"]);
});

test('uniting says what was new and how many marks changed', (t) => {
  const { store } = open(t, freshPath(t), { now: () => 1000 });
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  const events: ProgressEvent[] = [
    { id: 'e1', at: 500, kind: 'chapter', subject: 'a', state: 'skimmed' },
    { id: 'e2', at: 600, kind: 'chapter', subject: 'b', state: 'skimmed' },
    { id: 'e3', at: 700, kind: 'chapter', subject: 'b', state: 'studied' },
    { id: 'e4', at: 800, kind: 'resource', subject: 'r', state: 'to-do' },
  ];
  assert.deepEqual(store.unite(events), { added: 4, redated: 0, changedMarks: 2 });
  assert.deepEqual(store.unite(events), { added: 0, redated: 0, changedMarks: 0 });
  assert.deepEqual(store.progress().chapters, { a: 'studied', b: 'studied' });
});

test('an event from a far future does not win for ever', (t) => {
  const now = Date.UTC(2026, 0, 1);
  const { store } = open(t, freshPath(t), { now: () => now });
  store.unite([{ id: 'far', at: 253_402_300_799_999, kind: 'chapter', subject: 'a', state: 'skimmed' }]);
  assert.equal(store.progress().chapters['a'], 'skimmed');
  const { at } = store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  assert.ok(at < now + 1000);
  assert.equal(store.progress().chapters['a'], 'studied');
});

test('histories united in any order give the same marks', (t) => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = seeded(seed);
    const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
    const events = Array.from({ length: 60 }, (_, index): ProgressEvent => {
      // Few times and subjects, so that many events tie and compete.
      const base = {
        id: `e${Math.floor(random() * 1e9)}-${index}`,
        at: Math.floor(random() * 8),
        subject: pick(['a', 'b', 'c']),
      };
      const chapter = pick<ChapterState>(['not-started', 'skimmed', 'studied']);
      const resource = pick<ResourceState>(['to-do', 'doing', 'done', 'skipped']);
      return pick<ProgressEvent>([
        { ...base, kind: 'chapter', state: chapter },
        { ...base, kind: 'resource', state: resource },
        { ...base, kind: 'position', position: { anchor: 'x', fraction: random() } },
      ]);
    });
    const shuffled = events
      .map((event) => ({ event, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map((one) => one.event);
    const cut = Math.floor(random() * events.length);
    const stores: Store[] = [open(t, freshPath(t)).store, open(t, freshPath(t)).store, open(t, freshPath(t)).store];
    stores[0]?.unite(events);
    stores[1]?.unite(shuffled.slice(cut));
    stores[1]?.unite(shuffled.slice(0, cut + 5));
    for (const event of shuffled.toReversed()) stores[2]?.unite([event]);
    const [first, ...others] = stores.map((store) => ({ progress: store.progress(), events: store.events() }));
    for (const other of others) assert.deepEqual(other, first, `seed ${seed}`);
  }
});

test('a failed change leaves nothing behind and takes nothing away', (t) => {
  const ids = ['one', 'two', 'two'];
  const { store } = open(t, freshPath(t), { newId: () => ids.shift() ?? '' });
  store.record({ kind: 'position', subject: 'a', position: { anchor: 'why', fraction: 0 } });
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  let called = 0;
  store.onDidChange(() => {
    called++;
  });
  // Removes the old position, then fails for its id, which is taken.
  assert.throws(() => store.record({ kind: 'position', subject: 'a', position: { anchor: 'why', fraction: 1 } }));
  assert.equal(store.progress().positions['a']?.fraction, 0);
  assert.equal(store.events().length, 2);
  assert.equal(called, 0);
});

test('rows that are no events are skipped and reported', (t) => {
  const path = freshPath(t);
  const reported: string[] = [];
  const { store } = open(t, path, { report: (problem) => void reported.push(problem) });
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  const db = new DatabaseSync(path);
  const add = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?)');
  add.run('bad-1', 1, 'chapter', 'b', '{"state":"mastered"}');
  add.run('bad-2', 2, 'dream', 'b', '{}');
  add.run('bad-3', 3, 'chapter', 'b', 'not json');
  add.run('bad-4', 4, 'chapter', 'b', 'null');
  db.close();
  assert.deepEqual(store.progress().chapters, { a: 'studied' });
  assert.equal(reported.length, 3);
  assert.match(reported[0] ?? '', /unknown state 'mastered'/);
  assert.equal(store.events().length, 1);
  assert.match(reported.slice(3).join('\n'), /unknown kind 'dream'/);
});

test('nothing but the database and its companions lies in the folder, and only the file after the end', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  store.dispose();
  store.dispose();
  assert.deepEqual(readdirSync(dirname(path)).sort(), ['companion.db', 'companion.db.lock']);
  assert.throws(() => store.progress(), { name: 'StoreError', kind: 'closed' });
});

test('several events are stored together or not at all', (t) => {
  const ids = ['one', 'two', 'three', 'one'];
  const { store } = open(t, freshPath(t), { newId: () => ids.shift() ?? '' });
  const review = { kind: 'review', subject: 'card', rating: 3 } as const;
  const mark = { kind: 'chapter', subject: 'a', state: 'studied' } as const;
  const stored = store.recordAll([review, mark]);
  assert.deepEqual(store.events(), stored);
  assert.deepEqual(store.events(['review']), [stored[0]]);
  assert.equal(store.progress().chapters['a'], 'studied');
  assert.throws(() => store.recordAll([{ ...mark, state: 'skimmed' }, review]));
  assert.equal(store.events().length, 2);
  assert.equal(store.progress().chapters['a'], 'studied');
});
