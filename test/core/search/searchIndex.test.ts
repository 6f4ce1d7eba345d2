import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greatest } from '../../../src/core/search/searchIndex.ts';

test('the greatest of more values than a call takes arguments is found', () => {
  assert.equal(greatest(Array.from({ length: 1_000_000 }, (_, n) => n % 777)), 776);
  assert.equal(greatest([]), 0);
});
