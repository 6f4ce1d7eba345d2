// The words of a printed page at their places: what can be shown of it before it has been drawn.

import type { PageSize } from './documentText.ts';
import { ascent, lineHeight } from './layout/pageText.ts';
import type { DocumentPiece } from './pieces.ts';

/** A line of print, in points from the page's top left. */
export interface SketchedLine {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
  /** The font's size. */
  readonly size: number;
  readonly bold: boolean;
}

export interface Sketch extends PageSize {
  readonly lines: readonly SketchedLine[];
}

/** The lines of a page that a text knows, in reading order. */
export function linesOnPage(pieces: readonly DocumentPiece[], page: number): SketchedLine[] {
  return pieces.flatMap(({ kind, text, boxes }) =>
    boxes.flatMap((box, index): SketchedLine[] => {
      const words = text
        .slice(box.at, boxes[index + 1]?.at)
        .replace(/\s+/g, ' ')
        .trim();
      if (box.page !== page || words === '' || box.width <= 0 || box.height <= 0) return [];
      const size = box.height / lineHeight;
      const { x, y, width } = box;
      return [{ text: words, x, baseline: y + ascent * size, width, size, bold: kind === 'heading' }];
    }),
  );
}
