import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChunkSize } from '../../../src/model/engine/chunkSize.ts';

test('chunks shrink while they take too long, and grow again', () => {
  const chunk = createChunkSize({ batch: 128, first: 128, smallest: 64, longestMs: 1000 });
  chunk.took(900);
  assert.equal(chunk.size(), 128);
  chunk.took(1100);
  assert.equal(chunk.size(), 64);
  chunk.took(5000);
  assert.equal(chunk.size(), 64, 'never smaller than the smallest');
  chunk.took(300);
  assert.equal(chunk.size(), 128);
  chunk.took(10);
  assert.equal(chunk.size(), 128, 'never more than the batch');
});

test('a batch that is smaller than the smallest chunk is taken whole', () => {
  const chunk = createChunkSize({ batch: 32, first: 128, smallest: 64, longestMs: 1000 });
  assert.equal(chunk.size(), 32);
  chunk.took(5000);
  assert.equal(chunk.size(), 32);
});
