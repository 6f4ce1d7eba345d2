// Everything out into a file, and back in.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { NewStudyEvent } from '../../src/core/study/studyEvent.ts';
import { countKept } from '../../src/store/erase.ts';
import { exportTo, importFrom } from '../../src/store/transfer.ts';
import { runTransfer } from '../../src/store/transferTask.ts';
import type { Store } from '../../src/store/store.ts';
import { freshPath, open, seeded, turn } from './support.ts';

const now = Date.UTC(2026, 5, 15);
const thread = new URL('../../src/store/transferMain.ts', import.meta.url);

/** Every kind of event, many times. */
function someEvents(random: () => number, count: number): NewStudyEvent[] {
  const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
  return Array.from({ length: count }, (_, index) => {
    const subject = `${pick(['a', 'b', 'c"\\', 'ä 😀', '__proto__'])}-${Math.floor(random() * 5)}`;
    const quote = { anchor: 'why', quote: 'the "words"\n', before: '', after: '\u2028' };
    return pick<NewStudyEvent>([
      { kind: 'chapter', subject, state: 'studied' },
      { kind: 'resource', subject, state: 'skipped' },
      { kind: 'position', subject, position: { anchor: 'why', fraction: random() } },
      { kind: 'review', subject, rating: pick([1, 2, 3, 4]), ms: 1200 },
      { kind: 'undo', subject, eventId: `e-${index}` },
      { kind: 'card', subject, card: { front: `f ${index}`, back: '$x$', origin: { chapterId: 'a' }, tags: ['t'] } },
      { kind: 'card', subject, card: null },
      { kind: 'suspend', subject, suspended: true },
      { kind: 'note', subject, note: { chapterId: 'a', ...quote, text: `n ${index}` } },
      { kind: 'goal', subject: 'plan', goal: { type: 'chapter', id: 'a', minutesPerDay: 20, depth: 'skim' } },
      { kind: 'quiz', subject, correct: false, grader: 'model' },
      { kind: 'reading', subject, ms: 60_000 },
    ]);
  });
}

function fill(store: Store, random: () => number, count = 300): void {
  store.recordAll(someEvents(random, count));
  for (let index = 0; index < 5; index++) {
    const head = { id: `c${index}`, title: `Conversation ${index}`, startedAt: now + index };
    for (let place = 0; place < 3; place++) {
      store.saveTurn(head, { ...turn(`t${place}`), question: `why ${random()}?`, askedAt: now + place });
    }
  }
}

/** Every table as it is, and everything that is read from it. */
function everything(path: string, store: Store): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
  const rows = tables.map(({ name }) => {
    const order = name === 'turn' ? 'conversation_id, id' : '1';
    const columns = name === 'turn' ? 'conversation_id, id, version, json' : '*';
    const found = db.prepare(`SELECT ${columns} FROM "${String(name)}" ORDER BY ${order}`).all();
    return [name, found.map((row) => ({ ...row }))];
  });
  db.close();
  return {
    rows,
    progress: store.progress(),
    conversations: store.conversations().map(({ id }) => store.conversation(id)),
  };
}

/** The same without the one trace that erasing leaves. */
function withoutErasing(path: string, store: Store): unknown {
  const db = new DatabaseSync(path);
  db.exec(`DELETE FROM event WHERE kind = 'erase'`);
  db.close();
  return everything(path, store);
}

test('export, erase, import: the same history, conversations and tables', (t) => {
  for (let seed = 1; seed <= 6; seed++) {
    const path = freshPath(t);
    const { store } = open(t, path, { now: () => now });
    fill(store, seeded(seed));
    const before = everything(path, store);
    const file = join(dirname(path), 'export.json');
    const exported = exportTo(path, file, now, { 'handbook.statusBar': false });
    assert.deepEqual(exported, { events: store.events().length, turns: 15, skipped: 0 });
    store.erase();
    assert.deepEqual(store.read(countKept), { events: 0, conversations: 0 });
    const imported = importFrom(path, file, now + 1000);
    assert.ok(!('problem' in imported));
    assert.deepEqual(imported.settings, { 'handbook.statusBar': false });
    assert.deepEqual(withoutErasing(path, store), before, `seed ${seed}`);
    // Once more changes nothing; into another store it gives the same.
    const again = importFrom(path, file, now + 2000);
    assert.ok(!('problem' in again) && again.addedEvents + again.addedTurns + again.redated === 0);
    const other = freshPath(t);
    importFrom(other, file, now + 3000);
    assert.deepEqual(everything(other, open(t, other).store), before);
  }
});

test('of two histories the newer of each wins, in either order', (t) => {
  const paths = [freshPath(t), freshPath(t)] as const;
  const files = paths.map((path, index) => {
    const { store } = open(t, path, { now: () => now + index, newId: () => `${index}-${Math.random()}` });
    fill(store, seeded(index + 1), 100);
    const file = join(dirname(path), 'export.json');
    exportTo(path, file, now + 10, {});
    return file;
  });
  const [one, two] = [freshPath(t), freshPath(t)];
  for (const file of files) importFrom(one, file, now + 20);
  for (const file of files.toReversed()) importFrom(two, file, now + 20);
  assert.deepEqual(everything(one, open(t, one).store), everything(two, open(t, two).store));
});

