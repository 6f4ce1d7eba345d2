import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunkEnd } from '../../../src/core/model/chunkEnd.ts';
import type { ChunkStart } from '../../../src/core/model/chunkEnd.ts';

function endsFrom(start: number, rules: Omit<ChunkStart, 'at'>): number[] {
  const ends: number[] = [];
  for (let at = start; at < rules.length; at = ends.at(-1) ?? rules.length) ends.push(chunkEnd({ at, ...rules }));
  return ends;
}

test('a prompt is cut into chunks of the size', () => {
  assert.deepEqual(endsFrom(0, { size: 128, length: 400, tile: 64 }), [128, 256, 384, 400]);
});

test('what is held already makes the first chunk shorter, so that all end where tiles end', () => {
  assert.deepEqual(endsFrom(5, { size: 128, length: 400, tile: 64 }), [128, 256, 384, 400]);
  assert.deepEqual(endsFrom(70, { size: 128, length: 460, tile: 64 }), [192, 320, 448, 460]);
});

test('the last chunk is a whole tile where it would be most of one', () => {
  assert.deepEqual(endsFrom(0, { size: 128, length: 432, tile: 64 }), [128, 256, 368, 432]);
  assert.deepEqual(endsFrom(0, { size: 512, length: 560, tile: 64 }), [496, 560]);
});

test('without tiles, or with chunks of less than two, chunks have just their size', () => {
  assert.deepEqual(endsFrom(5, { size: 128, length: 300, tile: undefined }), [133, 261, 300]);
  assert.deepEqual(endsFrom(5, { size: 64, length: 150, tile: 64 }), [69, 133, 150]);
});

test('every chunk goes on, none is longer than its size, and the last one ends the prompt', () => {
  for (const size of [1, 16, 64, 100, 128, 512]) {
    for (const tile of [undefined, 64]) {
      for (let length = 1; length < 700; length += 13) {
        for (const start of [0, 1, 63, 64, 65, 130].filter((at) => at < length)) {
          const ends = endsFrom(start, { size, length, tile });
          ends.forEach((end, n) => {
            const at = ends[n - 1] ?? start;
            assert.ok(end > at && end <= at + size, `${start}, ${size}, ${length}: ${ends.join(' ')}`);
          });
          assert.equal(ends.at(-1), length);
        }
      }
    }
  }
});
