import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance, nearestWord, vocabularyOf } from '../../../src/core/search/typos.ts';

test('distances of known pairs', () => {
  assert.equal(editDistance('attention', 'attention', 2), 0);
  assert.equal(editDistance('atention', 'attention', 2), 1);
  assert.equal(editDistance('attnetion', 'attention', 2), 1);
  assert.equal(editDistance('kitten', 'sitting', 3), 3);
  assert.equal(editDistance('kitten', 'sitting', 2), 3);
  assert.equal(editDistance('', 'ab', 2), 2);
});

/** The distance by its definition, without bounds or shortcuts. */
function slowDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      (table[i] ?? [])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swap);
    }
  }
  return at(a.length, b.length);
}

test('the bounded distance agrees with the definition on random words', () => {
  let seed = 7;
  const next = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const word = (): string => Array.from({ length: next(8) }, () => 'abc'.charAt(next(3))).join('');
  for (let round = 0; round < 3000; round++) {
    const [a, b, limit] = [word(), word(), next(4)];
    assert.equal(editDistance(a, b, limit), Math.min(slowDistance(a, b), limit + 1), `${a} ${b} ${limit}`);
  }
});

test('the nearest word wins, of equally near ones the commoner', () => {
  const vocabulary = vocabularyOf(
    new Map(Object.entries({ attention: 50, attending: 3, model: 90, modal: 2, loss: 9 })),
  );
  assert.equal(nearestWord('attentoin', vocabulary), 'attention');
  assert.equal(nearestWord('modl', vocabulary), 'model');
  assert.equal(nearestWord('xyzzy', vocabulary), undefined);
  assert.equal(nearestWord('los', vocabulary), undefined, 'too short to guess');
  assert.equal(nearestWord('int4', vocabulary), undefined, 'numbers are never typos');
});

test('a word that only sounds alike must still share two letters in three', () => {
  const vocabulary = vocabularyOf(
    new Map(Object.entries({ attention: 50, quantization: 9, warp: 5, nope: 2, rarely: 3, shock: 4 })),
  );
  assert.equal(nearestWord('attenshun', vocabulary), 'attention');
  assert.equal(nearestWord('kwontization', vocabulary), 'quantization');
  for (const nonsense of ['woripu', 'newopu', 'rerilo', 'zzqqxx', 'zzqqxxyy']) {
    assert.equal(nearestWord(nonsense, vocabulary), undefined, nonsense);
  }
});
