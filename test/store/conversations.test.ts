import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Turn } from '../../src/core/answer.ts';
import { longestThought, mostLeftOut, parseTurn, turnJson, turnVersion } from '../../src/store/turnJson.ts';
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

test('a turn isn’t saved into a conversation that another window has removed', (t) => {
  const path = freshPath(t);
  const here = open(t, path).store;
  const elsewhere = open(t, path).store;
  const head = { id: 'c1', title: 'Memory', startedAt: 100 };
  assert.equal(here.saveTurn(head, turn('t1')), true);
  elsewhere.removeConversation('c1');
  let changes = 0;
  here.onDidChange(() => {
    changes++;
  });
  assert.equal(here.saveTurn(head, turn('t2'), true), false);
  assert.equal(changes, 0);
  assert.deepEqual(here.conversations(), []);
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

const passage = { passageId: 'p', chapterTitle: 'Quantization', heading: 'Scale', score: 0.5, tokens: 90 };
const whole = {
  ...turn('t1'),
  about: { chapterId: 'quant', chapterTitle: 'Quantization', text: 'one outlier' },
  declined: { reason: 'instruction', missing: ['a'] },
  blocks: [{ markdown: 'A scale [1].', html: '<p>A scale</p>', citations: [1], unsupported: 0 }],
  mode: 'hint',
  scope: { kind: 'chapter', chapterId: 'quant', chapterTitle: 'Quantization' },
  thought: 'Let me see.',
  seen: {
    model: 'Qwen',
    context: 4096,
    prompt: 900,
    reused: 100,
    reserved: 512,
    passages: [
      { ...passage, number: 1 },
      { ...passage, leftOut: 'no-room' },
    ],
    earlierTurns: 1,
    droppedTurns: 0,
  },
  cut: true,
  fallback: 'Out of memory.',
} satisfies Turn;

test('a turn that a companion without models kept is still read', () => {
  const json =
    '{"id":"t1","question":"why?","askedAt":5,"coverage":"covered","speaker":"quotation","sources":[],"sentences":[],"ended":"finished"}';
  assert.deepEqual(parseTurn(1, json), JSON.parse(json));
});

test('an answer survives what is told beside it and can’t be read', () => {
  const {
    mode: _mode,
    scope: _scope,
    seen: _seen,
    thought: _thought,
    cut: _cut,
    fallback: _fallback,
    ...answer
  } = whole;
  const other = {
    ...whole,
    mode: 'sing',
    scope: { kind: 'moon' },
    seen: { model: 7 },
    thought: {},
    cut: 'yes',
    fallback: 0,
  };
  assert.deepEqual(parseTurn(turnVersion, JSON.stringify(other)), answer);
  assert.equal(parseTurn(turnVersion, JSON.stringify({ ...whole, blocks: [{ html: 'x' }] })), undefined);
});

test('a stored turn is bounded, and keeps every passage of its prompt', () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ ...passage, passageId: `p${index}` }));
  const numbered = many.map((one, index) => ({ ...one, number: index + 1 }));
  const left = many.map((one) => ({ ...one, leftOut: 'low-score' as const }));
  const json = turnJson({
    ...whole,
    thought: '😀'.repeat(longestThought),
    seen: { ...whole.seen, passages: [...left, ...numbered] },
  });
  const read = parseTurn(turnVersion, json);
  assert.ok(read?.thought?.isWellFormed() && read.thought.length <= longestThought + 1 && read.thought.endsWith('…'));
  assert.deepEqual(
    read?.seen?.passages.map(({ passageId }) => passageId),
    [...left.slice(0, mostLeftOut), ...numbered].map(({ passageId }) => passageId),
  );
});

test('of a stored turn every field is checked', () => {
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
    if (!read) continue;
    // What was spoilt isn't there, and nothing else is wrong: only what stands beside question and answer may be missing.
    assert.notDeepEqual(read, whole, json);
    const { seen, ...rest } = read;
    const { seen: wholeSeen, ...wholeRest } = whole;
    assert.deepEqual({ ...wholeRest, ...rest }, wholeRest, json);
    const passages = seen?.passages.map((one, index) => ({ ...wholeSeen.passages[index], ...one }));
    if (seen) assert.deepEqual({ ...seen, passages }, wholeSeen, json);
  }
  for (const json of ['', 'null', '[]', '7', '"x"', '['.repeat(100_000)]) {
    assert.equal(parseTurn(turnVersion, json), undefined, json.slice(0, 20));
  }
});
