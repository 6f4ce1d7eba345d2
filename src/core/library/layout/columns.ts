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

/** Fewer lines side by side don't make columns: wide spaces between words may lie below one another by chance. */
const leastSideBySide = 4;

/** The columns of a page (or of a part of it) in reading order. */
export function columnsOf(pieces: readonly Line[]): Column[] {
  const gutter = gutterOf(pieces);
  if (gutter === undefined) return pieces.length === 0 ? [] : [columnOf(pieces)];
  return bandsOf(pieces, gutter).flatMap((band) =>
    band.sides ? [...columnsOf(band.sides.left), ...columnsOf(band.sides.right)] : [columnOf(band.pieces)],
  );
}

/** A part of a page from one height to another. */
interface Band {
  readonly pieces: readonly Line[];
  /** What stands left and right of the gutter, where two columns stand side by side. */
  readonly sides?: { readonly left: readonly Line[]; readonly right: readonly Line[] };
}

/** From top to bottom: where columns stand side by side, and what stands across them. */
function bandsOf(pieces: readonly Line[], gutter: number): Band[] {
  const bands: Band[] = [];
  let across: Line[] = [];
  let beside: Line[] = [];
  const flush = (): void => {
    const left = beside.filter(({ right }) => right <= gutter + 1);
    const right = beside.filter((piece) => piece.left >= gutter - 1);
    const [leftRows, rightRows] = [rowsOf(left), rowsOf(right)];
    const rows = Math.min(sideBySide(leftRows, rightRows), sideBySide(rightRows, leftRows));
    // What stands on one side of something that reaches across belongs to what is above or below it.
    if (rows < leastSideBySide && (across.length > 0 || left.length * right.length > 0)) across.push(...beside);
    else if (beside.length > 0) {
      if (across.length > 0) bands.push({ pieces: across });
      across = [];
      bands.push({ pieces: beside, sides: { left, right } });
    }
    beside = [];
  };
  for (const piece of pieces.toSorted((a, b) => a.top - b.top)) {
    if (isAcross(piece, gutter)) {
      flush();
      across.push(piece);
    } else beside.push(piece);
  }
  flush();
  if (across.length > 0) bands.push({ pieces: across });
  return bands;
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
    const sides = bandsOf(pieces, at).flatMap((band) => band.sides ?? []);
    const left = rowsOf(sides.flatMap((side) => side.left));
    const right = rowsOf(sides.flatMap((side) => side.right));
    const beside = Math.min(sideBySide(left, right), sideBySide(right, left));
    if (beside < leastSideBySide || !fills(left) || !fills(right)) continue;
    const score = beside - pieces.filter((piece) => isAcross(piece, at)).length;
    if (!best || score > best.score) best = { at, score };
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