test('a thread does it too, and says how it went', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => now });
  fill(store, seeded(3));
  const file = join(dirname(path), 'export.json');
  const out = await runTransfer(thread, { type: 'export', path, file, now, settings: {} });
  assert.ok(out.type === 'exported' && out.turns === 15);
  const other = freshPath(t);
  const came = await runTransfer(thread, { type: 'import', path: other, file, now });
  assert.ok(came.type === 'imported' && came.addedEvents === out.events);
  writeFileSync(file, 'x');
  assert.equal((await runTransfer(thread, { type: 'import', path: other, file, now })).type, 'refused');
  await assert.rejects(runTransfer(thread, { type: 'import', path: other, file: `${file}.missing`, now }), {
    name: 'StoreError',
    message: /isn’t there/,
  });
});

test('years of study pass through a thread while this one goes on', async (t) => {
  const path = freshPath(t);
  const file = join(dirname(path), 'file.json');
  const note = { chapterId: 'a', anchor: 'why', quote: 'q'.repeat(120), before: '', after: '', text: 'n'.repeat(400) };
  const events = Array.from({ length: 12_000 }, (_, n) => ({
    ...{ id: `e${n}`, at: now - 12_000 + n },
    ...(n % 10 === 0
      ? { kind: 'note', subject: `note-${n}`, note }
      : { kind: 'review', subject: `card-${n % 700}`, rating: 3 }),
  }));
  writeFileSync(file, JSON.stringify({ format: 'genai-handbook-data', version: 1, exportedAt: now, events }));
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks++;
  }, 5);
  const came = await runTransfer(thread, { type: 'import', path, file, now });
  const out = await runTransfer(thread, { type: 'export', path, file, now, settings: {} });
  clearInterval(ticking);
  assert.ok(came.type === 'imported' && came.addedEvents === events.length);
  assert.ok(out.type === 'exported' && out.events === events.length);
  assert.ok(ticks > 20, `${ticks} ticks`);
});

test('what can’t be written leaves what was there', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => now });
  fill(store, seeded(3));
  const folder = join(dirname(path), 'folder');
  mkdirSync(folder);
  assert.throws(() => exportTo(path, folder, now, {}), { name: 'StoreError' });
  assert.throws(() => exportTo(path, join(folder, 'none', 'x.json'), now, {}), {
    name: 'StoreError',
    message: /isn’t there/,
  });
  assert.deepEqual(readdirSync(dirname(path)).sort(), [
    'companion.db',
    'companion.db-shm',
    'companion.db-wal',
    'companion.db.lock',
    'folder',
  ]);
  assert.ok(existsSync(folder));
});

function refusal(t: TestContext, text: string): string {
  const path = freshPath(t);
  const file = join(dirname(path), 'file.json');
  writeFileSync(file, text);
  const read = importFrom(path, file, now);
  assert.ok('problem' in read, text.slice(0, 100));
  if (existsSync(path)) assert.deepEqual(open(t, path).store.read(countKept), { events: 0, conversations: 0 });
  return read.problem;
}

test('a conversation that can’t be read refuses the file, with the place', (t) => {
  const whole = { version: 1, turn: turn('t1') };
  const file = (conversations: unknown): string =>
    JSON.stringify({
      format: 'genai-handbook-data',
      version: 1,
      exportedAt: now,
      events: [{ id: 'e', at: 1, kind: 'chapter', subject: 'a', state: 'studied' }],
      conversations,
    });
  const head = { id: 'c', title: 'Memory', startedAt: now };
  assert.match(refusal(t, file({})), /"conversations" should be a list/);
  assert.match(refusal(t, file([7])), /conversation 1 is not one/);
  assert.match(refusal(t, file([{ ...head, id: '' }])), /conversation 1: unusable id ''/);
  assert.match(refusal(t, file([{ ...head, title: 7 }])), /unusable title 7/);
  assert.match(refusal(t, file([{ ...head, startedAt: -1 }])), /unusable time -1/);
  assert.match(refusal(t, file([{ ...head, turns: 1 }])), /"turns" should be a list/);
  const bad = { version: 1, turn: { ...turn('t2'), ended: 'later' } };
  for (const one of [bad, null, { turn: turn('t2') }, { version: 9, turn: turn('t2') }]) {
    assert.match(refusal(t, file([{ ...head, turns: [whole, one] }])), /conversation 1: turn 2 can’t be read/);
  }
});

test('a file that the first companion exported still comes in', (t) => {
  const path = freshPath(t);
  const file = join(dirname(path), 'progress.json');
  const event = { id: 'e1', at: now - 5, kind: 'chapter', subject: 'tokenization', state: 'studied' };
  writeFileSync(
    file,
    JSON.stringify({ format: 'genai-handbook-progress', version: 1, exportedAt: now, events: [event] }),
  );
  assert.deepEqual(importFrom(path, file, now), { addedEvents: 1, addedTurns: 0, redated: 0, settings: {} });
  assert.deepEqual(open(t, path).store.progress().chapters, { tokenization: 'studied' });
});

test('rows that can’t be read are left out of an export and counted, so that it can be imported', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { now: () => now });
  fill(store, seeded(4), 20);
  const db = new DatabaseSync(path);
  db.exec(`INSERT INTO event (id, at, kind, subject, body) VALUES ('odd', 5, 'dream', 'b', '{}');
    UPDATE turn SET json = '{' WHERE id = 't1' AND conversation_id = 'c1'`);
  db.close();
  const file = join(dirname(path), 'export.json');
  assert.equal(exportTo(path, file, now, {}).skipped, 2);
  const other = freshPath(t);
  const came = importFrom(other, file, now);
  assert.ok(!('problem' in came) && came.addedTurns === 14);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, 6 + store.events().length + 2 + 5 + 3);
});
