// Nothing is lost: windows that write at once, processes killed at any moment, disks that are full, old files.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { foldCard, cardKinds } from '../../src/core/study/cardHistory.ts';
import { createScheduler, defaultScheduling } from '../../src/core/study/schedule.ts';
import { listCards } from '../../src/store/cards.ts';
import { countKept } from '../../src/store/erase.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import type { Store } from '../../src/store/store.ts';
import { exportTo, importFrom } from '../../src/store/transfer.ts';
import { freshPath, open, otherWindow, seeded, turn } from './support.ts';

const scheduler = createScheduler(defaultScheduling);

/** The tables made of the history say what the history says. */
function assertInStep(store: Store): void {
  const cards = Map.groupBy(store.events(cardKinds), ({ subject }) => subject);
  const folded = [...cards].flatMap(([id, events]) => {
    const { text, schedule } = foldCard(id, events, scheduler);
    return text ? [[id, text.front, schedule.due ?? 0, schedule.reviews]] : [];
  });
  const stored = store
    .read(listCards)
    .map(({ id, text, schedule }) => [id, text.front, schedule.due ?? 0, schedule.reviews]);
  assert.deepEqual(stored.sort(), folded.sort());
}

test('two windows that write reviews, notes, marks and answers at once lose none of them', async (t) => {
  const path = freshPath(t);
  const windows = [otherWindow(t, 'everything', path, '40', 'left'), otherWindow(t, 'everything', path, '40', 'right')];
  assert.deepEqual(await Promise.all(windows.map(({ ended }) => ended)), [0, 0]);
  const { store } = open(t, path);
  const told = windows.flatMap(({ lines }) => lines.flatMap((line) => line.split(' ').slice(0, -1)));
  assert.deepEqual(new Set(store.events().map(({ id }) => id)), new Set(told));
  for (const name of ['left', 'right']) assert.equal(store.conversation(name)?.turns.length, 40);
  assertInStep(store);
});

test('a process killed at any moment of any write leaves all that it said was kept, and no half of anything', async (t) => {
  const path = freshPath(t);
  const random = seeded(17);
  const told: string[] = [];
  for (let round = 0; round < 8; round++) {
    const child = otherWindow(t, 'everything', path, '100000', `round${round}`);
    await child.printed(1 + Math.floor(random() * 6));
    await wait(random() * 15);
    child.process.kill('SIGKILL');
    await child.ended;
    told.push(...child.lines.map((line) => `round${round} ${line}`));
  }
  const { store, opening } = open(t, path);
  assert.equal(opening.type, 'opened');
  const ids = new Set(store.events().map(({ id }) => id));
  for (const line of told) {
    const [name = '', ...rest] = line.split(' ');
    const turnId = rest.pop() ?? '';
    for (const id of rest) assert.ok(ids.has(id), line);
    assert.ok(
      store.conversation(name)?.turns.some(({ id }) => id === turnId),
      line,
    );
  }
  // Four events come together or not at all.
  assert.equal(store.events().length % 4, 0);
  assertInStep(store);
});

/** A store with something of everything, exported. */
function exported(t: TestContext): { path: string; file: string; events: number } {
  const path = freshPath(t);
  const { store } = open(t, path);
  for (let index = 0; index < 60; index++) {
    store.recordAll([
      { kind: 'card', subject: `card-${index % 9}`, card: { front: `f ${index}`, back: 'b' } },
      { kind: 'review', subject: `card-${index % 9}`, rating: 3 },
      { kind: 'chapter', subject: `chapter-${index}`, state: 'studied' },
    ]);
    store.saveTurn({ id: 'c', title: 'c', startedAt: 1 }, turn(`t${index}`));
  }
  const file = join(dirname(path), 'safe.json');
  exportTo(path, file, Date.now(), {});
  store.dispose();
  return { path, file, events: 180 };
}

test('a process killed while it exports, erases or imports leaves all or nothing', async (t) => {
  const { path, file, events } = exported(t);
  const random = seeded(23);
  const seen = new Set<number>();
  for (let round = 0; round < 12; round++) {
    const child = otherWindow(t, 'transfer', path);
    await child.printed(1 + (round % 4));
    await wait(random() * 25);
    child.process.kill('SIGKILL');
    await child.ended;
    const { store, opening } = open(t, path);
    assert.equal(opening.type, 'opened');
    const kept = store.read(countKept);
    assert.ok(kept.events === events || kept.events === 0, `${kept.events} events`);
    assert.equal(kept.conversations, kept.events === 0 ? 0 : 1);
    seen.add(kept.events);
    assertInStep(store);
    // An export that is there is a whole one.
    if (existsSync(`${path}.export.json`))
      assert.doesNotThrow(() => JSON.parse(readFileSync(`${path}.export.json`, 'utf8')));
    const came = importFrom(path, file, Date.now());
    assert.ok(!('problem' in came));
    assert.equal(store.read(countKept).events, events);
    assert.equal(store.conversation('c')?.turns.length, 60);
    store.dispose();
  }
  assert.ok(seen.size > 0);
});

