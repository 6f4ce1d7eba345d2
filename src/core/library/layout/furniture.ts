// What stands on page after page and belongs to none of the text: running titles, page numbers.

import { rowsOf } from './lines.ts';
import type { Line } from './pageText.ts';

/** The share of a page's height, at its top and its bottom, where such rows stand. */
const margin = 0.12;

interface Printed {
  readonly height: number;
  readonly pieces: readonly Line[];
}

/** The pieces of each page without the rows that it shares with other pages, and without its number. */
export function withoutFurniture(pages: readonly Printed[]): Line[][] {
  const margins = pages.map(({ height, pieces }) => rowsOf(pieces).filter((row) => inMargin(row, height)));
  const seen = new Map<string, number>();
  for (const rows of margins) {
    for (const key of new Set(rows.map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  // Left and right pages may have running titles of their own.
  const often = Math.max(2, Math.floor(pages.length * 0.3));
  return pages.map(({ pieces }, index) => {
    const rows = margins[index] ?? [];
    const furniture = rows.filter((row) => {
      const outermost = row === rows[0] || row === rows.at(-1);
      return (outermost && isPageNumber(row.text)) || (seen.get(keyOf(row)) ?? 0) >= often;
    });
    return pieces.filter(({ baseline }) => !furniture.some((row) => Math.abs(row.baseline - baseline) < 1));
  });
}

/** What the rows of several pages share: their words, whatever numbers they give, and their place. */
function keyOf({ text, baseline }: Line): string {
  return `${text.replace(/\d+/g, '#').toLowerCase()} ${Math.round(baseline / 4)}`;
}

function inMargin(row: Line, height: number): boolean {
  return row.bottom < margin * height || row.top > (1 - margin) * height;
}

function isPageNumber(text: string): boolean {
  return /^[\s\p{P}]*(page\s+)?(\d{1,4}|[ivxlc]{1,6})(\s*(\/|of)\s*\d{1,4})?[\s\p{P}]*$/iu.test(text);
}
