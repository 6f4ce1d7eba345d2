// A document that is shown as its text alone: what a PDF says, what is said in a film, a file of nothing but text.

import type { ShownPiece } from '../../src/protocol/document.ts';
import { element } from '../dom.ts';
import { pieceWords } from '../notes/pieceWords.ts';
import { wordsOver, type PageWords } from '../notes/wordRuns.ts';
import type { PaintedBody } from './paintedBody.ts';

export function paintPieces(pieces: readonly ShownPiece[]): PaintedBody {
  const root = element('div', { class: 'prose' });
  const nodes = pieces.map(({ text }) => document.createTextNode(text));
  const passages = new Map<number, HTMLElement[]>();
  let page: number | undefined;
  /** Formulas, rows of tables and words of drawings that follow one another are one paragraph. */
  let loose: HTMLElement | undefined;
  for (const [index, piece] of pieces.entries()) {
    const text = nodes[index] ?? '';
    if (piece.page !== undefined && piece.page !== page) {
      page = piece.page;
      const name = `Page ${page}`;
      root.append(element('p', { class: 'page-mark', role: 'separator', 'aria-label': name }, name));
      loose = undefined;
    }
    if (piece.kind === 'loose') {
      if (!loose) {
        loose = element('p', { class: 'loose' });
        root.append(loose);
      }
      loose.append(text, ' ');
      continue;
    }
    loose = undefined;
    if (piece.kind === 'heading') {
      root.append(element('h2', {}, text));
      continue;
    }
    const before = passages.get(piece.passage);
    const made = element(
      'p',
      { class: piece.kind, ...(!before && { id: `p${piece.passage}` }) },
      piece.time !== undefined && element('span', { class: 'time' }, piece.time),
      text,
    );
    passages.set(piece.passage, [...(before ?? []), made]);
    root.append(made);
  }
  return {
    element: root,
    places: [...passages.values()].flatMap(([first]) => (first ? [{ anchor: first.id, element: first }] : [])),
    passage: (number) => passages.get(number) ?? [],
    words: (form) => wordsOfPieces(form, pieces, nodes),
    blocks: 'p, h2',
  };
}

function wordsOfPieces(form: string, pieces: readonly ShownPiece[], nodes: readonly Text[]): PageWords {
  const { text, starts, anchorAt } = pieceWords(form, pieces);
  const runs = nodes.map((node, index) => {
    const start = starts[index] ?? 0;
    return { start, end: start + node.length, node, offset: 0 };
  });
  const words = wordsOver({ text, runs, anchorAt });
  return {
    ...words,
    // Piece by piece: page numbers and times that stand between them are no words.
    rangesOf: (span) =>
      runs
        .filter(({ start, end }) => start < span.end && end > span.start)
        .flatMap(({ start, end }) =>
          words.rangesOf({ start: Math.max(start, span.start), end: Math.min(end, span.end) }),
        ),
  };
}
