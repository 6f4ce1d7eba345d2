import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Turn } from '../../src/core/answer.ts';
import { parseTurn, turnJson, turnVersion } from '../../src/store/turnJson.ts';
import { freshPath, open, turn } from './support.ts';

test('a conversation comes back as it was saved, turn by turn', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  const head = { id: 'c1', title: 'why does my 4-bit model…', startedAt: 100 };
  const declined: Turn = {
    ...turn('t2'),
    coverage: 'not-covered',
    sentences: [],
    declined: { reason: 'not-covered', missing: ['recipe'] },
  };
  store.saveTurn(head, turn('t1'));
  store.saveTurn(head, declined);
  store.dispose();
  assert.deepEqual(open(t, path).store.conversation('c1'), { ...head, turns: [turn('t1'), declined] });
});

test('a turn saved again is replaced in its place', (t) => {
  const { store } = open(t, freshPath(t));
  const head = { id: 'c1', title: 'Memory', startedAt: 100 };
  store.saveTurn(head, { ...turn('t1'), ended: 'stopped' });
  store.saveTurn(head, turn('t2'));
  store.saveTurn({ ...head, title: 'Memory of a model' }, turn('t1'));
  assert.deepEqual(store.conversation('c1'), { ...head, title: 'Memory of a model', turns: [turn('t1'), turn('t2')] });
});

test('conversations are listed newest first, and removed with their turns', (t) => {
  const path = freshPath(t);
  const { store } = open(t, path);
  store.saveTurn({ id: 'old', title: 'Old', startedAt: 100 }, turn('t1'));
  store.saveTurn({ id: 'new', title: 'New', startedAt: 300 }, turn('t1'));
  store.saveTurn({ id: 'mid', title: 'Mid', startedAt: 200 }, turn('t1'));
  store.saveTurn({ id: 'mid', title: 'Mid', startedAt: 200 }, turn('t2'));
  let changes = 0;
  store.onDidChange(() => {
    changes++;
  });
  assert.deepEqual(store.conversations(), [
    { id: 'new', title: 'New', startedAt: 300, turns: 1 },
    { id: 'mid', title: 'Mid', startedAt: 200, turns: 2 },
    { id: 'old', title: 'Old', startedAt: 100, turns: 1 },
  ]);
  store.removeConversation('mid');
  store.removeConversation('never was');
  assert.equal(changes, 1);
  assert.deepEqual(
    store.conversations().map((one) => one.id),
    ['new', 'old'],
  );
  assert.equal(store.conversation('mid'), undefined);
  const db = new DatabaseSync(path);
  assert.equal(db.prepare('SELECT count(*) AS n FROM turn').get()?.['n'], 2);
  db.close();
});

test('a turn that cannot be read is skipped and reported', (t) => {
  const path = freshPath(t);
  const reported: string[] = [];
  const { store } = open(t, path, { report: (problem) => void reported.push(problem) });
  const head = { id: 'c1', title: 'Memory', startedAt: 100 };
  for (const id of ['t1', 't2', 't3', 't4']) store.saveTurn(head, turn(id));
  const db = new DatabaseSync(path);
  db.exec(`UPDATE turn SET json = '{"id":' WHERE id = 't1'; UPDATE turn SET version = 2 WHERE id = 't2';
    UPDATE turn SET json = json_set(json, '$.sources[0].number', 'one') WHERE id = 't3'`);
  db.close();
  assert.deepEqual(store.conversation('c1')?.turns, [turn('t4')]);
  assert.deepEqual(
    reported.map((problem) => problem.slice(0, 7)),
    ['Turn t1', 'Turn t2', 'Turn t3'],
  );
  assert.equal(store.conversations()[0]?.turns, 4);
});

test('of a stored turn every field is checked', () => {
  const whole = {
    ...turn('t1'),
    about: { chapterId: 'quant', chapterTitle: 'Quantization', text: 'one outlier' },
    declined: { reason: 'instruction', missing: ['a'] },
  } satisfies Turn;
  assert.deepEqual(parseTurn(turnVersion, turnJson(whole)), whole);
  const wrong = (value: unknown): unknown[] =>
    typeof value !== 'object' || value === null
      ? [typeof value === 'string' ? 7 : 'x', null, {}, []]
      : Array.isArray(value)
        ? [
            'x',
            {},
            null,
            [null],
            ...value.flatMap((item, index) => wrong(item).map((bad): unknown[] => value.with(index, bad))),
          ]
        : [
            ...Object.entries(value).flatMap(([key, item]) => wrong(item).map((bad) => ({ ...value, [key]: bad }))),
            ...Object.keys(value).map((key) => ({ ...value, [key]: undefined })),
          ];
  const spoiled = wrong(whole).map((value) => JSON.stringify(value));
  assert.ok(spoiled.length > 100);
  for (const json of spoiled) {
    const read = parseTurn(turnVersion, json);
    // Only `about` and `declined` may be missing.
    if (read) assert.deepEqual({ ...whole, ...read }, whole, json);
    if (read) assert.ok(!read.about || !read.declined, json);
  }
  for (const json of ['', 'null', '[]', '7', '"x"', '['.repeat(100_000)]) {
    assert.equal(parseTurn(turnVersion, json), undefined, json.slice(0, 20));
  }
});
