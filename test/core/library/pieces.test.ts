import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block, BlockKind } from '../../../src/core/library/block.ts';
import { cutPassages } from '../../../src/core/library/cutPassages.ts';
import { piecesOf } from '../../../src/core/library/pieces.ts';

/** A block on lines of its own, told apart by their height on the page. */
function block(kind: BlockKind, text: string, y: number): Block {
  return { kind, text, boxes: [{ page: 1, x: 0, y, width: 10, height: 10, at: 0 }] };
}

const pieces = (blocks: readonly Block[]) => {
  const { passages, between } = cutPassages(blocks);
  return piecesOf(passages, between);
};

const document = [
  block('heading', 'A paper', 0),
  block('loose', 'Ann Author', 1),
  block('heading', 'Abstract', 2),
  block('paragraph', 'Attention is a weighted sum.', 3),
  block('loose', 'softmax(QK)V', 4),
  block('loose', '(1)', 5),
  block('paragraph', 'Here V are the values.', 6),
  block('heading', 'Method', 7),
  block('caption', 'Table 1: Times.', 8),
  block('loose', 'GPU 3 ms', 9),
  block('paragraph', 'It is fast.', 10),
  block('loose', '7', 11),
];

test('headings, formulas and rows of tables stand where they were read, and passages are none the less whole', () => {
  const { passages, between } = cutPassages(document);
  assert.deepEqual(
    passages.map(({ kind, heading, text }) => [kind, heading, text]),
    [
      ['text', 'Abstract', 'Attention is a weighted sum. Here V are the values.'],
      ['caption', 'Method', 'Table 1: Times.'],
      ['text', 'Method', 'It is fast.'],
    ],
  );
  const read = piecesOf(passages, between);
  assert.deepEqual(
    read.map(({ kind, text, passage, boxes }) => [kind, text, passage, boxes[0]?.y]),
    document.map(({ kind, text, boxes }, index) => [
      kind === 'paragraph' ? 'text' : kind,
      text,
      index < 7 ? 0 : index < 9 ? 1 : 2,
      boxes[0]?.y,
    ]),
  );
  // Each line starts where its piece does.
  assert.ok(read.every(({ boxes }) => boxes.every(({ at }) => at === 0)));
});

test('a table amid paragraphs that are one passage has its caption before them', () => {
  const read = pieces([
    block('paragraph', 'One.', 0),
    block('loose', 'x = 1', 1),
    block('caption', 'Table 1: Two.', 2),
    block('paragraph', 'Three.', 3),
  ]);
  assert.deepEqual(
    read.map(({ text, passage }) => [text, passage]),
    [
      ['Table 1: Two.', 0],
      ['One.', 1],
      ['x = 1', 1],
      ['Three.', 1],
    ],
  );
});

test('what has no passages at all is its formulas and headings', () => {
  assert.deepEqual(
    pieces([block('heading', 'Slide', 0), block('loose', 'E', 1)]).map(({ text }) => text),
    ['Slide', 'E'],
  );
  assert.deepEqual(pieces([]), []);
});
