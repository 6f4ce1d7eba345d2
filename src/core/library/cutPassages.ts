// Blocks of a document → passages: pieces of a few sentences that can be found, quoted and cited.

import { plainSentences } from '../sentenceEnds.ts';
import type { BetweenPassages, DocumentPassage, DocumentPassageKind } from './documentText.ts';
import type { Block, BlockKind } from './block.ts';
import type { LineBox } from './layout/pageText.ts';

/** In characters. Paragraphs are put together up to the first, and cut at sentences past the second. */
const limits = { enough: 700, most: 1600 };

/** Words of drawings and cells of tables are no sentences: they are looked at, not quoted. */
const kinds: Readonly<Record<BlockKind, DocumentPassageKind | undefined>> = {
  heading: undefined,
  loose: undefined,
  paragraph: 'text',
  caption: 'caption',
  note: 'note',
  reference: 'reference',
};

interface Piece {
  readonly text: string;
  readonly boxes: readonly LineBox[];
  readonly anchor?: string;
}

/** A document's passages and what stands between them, both in reading order. */
export interface CutText {
  readonly passages: readonly DocumentPassage[];
  readonly between: readonly BetweenPassages[];
}

/** Cuts a document into passages. */
export function cutPassages(blocks: readonly Block[]): CutText {
  const passages: DocumentPassage[] = [];
  const between: BetweenPassages[] = [];
  let heading = '';
  let open: Piece[] = [];
  /** What stands in, or right before, the passage that comes next. */
  let waiting: Omit<BetweenPassages, 'passage'>[] = [];
  const add = (passage: DocumentPassage): void => {
    for (const one of waiting) between.push({ ...one, passage: passages.length });
    waiting = [];
    passages.push(passage);
  };
  const close = (): void => {
    if (open.length > 0) add({ kind: 'text', heading, ...together(open) });
    open = [];
  };
  for (const block of blocks) {
    const kind = kinds[block.kind];
    if (block.kind === 'heading') {
      close();
      heading = block.text;
    }
    if (block.kind === 'heading' || block.kind === 'loose') {
      const at = open.reduce((sum, { text }) => sum + text.length + 1, 0);
      waiting.push({ kind: block.kind, text: block.text, boxes: block.boxes, at });
    } else if (kind === 'text') {
      for (const piece of cut(block)) {
        const length = open.reduce((sum, { text }) => sum + text.length, 0);
        if (length > 0 && (length > limits.enough || length + piece.text.length > limits.most)) close();
        open.push(piece);
      }
    } else if (kind) {
      const aside = { kind, heading, ...piece(block) };
      // It stands amid the paragraphs that are put together just now, and comes before them.
      if (open.length > 0) passages.push(aside);
      else add(aside);
    }
  }
  close();
  const last = Math.max(0, passages.length - 1);
  const end = (passages[last]?.text.length ?? 0) + 1;
  return { passages, between: [...between, ...waiting.map((one) => ({ ...one, passage: last, at: end }))] };
}

function piece({ text, boxes, anchor }: Piece): Piece {
  return { text, boxes, ...(anchor !== undefined && { anchor }) };
}

/** A block, cut at sentences where it is too long for one passage; a sentence that is itself too long stays whole. */
function cut(block: Piece): Piece[] {
  const { text } = block;
  if (text.length <= limits.most) return [piece(block)];
  const pieces: Piece[] = [];
  let from = 0;
  let end = 0;
  for (const sentence of plainSentences(text)) {
    const at = text.indexOf(sentence, end);
    if (at > from && at + sentence.length - from > limits.enough * 1.5) {
      pieces.push(slice(block, from, at));
      from = at;
    }
    end = at + sentence.length;
  }
  return [...pieces, slice(block, from, text.length)];
}

/** The characters of a passage, or of a block, from `from` to `to`. */
export function slice(block: Piece, from: number, to: number): Piece {
  const boxes = boxesOf(block, from, to).map((box) => ({ ...box, at: Math.max(0, box.at - from) }));
  return piece({ ...block, text: block.text.slice(from, to).trimEnd(), boxes });
}

function together(open: readonly Piece[]): Piece {
  let text = '';
  const boxes: LineBox[] = [];
  for (const one of open) {
    if (text !== '') text += ' ';
    for (const box of one.boxes) boxes.push({ ...box, at: box.at + text.length });
    text += one.text;
  }
  return piece({ ...open[0], text, boxes });
}

/** The boxes of the lines over which a part of a passage's text runs. */
export function boxesOf({ boxes }: Pick<DocumentPassage, 'boxes'>, from: number, to: number): LineBox[] {
  const first = boxes.findLastIndex(({ at }) => at <= from);
  return boxes.filter(({ at }, index) => index >= first && at < to);
}
