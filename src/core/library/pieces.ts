// The text of a saved document piece by piece, in the order in which it is read: its passages, and what stands between
// them. Notes are anchored in it, and pages that show it, or the PDF that it was read from, are made of it.

import type { LineBox } from './layout/pageText.ts';
import { slice } from './cutPassages.ts';
import type { BetweenPassages, DocumentPassage, DocumentPassageKind } from './documentText.ts';

export interface DocumentPiece {
  readonly kind: DocumentPassageKind | BetweenPassages['kind'];
  readonly text: string;
  /** The passage that it is a part of, or stands in or before; from 0. */
  readonly passage: number;
  /** Of a PDF: where its lines stand. */
  readonly boxes: readonly LineBox[];
}

type Passages = readonly Pick<DocumentPassage, 'kind' | 'text' | 'boxes'>[];

/** The pieces of a text; a passage in which something stands is parted by it. */
export function piecesOf(passages: Passages, between: readonly BetweenPassages[]): DocumentPiece[] {
  const beside = Map.groupBy(between, ({ passage }) => passage);
  const bare = passages.length === 0 ? between : [];
  return [
    ...bare.map(pieceBetween),
    ...passages.flatMap((passage, number): DocumentPiece[] => {
      const here = beside.get(number) ?? [];
      const cuts = [0, ...here.map(({ at }) => at), passage.text.length];
      return cuts.slice(1).flatMap((end, index): DocumentPiece[] => {
        const { text, boxes } = slice(passage, cuts[index] ?? 0, end);
        const after = here[index];
        return [
          ...(text === '' ? [] : [{ kind: passage.kind, text, passage: number, boxes }]),
          ...(after ? [pieceBetween(after)] : []),
        ];
      });
    }),
  ];
}

function pieceBetween({ kind, text, passage, boxes }: BetweenPassages): DocumentPiece {
  return { kind, text, passage, boxes };
}
