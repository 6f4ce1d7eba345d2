// The text of a PDF as the extension read it, with the way to the pages that are drawn and back: what notes are anchored in.

import type { PdfPiece } from '../../src/protocol/pdf.ts';
import { pieceWords, type PieceWords } from '../notes/pieceWords.ts';
import type { Span } from '../notes/quoteIn.ts';
import { findQuote, quoteIn } from '../notes/quoteIn.ts';
import type { PageWords } from '../notes/wordRuns.ts';
import { lettersOnPage, type PlacedLetter, type TextLine } from './pageLetters.ts';
import type { Pages } from './pages.ts';

export interface PdfWords extends PageWords {
  /** The first line of some words. */
  readonly lineAt: (offset: number) => TextLine | undefined;
  /** The page's layer of text isn't what it was. */
  readonly forget: (page: number) => void;
}

/** `form` names the text among those of the document; see src/core/study/documentWords.ts, which writes the same words. */
export function pdfWords(form: string, pieces: readonly PdfPiece[], pages: Pages): PdfWords {
  const whole = pieceWords(form, pieces);
  const { text, anchorAt } = whole;
  const lines = linesOf(whole, pieces);
  const byPage = Map.groupBy(lines, ({ box }) => box.page);
  const drawn = new Map<number, { readonly layer: Element; readonly letters: readonly (readonly PlacedLetter[])[] }>();

  /** The letters of a page, line by line; undefined while it isn't drawn. */
  const lettersOf = (page: number): readonly (readonly PlacedLetter[])[] | undefined => {
    const view = pages.view(page);
    if (!view?.textLayer?.isConnected || !view.textLayer.hasChildNodes()) return undefined;
    const known = drawn.get(page);
    if (known?.layer === view.textLayer) return known.letters;
    const letters = lettersOnPage(text, byPage.get(page) ?? [], view.textLayer, view.scale);
    drawn.set(page, { layer: view.textLayer, letters });
    return letters;
  };
  const lineAt = (offset: number): TextLine | undefined =>
    lines.findLast(({ start, end }) => start <= offset && offset < end) ?? lines.find(({ start }) => start >= offset);
  const rangesOf = ({ start, end }: Span): readonly Range[] =>
    [...byPage.keys()].flatMap((page) => {
      const ofPage = byPage.get(page) ?? [];
      if (!ofPage.some((line) => line.start < end && line.end > start)) return [];
      return (lettersOf(page) ?? []).flatMap((line) =>
        stretchesOf(line.filter(({ at }) => at >= start && at < end)).flatMap((stretch) => {
          const [first, last] = [stretch[0], stretch.at(-1)];
          return first && last ? [rangeOver(first, last, text.slice(last.at + 1, end))] : [];
        }),
      );
    });
  return {
    text,
    rangesOf,
    spanOf: (range) => {
      const within = [...byPage.keys()].flatMap((page) => {
        const view = pages.view(page);
        if (!view || !range.intersectsNode(view.element)) return [];
        return (lettersOf(page) ?? []).map((line) => line.filter((one) => isIn(range, one)));
      });
      const letters = within.flat();
      if (letters.length === 0) return undefined;
      // In the order of the page's own text, which is the one in which the learner drew the selection. Within a line that
      // may be another: the number of a formula is drawn before it.
      const first = letters.reduce((a, b) => (isBefore(b, a) ? b : a));
      const last = letters.reduce((a, b) => (isBefore(b, a) ? a : b));
      const ends = within.filter((line) => line.includes(first) || line.includes(last)).flat();
      const from = ends.reduce((a, b) => (b.at < a.at ? b : a));
      const to = ends.reduce((a, b) => (b.at > a.at ? b : a));
      const end = to.at + characterAt(text, to.at).length;
      return { start: from.at, end: end + marksAfter(text, end, range, to) };
    },
    quote: (span) => ({ anchor: anchorAt(span.start), ...quoteIn(text, span) }),
    find: (quote) => findQuote(text, quote),
    lineAt,
    forget: (page) => {
      drawn.delete(page);
    },
  };
}

function linesOf({ starts }: PieceWords, pieces: readonly PdfPiece[]): TextLine[] {
  return pieces.flatMap(({ text, boxes }, index) => {
    const from = starts[index] ?? 0;
    return boxes.map((box, line) => {
      const end = boxes[line + 1]?.at ?? text.length;
      return { start: from + box.at, end: from + end, box };
    });
  });
}

/** A line's letters, parted where the page has them in another order. */
function stretchesOf(line: readonly PlacedLetter[]): readonly (readonly PlacedLetter[])[] {
  const stretches: PlacedLetter[][] = [];
  for (const letter of line) {
    const before = stretches.at(-1)?.at(-1);
    if (before && !isBefore(letter, before)) stretches.at(-1)?.push(letter);
    else stretches.push([letter]);
  }
  return stretches;
}

/** From one letter to another, with the marks after it that are among `rest`, what the words go on with. */
function rangeOver(first: PlacedLetter, last: PlacedLetter, rest: string): Range {
  const range = document.createRange();
  range.setStart(first.node, first.from);
  const [marks = ''] = /^[^\p{L}\p{N}\s]*/u.exec(last.node.data.slice(last.to)) ?? [];
  let more = 0;
  while (more < marks.length && marks.charAt(more) === rest.charAt(more)) more++;
  // The word goes on in the next line: its hyphen is of the page alone.
  range.setEnd(last.node, last.to + (/^[\p{L}\p{N}]/u.test(rest) ? marks.length : more));
  return range;
}

function isIn(range: Range, { node, from, to }: PlacedLetter): boolean {
  return range.intersectsNode(node) && range.comparePoint(node, from) >= 0 && range.comparePoint(node, to) <= 0;
}

function isBefore(a: PlacedLetter, b: PlacedLetter): boolean {
  if (a.node === b.node) return a.from < b.from;
  return (a.node.compareDocumentPosition(b.node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** How many marks (a full stop, a bracket) after the last letter are selected, too. */
function marksAfter(text: string, from: number, range: Range, { node, to }: PlacedLetter): number {
  let marks = 0;
  while (
    /[^\p{L}\p{N}\s]/u.test(text.charAt(from + marks)) &&
    node.data.charAt(to + marks) === text.charAt(from + marks) &&
    range.comparePoint(node, to + marks + 1) <= 0
  ) {
    marks++;
  }
  return marks;
}

function characterAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0);
}
