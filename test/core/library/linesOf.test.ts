import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from '../../../src/core/library/linesOf.ts';

const lines = ['Kestrels hover (against', 'the wind). They drop', 'on voles. That is', 'all.'];
const text = lines.join(' ');
const boxes = lines.map((line, n) => ({
  page: 1,
  x: 0,
  y: 12 * n,
  width: 200,
  height: 10,
  at: text.indexOf(line),
}));

test('a sentence has the lines it runs over, and no more', () => {
  const passage = { text, boxes };
  assert.deepEqual(linesOf(passage, 'Kestrels hover (against the wind).'), { from: 0, to: 2 });
  assert.deepEqual(linesOf(passage, 'They drop on voles.'), { from: 1, to: 3 });
  assert.deepEqual(linesOf(passage, 'They drop on\nvoles. That is all.'), { from: 1, to: 4 });
  assert.deepEqual(linesOf(passage, 'all.'), { from: 3, to: 4 });
});

test('what isn’t there, and what isn’t printed, has none', () => {
  assert.equal(linesOf({ text, boxes }, 'They eat voles.'), undefined);
  assert.equal(linesOf({ text, boxes }, ' '), undefined);
  assert.equal(linesOf({ text, boxes: [] }, 'They drop on voles.'), undefined);
});
