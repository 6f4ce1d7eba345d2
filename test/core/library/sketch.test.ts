import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentPiece } from '../../../src/core/library/pieces.ts';
import { linesOnPage } from '../../../src/core/library/sketch.ts';

const box = (page: number, y: number, at: number, width = 200): DocumentPiece['boxes'][number] => ({
  ...{ page, x: 72, y, width, height: 10.2 },
  at,
});

test('the lines of a page stand on their baselines, each with its own words', () => {
  const pieces: DocumentPiece[] = [
    { kind: 'heading', text: 'Caches', passage: 0, boxes: [box(1, 100, 0, 60)] },
    // A word that a line's end cuts is whole in the text.
    { kind: 'text', text: 'A transformer keeps\nits cache.', passage: 0, boxes: [box(1, 120, 0), box(1, 132, 7)] },
    { kind: 'loose', text: 'batch\t16', passage: 1, boxes: [box(1, 150, 0)] },
  ];
  const lines = linesOnPage(pieces, 1);
  assert.deepEqual(
    lines.map(({ text, bold }) => [text, bold]),
    [
      ['Caches', true],
      ['A trans', false],
      ['former keeps its cache.', false],
      ['batch 16', false],
    ],
  );
  assert.ok(lines.every(({ size }) => Math.abs(size - 10) < 1e-9));
  assert.ok(Math.abs((lines[1]?.baseline ?? 0) - 128) < 1e-9);
});

test('lines of other pages, of nothing and without extent are left out', () => {
  const text = 'One two three four';
  const boxes = [box(1, 700, 0), box(2, 72, 4), box(2, 84, 8, 0), box(2, 96, 18)];
  const pieces: DocumentPiece[] = [{ kind: 'text', text, passage: 0, boxes }];
  assert.deepEqual(
    [1, 2, 3].map((page) => linesOnPage(pieces, page).map((line) => line.text)),
    [['One'], ['two'], []],
  );
});
