// The words of a text that comes in pieces, each on a line of its own, as src/core/study/documentWords.ts writes them.

/** A piece of a document's text. */
export interface WordPiece {
  readonly text: string;
  readonly passage: number;
}

export interface PieceWords {
  readonly text: string;
  /** Where each piece starts. */
  readonly starts: readonly number[];
  /** The passage in which a character stands. */
  readonly anchorAt: (offset: number) => string;
}

/** Puts pieces together; `form` names the text among those of the document. */
export function pieceWords(form: string, pieces: readonly WordPiece[]): PieceWords {
  let text = '';
  const starts = pieces.map((piece, index) => {
    if (index > 0) text += '\n';
    const start = text.length;
    text += piece.text;
    return start;
  });
  return {
    text,
    starts,
    anchorAt: (offset) => {
      const at = starts.findLastIndex((start) => start <= offset);
      return `${form}:${pieces[Math.max(0, at)]?.passage ?? 0}`;
    },
  };
}
