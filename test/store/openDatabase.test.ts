// Files that are old, torn, strange or from the future.

import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Opening } from '../../src/store/openDatabase.ts';
import { withStoreErrors } from '../../src/store/storeError.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import { freshPath, open, otherWindow, seeded, spoilIndex, turn } from './support.ts';

/** A closed database with many events and a conversation. */
function filled(t: TestContext): string {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.unite(
    Array.from({ length: 400 }, (_, index) => ({
      id: `event-${index}`,
      at: index,
      kind: 'chapter',
      subject: `chapter-${index}`,
      state: 'studied',
    })),
  );
  store.saveTurn({ id: 'c', title: 'Memory', startedAt: 1 }, turn('t'));
  store.dispose();
  return path;
}

/** Opens the file, which must be set aside unchanged, and then work. */
function setAsideOf(t: TestContext, path: string): Extract<Opening, { type: 'set-aside' }> {
  const before = existsSync(path) ? readFileSync(path) : undefined;
  const { store, opening } = open(t, path, { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
  assert.ok(opening.type === 'set-aside', opening.type);
  if (before) assert.deepEqual(readFileSync(opening.movedTo), before);
  assert.match(opening.movedTo, /companion\.db\.damaged-2026-01-02T03-04-05-678Z(-\d)?$/);
  assert.ok(opening.message.includes(opening.movedTo));
  const marks = Object.keys(store.progress().chapters).length;
  assert.equal(marks, opening.rescued.events);
  store.record({ kind: 'chapter', subject: 'anew', state: 'studied' });
  store.dispose();
  const again = open(t, path);
  assert.equal(again.opening.type, 'opened');
  assert.equal(again.store.progress().chapters['anew'], 'studied');
  again.store.dispose();
  return opening;
}

test('a folder that is missing is made', (t) => {
  const path = join(dirname(freshPath(t)), 'global', 'storage', 'companion.db');
  assert.equal(open(t, path).opening.type, 'created');
});

test('an empty database (version 0) is brought to the present shape', (t) => {
  const path = freshPath(t);
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 0; CREATE TABLE a (b); DROP TABLE a');
  db.close();
  assert.notEqual(statSync(path).size, 0);
  const { store, opening } = open(t, path);
  assert.equal(opening.type, 'created');
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
});

test('a file of a newer companion is refused and left as it is', (t) => {
  const path = filled(t);
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA user_version = ${schemaVersion + 1}; ALTER TABLE event ADD COLUMN later TEXT`);
  db.close();
  const before = readFileSync(path);
  assert.throws(() => open(t, path), { name: 'StoreError', kind: 'newer', message: /Update the companion/ });
  assert.deepEqual(readFileSync(path), before);
  assert.deepEqual(readdirSync(dirname(path)).sort(), ['companion.db', 'companion.db.lock']);
});

test('a zero-length file, a zeroed file, a text file and random bytes are set aside', (t) => {
  const random = seeded(7);
  for (const content of [
    '',
    'x',
    Buffer.alloc(8192),
    'Dear diary, today I studied.',
    Buffer.from(Array.from({ length: 9000 }, () => random() * 256)),
  ]) {
    const path = freshPath(t);
    writeFileSync(path, content);
    const opening = setAsideOf(t, path);
    assert.equal(opening.reason, 'damaged');
    assert.match(opening.message, /Nothing of yours could be read/);
  }
});

test('a database of another program is set aside, even one that numbers its versions', (t) => {
  for (const id of [0, 1234]) {
    const path = freshPath(t);
    const db = new DatabaseSync(path);
    db.exec(`PRAGMA application_id = ${id}; PRAGMA user_version = 99; CREATE TABLE bookmarks (url TEXT)`);
    db.close();
    assert.equal(setAsideOf(t, path).reason, 'foreign');
  }
});

test('a file cut in the middle is set aside, wherever it was cut', (t) => {
  const whole = statSync(filled(t)).size;
  for (const size of [1, 50, 100, 4095, 4096, 5000, whole / 4, whole / 2, whole - 4096, whole - 1]) {
    const path = filled(t);
    truncateSync(path, size);
    assert.equal(setAsideOf(t, path).reason, 'damaged', `cut to ${size} of ${whole}`);
  }
});

test('what a damaged file still gives is rescued', (t) => {
  const path = filled(t);
  truncateSync(path, statSync(path).size - 4096);
  const { rescued, message } = setAsideOf(t, path);
  assert.ok(rescued.events > 0, `${rescued.events} events`);
  assert.match(message, /marks and \d+ answers could be read/);

  const second = filled(t);
  spoilIndex(second);
  assert.deepEqual(setAsideOf(t, second).rescued, { events: 400, turns: 1 });
  assert.deepEqual(open(t, second).store.conversation('c')?.turns, [turn('t')]);
});

test('bytes overwritten anywhere never crash it, and never lose the old file', (t) => {
  const random = seeded(11);
  let aside = 0;
  for (let round = 0; round < 60; round++) {
    const path = filled(t);
    const file = openSync(path, 'r+');
    const length = 1 + Math.floor(random() * 600);
    const at = Math.floor(random() * (statSync(path).size - length));
    writeSync(file, Buffer.from(Array.from({ length }, () => random() * 256)), 0, length, at);
    closeSync(file);
    const before = readFileSync(path);
    const { store, opening } = open(t, path);
    store.progress();
    store.conversation('c');
    if (opening.type === 'set-aside') {
      aside++;
      assert.deepEqual(readFileSync(opening.movedTo), before);
    } else assert.equal(opening.type, 'opened');
    store.record({ kind: 'chapter', subject: 'anew', state: 'studied' });
    store.dispose();
  }
  assert.ok(aside > 10, `${aside} of 60 set aside`);
});

test('a log without its database is kept too', async (t) => {
  const path = freshPath(t);
  const child = otherWindow(t, 'record', path, '100000');
  await child.printed(20);
  child.process.kill('SIGKILL');
  await child.ended;
  const log = readFileSync(`${path}-wal`);
  assert.notEqual(log.length, 0);
  rmSync(path);
  const opening = setAsideOf(t, path);
  assert.deepEqual(readFileSync(`${opening.movedTo}-wal`), log);
});

test('a log goes with the damaged database it belongs to', async (t) => {
  const path = freshPath(t);
  const child = otherWindow(t, 'record', path, '100000');
  await child.printed(20);
  child.process.kill('SIGKILL');
  await child.ended;
  const log = readFileSync(`${path}-wal`);
  truncateSync(path, 0);
  const opening = setAsideOf(t, path);
  assert.equal(statSync(opening.movedTo).size, 0);
  assert.deepEqual(readFileSync(`${opening.movedTo}-wal`), log);
});

test('a log cut short by a crash costs only what was never acknowledged', async (t) => {
  const path = freshPath(t);
  const child = otherWindow(t, 'record', path, '100000');
  await child.printed(20);
  child.process.kill('SIGKILL');
  await child.ended;
  appendFileSync(`${path}-wal`, Buffer.alloc(3000, 0x55));
  const { store, opening } = open(t, path);
  assert.equal(opening.type, 'opened');
  const stored = new Set(store.events().map((event) => event.id));
  assert.ok(child.lines.every((id) => stored.has(id)));
});

test('two damaged files in the same millisecond are both kept', (t) => {
  const path = freshPath(t);
  writeFileSync(path, 'first');
  const first = setAsideOf(t, path).movedTo;
  writeFileSync(path, 'second');
  const second = setAsideOf(t, path).movedTo;
  assert.notEqual(first, second);
  assert.equal(readFileSync(first, 'utf8'), 'first');
  assert.equal(readFileSync(second, 'utf8'), 'second');
});

test('a file that disappears while in use is made again with all that was in it', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  store.saveTurn({ id: 'c', title: 'Memory', startedAt: 1 }, turn('t'));
  renameSync(dirname(path), `${dirname(path)}-gone`);
  t.after(() => {
    rmSync(`${dirname(path)}-gone`, { recursive: true });
  });
  store.record({ kind: 'chapter', subject: 'b', state: 'studied' });
  store.dispose();
  const again = open(t, path).store;
  assert.deepEqual(again.progress().chapters, { a: 'studied', b: 'studied' });
  assert.deepEqual(again.conversation('c')?.turns, [turn('t')]);
});

test('a path that is no file is an error for the learner', (t) => {
  const path = freshPath(t);
  mkdirSync(path);
  assert.throws(() => open(t, path), { name: 'StoreError', kind: 'read-only' });
  const file = join(dirname(path), 'file');
  writeFileSync(file, '');
  assert.throws(() => open(t, join(file, 'companion.db')), { name: 'StoreError', kind: 'read-only' });
});

test('a lock file with something else in it is named', (t) => {
  const path = freshPath(t);
  writeFileSync(`${path}.lock`, 'x'.repeat(200));
  assert.throws(() => open(t, path), { name: 'StoreError', message: /companion\.db\.lock\. Delete that file/ });
});

test('a full disk is said to be full', (t) => {
  const db = new DatabaseSync(freshPath(t));
  t.after(() => {
    db.close();
  });
  db.exec('PRAGMA max_page_count = 3; CREATE TABLE a (b)');
  const fill = (): void => {
    db.prepare('INSERT INTO a VALUES (zeroblob(100000))').run();
  };
  assert.throws(
    () => {
      withStoreErrors('companion.db', fill);
    },
    { name: 'StoreError', kind: 'full', message: /disk is full\. Free some space/ },
  );
});

test('mistakes of our own are not dressed up as trouble of the disk', (t) => {
  const db = new DatabaseSync(freshPath(t));
  t.after(() => {
    db.close();
  });
  assert.throws(
    () => {
      withStoreErrors('companion.db', () => {
        db.exec('SELEC 1');
      });
    },
    (error) => error instanceof Error && error.name !== 'StoreError' && error.message.includes('syntax error'),
  );
});
