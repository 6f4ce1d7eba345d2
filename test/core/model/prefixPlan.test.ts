import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropState, nothingDropped, rememberPrompt } from '../../../src/core/model/droppedStates.ts';
import { fillTile, planPrefix, sharedPrefix } from '../../../src/core/model/prefixPlan.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test('what two sequences share is counted from the start', () => {
  assert.equal(sharedPrefix([1, 2, 3], [1, 2, 4]), 2);
  assert.equal(sharedPrefix([1, 2, 3], [1, 2]), 2);
  assert.equal(sharedPrefix([], [1]), 0);
});

test('a prompt takes over what the cache holds of it', () => {
  assert.deepEqual(planPrefix(range(0, 500), range(0, 400), [], true), { reuse: 400, evaluate: 100 });
  assert.deepEqual(planPrefix(range(0, 500), [...range(0, 300), 9, 9], [], true), { reuse: 300, evaluate: 200 });
});

test('the same prompt again still evaluates its last token', () => {
  assert.deepEqual(planPrefix(range(0, 500), range(0, 500), [], true), { reuse: 499, evaluate: 1 });
  assert.deepEqual(planPrefix([], [], [], true), { reuse: 0, evaluate: 0 });
});

test('the longest state file is read, if that saves enough', () => {
  const stored = [
    { file: 'short', tokens: range(0, 200) },
    { file: 'long', tokens: range(0, 380) },
    { file: 'other', tokens: range(7, 400) },
  ];
  assert.deepEqual(planPrefix(range(0, 500), [], stored, true), { reuse: 380, restore: 'long', evaluate: 120 });
  assert.deepEqual(planPrefix(range(0, 500), range(0, 350), stored, true), { reuse: 350, evaluate: 150 });
});

test('a state that can’t be cut back serves only as a whole', () => {
  assert.deepEqual(planPrefix(range(0, 500), range(0, 400), [], false).reuse, 400);
  assert.deepEqual(planPrefix(range(0, 500), [...range(0, 400), 9], [], false).reuse, 0);
  const stored = [{ file: 'file', tokens: [...range(0, 400), 9] }];
  assert.deepEqual(planPrefix(range(0, 500), [], stored, false), { reuse: 0, evaluate: 500 });
});

test('states are parked only after dropping one was a mistake', () => {
  const first = range(0, 1000);
  const second = range(5000, 6000);
  const one = dropState(nothingDropped, first, 0);
  assert.equal(one.park, false);
  // The first conversation comes back: its state would have been worth keeping.
  const regretted = rememberPrompt(one.dropped, [...first, 1], 0);
  assert.equal(dropState(regretted, second, 0).park, true);
});

test('a new conversation is no reason to park, nor a short loss', () => {
  const one = dropState(nothingDropped, range(0, 1000), 0);
  const unrelated = rememberPrompt(one.dropped, range(8000, 9000), 0);
  assert.equal(dropState(unrelated, range(5000, 6000), 0).park, false);
  const regretted = rememberPrompt(one.dropped, range(0, 900), 0);
  assert.equal(dropState(regretted, range(0, 1000), 900).park, false);
});

test('parking ends when nobody comes back', () => {
  let dropped = rememberPrompt(dropState(nothingDropped, range(0, 1000), 0).dropped, range(0, 1000), 0);
  let parked = 0;
  for (let turn = 0; turn < 50; turn++) {
    const next = dropState(dropped, range(turn * 10_000, turn * 10_000 + 500), 0);
    dropped = next.dropped;
    parked += Number(next.park);
  }
  assert.equal(parked, 16);
});

test('a rest that nearly fills a tile is filled up, if much stands before it', () => {
  assert.equal(fillTile(1456, 1400, 64), 1392);
  assert.equal(fillTile(1401, 1400, 64), 1400);
  assert.equal(fillTile(156, 100, 64), 100);
  assert.equal(fillTile(1600, 1400, 64), 1400);
  assert.equal(fillTile(50, 0, 64), 0);
  assert.equal(fillTile(40, 10, 64), 10);
});
