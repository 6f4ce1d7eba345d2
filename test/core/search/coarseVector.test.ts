import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coarseLength, coarseVector, CoarseVectors } from '../../../src/core/search/coarseVector.ts';

/** Normalised, and the same every time. */
function vectors(count: number, dimensions: number): number[][] {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  return Array.from({ length: count }, () => {
    const raw = Array.from({ length: dimensions }, random);
    const length = Math.hypot(...raw);
    return raw.map((number) => number / length);
  });
}

const cosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);

test('cosines of coarse vectors are those of the vectors, to within a hundredth', () => {
  // Also of a length that four doesn't divide.
  for (const dimensions of [384, 767]) {
    const all = vectors(300, dimensions);
    const coarse = new CoarseVectors(dimensions);
    all.forEach((vector, id) => {
      coarse.add(id, coarseVector(vector));
    });
    const [sought = []] = all;
    const found = coarse.nearest(sought, 300);
    assert.equal(found.length, 300);
    assert.equal(found[0]?.id, 0);
    for (const { id, score } of found) {
      assert.ok(Math.abs(score - cosine(all[id] ?? [], sought)) < 0.01, `${id}: ${score}`);
    }
  }
});

test('the nearest come first, as many as are wanted', () => {
  const coarse = new CoarseVectors(2);
  const at = (degrees: number): number[] => [Math.cos((degrees / 180) * Math.PI), Math.sin((degrees / 180) * Math.PI)];
  [80, 10, 40, 0, 200].forEach((degrees, id) => {
    coarse.add(id, coarseVector(at(degrees)));
  });
  assert.deepEqual(
    coarse.nearest(at(5), 3).map(({ id }) => id),
    [3, 1, 2],
  );
  assert.deepEqual(new CoarseVectors(2).nearest(at(5), 3), []);
});

test('a vector of another length is left out; one of zeros is far from everything', () => {
  const coarse = new CoarseVectors(3);
  assert.equal(coarseLength(coarseVector([1, 2])), 2);
  coarse.add(1, coarseVector([1, 2]));
  coarse.add(2, coarseVector([0, 0, 0]));
  assert.deepEqual(coarse.nearest([1, 0, 0], 5), [{ id: 2, score: 0 }]);
});
