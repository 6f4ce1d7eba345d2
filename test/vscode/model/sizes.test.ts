import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationWords, parameterWords, rate, sizeWords } from '../../../src/vscode/model/sizes.ts';

test('sizes read as people write them', () => {
  assert.deepEqual(
    [0, 12, 999, 1000, 36_864, 999_600, 147_456_000, 999_900_000, 3_100_000_000, 1.5e12].map(sizeWords),
    ['0 bytes', '12 bytes', '999 bytes', '1 kB', '36.9 kB', '1 MB', '147 MB', '1 GB', '3.1 GB', '1.5 TB'],
  );
});

test('a speed is told only where something was measured', () => {
  assert.equal(rate(240, 9500), '25.3');
  assert.equal(rate(0, 9500), undefined);
  assert.equal(rate(240, 0), undefined);
});

test('times and parameters are rounded to what matters', () => {
  assert.deepEqual([85.4, 999, 1230, 61_000].map(durationWords), ['85 ms', '999 ms', '1.2 s', '61 s']);
  assert.deepEqual([2.1e6, 494e6, 999_885_952, 4.02e9, 14.8e9].map(parameterWords), [
    '2.1 million',
    '494 million',
    '1 billion',
    '4 billion',
    '14.8 billion',
  ]);
});
