// Several processes at one database.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { applicationId } from '../../src/store/migrations.ts';
import { freshPath, open, otherWindow, spoilIndex } from './support.ts';

test('a process killed right after it was told "saved" has saved', async (t) => {
  const path = freshPath(t);
  const acknowledged: string[] = [];
  for (let round = 0; round < 15; round++) {
    const child = otherWindow(t, 'record', path, '100000', `round${round}`);
    await child.printed(1 + (round % 5) * 4);
    child.process.kill('SIGKILL');
    assert.equal(await child.ended, null);
    acknowledged.push(...child.lines);
  }
  assert.ok(acknowledged.length >= 15);
  // What the killed processes left in the log is brought in.
  const { store, opening } = open(t, path);
  assert.equal(opening.type, 'opened');
  const stored = new Set(store.events().map((event) => event.id));
  assert.deepEqual(
    acknowledged.filter((id) => !stored.has(id)),
    [],
  );
});

test('two windows that open a new file at once both work, and neither loses one of 200 marks', async (t) => {
  const path = freshPath(t);
  const windows = [otherWindow(t, 'record', path, '200', 'left'), otherWindow(t, 'record', path, '200', 'right')];
  assert.deepEqual(await Promise.all(windows.map((one) => one.ended)), [0, 0]);
  const { store } = open(t, path);
  const events = store.events();
  assert.deepEqual(new Set(events.map((event) => event.id)), new Set(windows.flatMap((one) => one.lines)));
  assert.equal(new Set(events.map((event) => event.at)).size, 400, 'every event has a time of its own');
});

test('many windows that find a damaged file set it aside once', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  store.dispose();
  spoilIndex(path);
  const windows = [1, 2, 3, 4].map(() => otherWindow(t, 'open', path));
  assert.deepEqual(await Promise.all(windows.map((one) => one.ended)), [0, 0, 0, 0]);
  assert.deepEqual(windows.flatMap((one) => one.lines).sort(), ['opened', 'opened', 'opened', 'set-aside']);
  assert.deepEqual(open(t, path).store.progress().chapters, { a: 'studied' });
});

test('a listener hears of its own changes at once and of another window within a second or so', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  let calls = 0;
  let heard: () => void = () => undefined;
  const stop = store.onDidChange(() => {
    calls++;
    heard();
  });
  store.record({ kind: 'chapter', subject: 'own', state: 'studied' });
  assert.equal(calls, 1);
  store.unite([]);
  assert.equal(calls, 1, 'nothing changed');

  const other = otherWindow(t, 'follow', path, '0', 'other');
  await other.printed(1);
  await wait(1200);
  assert.equal(calls, 1, 'opening changes nothing');
  for (let round = 1; round <= 3; round++) {
    const next = Promise.withResolvers<undefined>();
    heard = () => {
      next.resolve(undefined);
    };
    const asked = performance.now();
    other.process.stdin.write('go\n');
    await next.promise;
    assert.ok(performance.now() - asked < 1500, `took ${performance.now() - asked} ms`);
    assert.equal(store.progress().chapters['followed'], 'studied');
    assert.equal(store.events().length, 1 + round);
  }
  stop();
  const before = calls;
  other.process.stdin.write('go\n');
  await other.printed(5);
  await wait(1200);
  assert.equal(calls, before, 'no call after the end');
  other.process.stdin.end();
  assert.equal(await other.ended, 0);
});

test('a window that only listens ends by itself', async (t) => {
  const child = otherWindow(t, 'listen', freshPath(t));
  assert.equal(await child.ended, 0);
  assert.deepEqual(child.lines, ['listening']);
});

test('listening costs next to nothing', async (t) => {
  const { store } = open(t, freshPath(t));
  t.after(store.onDidChange(() => undefined));
  const before = process.cpuUsage();
  await wait(2000);
  const used = process.cpuUsage(before);
  assert.ok(used.user + used.system < 100_000, `${used.user + used.system} µs of 2 s`);
});

test('a window that holds the database too long makes the other say so, and lose nothing', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { busyTimeout: 100 });
  const holder = otherWindow(t, 'hold', path);
  await holder.printed(1);
  assert.throws(() => store.record({ kind: 'chapter', subject: 'a', state: 'studied' }), {
    name: 'StoreError',
    kind: 'locked',
    message: /another window is using the database\. Try again/,
  });
  holder.process.stdin.end();
  await holder.ended;
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  assert.equal(store.events().length, 1);
});

test('a folder that cannot be written is said to be so', { skip: process.platform === 'win32' }, async (t) => {
  const folder = dirname(freshPath(t));
  chmodSync(folder, 0o755);
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  for (const path of [join(locked, 'companion.db'), join(locked, 'deeper', 'companion.db')]) {
    const child = otherWindow(t, 'unprivileged', path);
    await child.ended;
    assert.deepEqual(child.lines, ['read-only']);
  }
});

test('a file that another window set aside takes nothing with it', (t) => {
  const path = freshPath(t);
  const reported: string[] = [];
  const one = open(t, path, { report: (problem) => void reported.push(problem) }).store;
  one.record({ kind: 'chapter', subject: 'before', state: 'studied' });
  // The other window, as it would be with a damaged file.
  const mover = new DatabaseSync(path);
  mover.exec(`PRAGMA application_id = ${applicationId + 1}`);
  mover.close();
  const two = open(t, path);
  assert.equal(two.opening.type, 'set-aside');
  two.store.record({ kind: 'chapter', subject: 'other', state: 'studied' });

  one.record({ kind: 'chapter', subject: 'after', state: 'studied' });
  assert.deepEqual(Object.keys(one.progress().chapters).sort(), ['after', 'before', 'other']);
  assert.match(reported.join('\n'), /replaced while in use/);
  one.dispose();
  two.store.record({ kind: 'chapter', subject: 'last', state: 'studied' });
  two.store.dispose();
  assert.deepEqual(Object.keys(open(t, path).store.progress().chapters).sort(), ['after', 'before', 'last', 'other']);
});
