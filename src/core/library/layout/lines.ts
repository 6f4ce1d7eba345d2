// Runs of text → lines. Runs on one baseline belong together unless a gap as wide as a letter parts them: between two
// columns there is always such a gap, and lines that it cuts by mistake are joined again once the columns are known.

import { ascent, lineHeight, type Line, type PageText, type TextRun } from './pageText.ts';

/** In ems. A wider gap parts two pieces of a line. */
const partingGap = 0.9;
/** In ems. A narrower gap is none: the runs are parts of one word. */
const wordGap = 0.15;

/** The pieces of lines of a page, from top to bottom. */
export function piecesOf(page: PageText): Line[] {
  return baselinesOf(page.runs).flatMap((row) => split(row).flatMap((runs) => lineOf(page.page, runs) ?? []));
}

/** Pieces on one baseline put together: wide spaces between words had parted them. */
export function rowsOf(pieces: readonly Line[]): Line[] {
  const lines: Line[] = [];
  let row: Line[] = [];
  for (const piece of pieces.toSorted((a, b) => a.baseline - b.baseline || a.left - b.left)) {
    const [first] = row;
    if (first && !sameRow(first, piece)) {
      lines.push(joined(row));
      row = [];
    }
    row.push(piece);
  }
  if (row.length > 0) lines.push(joined(row));
  return lines;
}

/** One line of pieces that stand on one baseline. */
function joined(pieces: readonly Line[]): Line {
  const sorted = pieces.toSorted((a, b) => a.left - b.left);
  const widest = sorted.reduce((most, piece) => (piece.text.length > most.text.length ? piece : most));
  return {
    ...widest,
    text: sorted.map(({ text }) => text).join(' '),
    left: Math.min(...sorted.map(({ left }) => left)),
    right: Math.max(...sorted.map(({ right }) => right)),
    top: Math.min(...sorted.map(({ top }) => top)),
    bottom: Math.max(...sorted.map(({ bottom }) => bottom)),
    bold: sorted.every(({ bold }) => bold),
  };
}

/** Whether two pieces stand on one baseline. */
function sameRow(a: Line, b: Line): boolean {
  return Math.abs(a.baseline - b.baseline) < 0.3 * Math.min(a.size, b.size);
}

/** Runs that share a baseline, superscripts and subscripts with what they belong to. */
function baselinesOf(runs: readonly TextRun[]): TextRun[][] {
  const rows: { readonly runs: TextRun[]; readonly baseline: number; readonly size: number }[] = [];
  // The large ones first: a raised or lowered run then finds the line that it belongs to.
  const drawn = runs.filter(({ text }) => text.trim() !== '');
  for (const run of drawn.toSorted((a, b) => Math.round(b.size) - Math.round(a.size) || a.y - b.y || a.x - b.x)) {
    const row =
      rows.findLast(
        ({ baseline, size, runs: there }) =>
          run.size < 0.85 * size &&
          Math.abs(run.y - baseline) < 0.6 * size &&
          there.some((other) => touches(other, run)),
      ) ?? rows.findLast(({ baseline, size }) => Math.abs(run.y - baseline) < 0.25 * Math.min(size, run.size));
    if (row) row.runs.push(run);
    else rows.push({ runs: [run], baseline: run.y, size: run.size });
  }
  return rows.map((row) => row.runs.toSorted((a, b) => a.x - b.x));
}

function touches(a: TextRun, b: TextRun): boolean {
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  return gap < 0.3 * Math.max(a.size, b.size);
}

function split(row: readonly TextRun[]): TextRun[][] {
  const parts: TextRun[][] = [];
  let end = -Infinity;
  for (const run of row) {
    const part = parts.at(-1);
    if (part && run.x - end <= partingGap * Math.min(run.size, part[0]?.size ?? run.size)) part.push(run);
    else parts.push([run]);
    end = Math.max(end, run.x + run.width);
  }
  return parts;
}

function lineOf(page: number, runs: readonly TextRun[]): Line | undefined {
  const [first] = runs;
  if (!first) return undefined;
  let text = '';
  let end = first.x;
  for (const run of runs) {
    const apart = run.x - end > wordGap * run.size;
    if (text !== '' && apart && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' ';
    text += run.text;
    end = run.x + run.width;
  }
  const size = common(runs, (run) => run.size);
  const main = runs.find((run) => run.size === size) ?? first;
  return {
    page,
    text: text.replace(/\s+/g, ' ').trim(),
    left: first.x,
    right: Math.max(...runs.map((run) => run.x + run.width)),
    // Letters reach about so far above and below the baseline in any font.
    top: Math.min(...runs.map((run) => run.y - ascent * run.size)),
    bottom: Math.max(...runs.map((run) => run.y + (lineHeight - ascent) * run.size)),
    baseline: main.y,
    size,
    bold: common(runs, (run) => run.bold),
  };
}

/** The value that most letters have. */
function common<T>(runs: readonly TextRun[], value: (run: TextRun) => T): T {
  const letters = new Map<T, number>();
  for (const run of runs) letters.set(value(run), (letters.get(value(run)) ?? 0) + run.text.length);
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
