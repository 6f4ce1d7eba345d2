// In which order the pieces of lines on a page are read: column by column, where there are columns. What stands across
// them (a title, a wide figure's caption) parts what is above from what is below.

import { rowsOf } from './lines.ts';
import type { Line } from './pageText.ts';

/** A column's worth of lines, from top to bottom. */
export interface Column {
  readonly lines: readonly Line[];
  /** Where most lines start and where full ones end. */
  readonly left: number;
  readonly right: number;
}

/** Fewer lines side by side don't make columns. */
const leastSideBySide = 4;

/** The columns of a page (or of a part of it) in reading order. */
export function columnsOf(pieces: readonly Line[]): Column[] {
  const gutter = gutterOf(pieces);
  if (gutter === undefined) return pieces.length === 0 ? [] : [columnOf(pieces)];
  const columns: Column[] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  let across: Line[] = [];
  const flushSides = (): void => {
    columns.push(...columnsOf(left), ...columnsOf(right));
    [left, right] = [[], []];
  };
  const flushAcross = (): void => {
    if (across.length > 0) columns.push(columnOf(across));
    across = [];
  };
  for (const piece of pieces.toSorted((a, b) => a.top - b.top)) {
    if (isAcross(piece, gutter)) {
      flushSides();
      across.push(piece);
    } else {
      flushAcross();
      (piece.right <= gutter + 1 ? left : right).push(piece);
    }
  }
  flushSides();
  flushAcross();
  return columns;
}

function columnOf(pieces: readonly Line[]): Column {
  const lines = rowsOf(pieces);
  const starts = lines.map(({ left }) => left).toSorted((a, b) => a - b);
  const ends = lines.map(({ right }) => right).toSorted((a, b) => a - b);
  return {
    lines,
    left: commonest(starts) ?? 0,
    right: ends[Math.floor(ends.length * 0.9)] ?? 0,
  };
}

/** The value with most others within a point of it; of equals the first. */
function commonest(sorted: readonly number[]): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const value of sorted) {
    const near = sorted.filter((other) => Math.abs(other - value) <= 1).length;
    if (near > most) [best, most] = [value, near];
  }
  return best;
}

/**
 * Where a gutter runs from top to bottom: most lines side by side on its two sides, filling them as text does and the
 * cells of a table don't. Undefined if there is none.
 */
function gutterOf(pieces: readonly Line[]): number | undefined {
  const from = Math.min(...pieces.map(({ left }) => left));
  const to = Math.max(...pieces.map(({ right }) => right));
  let best: { readonly at: number; readonly score: number } | undefined;
  for (const at of columnStarts(pieces)) {
    if (at < from + 0.15 * (to - from) || at > to - 0.15 * (to - from)) continue;
    const left = rowsOf(pieces.filter(({ right }) => right <= at + 1));
    const right = rowsOf(pieces.filter((piece) => piece.left >= at - 1));
    if (!fills(left) || !fills(right)) continue;
    const beside = Math.min(sideBySide(left, right), sideBySide(right, left));
    const across = pieces.filter((piece) => isAcross(piece, at)).length;
    const score = beside - across;
    if (beside >= leastSideBySide && (!best || score > best.score)) best = { at, score };
  }
  return best?.at;
}

/** Just left of where several pieces start. */
function columnStarts(pieces: readonly Line[]): number[] {
  const starting = Map.groupBy(pieces, ({ left }) => Math.round(left));
  return [...starting].filter(([, those]) => those.length > 1).map(([left]) => left - 2);
}

function isAcross({ left, right }: Line, gutter: number): boolean {
  return left < gutter - 1 && right > gutter + 1;
}

/** How many of `these` have one of `those` beside them. */
function sideBySide(these: readonly Line[], those: readonly Line[]): number {
  return these.filter((line) => those.some((other) => other.top < line.bottom && other.bottom > line.top)).length;
}

/** Whether lines reach across most of the width they have, as those of a paragraph do. */
function fills(lines: readonly Line[]): boolean {
  const width = Math.max(...lines.map(({ right }) => right)) - Math.min(...lines.map(({ left }) => left));
  const widths = lines.map(({ left, right }) => right - left).toSorted((a, b) => a - b);
  return (widths[Math.floor(widths.length / 2)] ?? 0) > 0.55 * width;
}
