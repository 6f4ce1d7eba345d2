import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseRankings, fuseRetrieval, rerank } from '../../../src/core/search/fuse.ts';
import { study } from '../study.ts';

const ids = (scored: readonly { readonly id: string }[]): string => scored.map(({ id }) => id).join('');

test('what both rankings have near the top comes first', () => {
  assert.equal(
    ids(
      fuseRankings([
        ['a', 'b', 'c'],
        ['b', 'd', 'a'],
      ]),
    ),
    'badc',
  );
});

test('scores are shares of the best possible, whatever the rankings are scored by', () => {
  const fused = fuseRankings([
    ['a', 'b'],
    ['a', 'c'],
  ]);
  assert.equal(fused[0]?.score, 1);
  for (const { score } of fused) assert.ok(score > 0 && score <= 1);
});

test('one ranking stays as it is, none gives none, ties go by id', () => {
  assert.equal(ids(fuseRankings([['c', 'a', 'b']])), 'cab');
  assert.deepEqual(fuseRankings([]), []);
  assert.equal(ids(fuseRankings([['b'], ['a']])), 'ab');
});

test('the order of the rankings doesn’t matter', () => {
  const rankings = [
    ['a', 'b', 'c', 'd'],
    ['d', 'c'],
    ['b', 'e'],
  ];
  assert.deepEqual(fuseRankings(rankings), fuseRankings(rankings.toReversed()));
});

test('a ranking model orders the first and leaves the rest behind them', () => {
  const ranked = fuseRankings([['a', 'b', 'c', 'd', 'e']]);
  const again = rerank(ranked, [0.2, 0.9, 0.5]);
  assert.equal(ids(again), 'bcade');
  assert.deepEqual(
    again.map(({ score }) => score),
    again.map(({ score }) => score).toSorted((x, y) => y - x),
  );
  assert.equal(ids(rerank(ranked, [])), 'abcde');
});

test('a passage that only its meaning finds joins those that words find', () => {
  const retrieval = study.retrieve({ text: 'what is LoRA?', history: [] });
  const far = [...study.passages.values()].find(({ id }) => !retrieval.ranked.some(({ passage }) => passage.id === id));
  assert.ok(far);
  const saved = { ...far, id: 'saved:d1:main:0' };
  const fused = fuseRetrieval(retrieval, [[far], [saved]]);
  for (const { id } of [far, saved]) assert.ok(fused.findIndex(({ passage }) => passage.id === id) < 4, id);
  assert.equal(fused[0]?.score, 1);
  assert.equal(fused.length, retrieval.ranked.length + 2);
  assert.deepEqual(
    fuseRetrieval(retrieval, []).map(({ passage }) => passage.id),
    retrieval.ranked.map(({ passage }) => passage.id),
  );
});