test('after erasing no word of it is left in any file, and other windows go on', async (t) => {
  const path = freshPath(t);
  const secret = 'Schnurrbartseeschwalbe';
  const { store } = open(t, path);
  const other = otherWindow(t, 'follow', path, '0', 'other');
  await other.printed(1);
  for (let index = 0; index < 200; index++) {
    store.record({ kind: 'card', subject: `card-${index}`, card: { front: secret, back: secret.repeat(20) } });
  }
  store.saveTurn({ id: 'c', title: secret, startedAt: 1 }, { ...turn('t'), question: secret });
  writeFileSync(`${path}.damaged-2026-01-02T03-04-05-678Z`, secret);
  writeFileSync(`${path}.damaged-2026-01-02T03-04-05-678Z-wal`, secret);
  writeFileSync(`${path}.new`, secret);
  store.erase();
  assert.deepEqual(store.read(countKept), { events: 0, conversations: 0 });
  assert.deepEqual(store.read(listCards), []);
  for (const name of readdirSync(dirname(path))) {
    assert.equal(readFileSync(join(dirname(path), name)).includes(secret), false, name);
  }
  assert.deepEqual(
    readdirSync(dirname(path)).filter((name) => /damaged|new/.test(name)),
    [],
  );
  // The other window writes into the same file, and brings nothing back.
  other.process.stdin.write('go\n');
  await other.printed(2);
  assert.match(other.lines[1] ?? '', / of 2$/);
  assert.deepEqual(store.progress().chapters, { followed: 'studied' });
  other.process.stdin.end();
  assert.equal(await other.ended, 0);
});

test('an erasure that another window holds up says so, and is done the next time', async (t) => {
  const path = freshPath(t);
  const { store } = open(t, path, { busyTimeout: 100 });
  store.record({ kind: 'chapter', subject: 'a', state: 'studied' });
  const holder = otherWindow(t, 'hold', path);
  await holder.printed(1);
  assert.throws(
    () => {
      store.erase();
    },
    { name: 'StoreError', kind: 'locked' },
  );
  holder.process.stdin.end();
  await holder.ended;
  assert.deepEqual(store.progress().chapters, { a: 'studied' });
  store.erase();
  assert.deepEqual(store.progress().chapters, {});
});

test('a full disk: nothing torn, told in words, and all is well when there is room', async (t) => {
  const { file } = exported(t);
  const mount = 'mount -t tmpfs -o size=2m none "$1" && shift && exec "$@"';
  const place = join(dirname(file), 'small');
  mkdirSync(place);
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', mount, 'sh', place, 'true'], { stdio: 'ignore' });
  } catch {
    t.skip('no file system of its own can be mounted here');
    return;
  }
  const script = fileURLToPath(new URL('otherWindow.ts', import.meta.url));
  const args = [process.execPath, script, 'full', join(place, 'companion.db'), file];
  const child = spawn('unshare', ['-rm', 'sh', '-c', mount, 'sh', place, ...args]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => void (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (output += data.toString()));
  await once(child, 'close');
  const lines = output.trim().split('\n');
  const what = ['mark', 'card', 'review', 'note', 'turn', 'unite', 'export', 'import'];
  const full = lines.slice(0, what.length);
  // The log may still have room for something small; whatever didn't fit is told to be so.
  for (const [index, line] of full.entries()) assert.match(line, new RegExp(`^${what[index]} (full|done)$`), output);
  assert.ok(full.filter((line) => line.endsWith('full')).length >= 5, output);
  assert.deepEqual(
    lines.slice(what.length + 1, -1),
    what.map((one) => `${one} done`),
    output,
  );
  assert.equal(lines.at(-1), 'opened');
});

const firstSchema = new URL('fixtures/first-schema.db', import.meta.url);

test('a database of the first schema is upgraded, by two windows at once too', async (t) => {
  const path = freshPath(t);
  copyFileSync(firstSchema, path);
  const windows = [1, 2, 3].map(() => otherWindow(t, 'open', path));
  assert.deepEqual(await Promise.all(windows.map(({ ended }) => ended)), [0, 0, 0]);
  assert.deepEqual(new Set(windows.flatMap(({ lines }) => lines)), new Set(['opened']));
  assertUpgraded(open(t, path).store, path);
});

test('a process killed in the middle of the upgrade leaves the old database or the new one', async (t) => {
  const random = seeded(31);
  for (let round = 0; round < 6; round++) {
    const path = freshPath(t);
    copyFileSync(firstSchema, path);
    const child = otherWindow(t, 'open', path);
    await wait(random() * 400);
    child.process.kill('SIGKILL');
    await child.ended;
    assertUpgraded(open(t, path).store, path);
  }
});

function assertUpgraded(store: Store, path: string): void {
  const db = new DatabaseSync(path, { readOnly: true });
  assert.equal(db.prepare('PRAGMA user_version').get()?.['user_version'], schemaVersion);
  db.close();
  assert.equal(store.events(['chapter']).length, 3000);
  assert.equal(store.progress().chapters['chapter-7'], 'studied');
  assert.equal(store.conversation('c')?.turns.length, 20);
  store.record({ kind: 'card', subject: 'new', card: { front: 'f', back: 'b' } });
  assert.equal(store.read(listCards).length, 1);
}
