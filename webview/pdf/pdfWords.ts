// The text of a PDF as the extension read it, with the way to the pages that are drawn and back: what notes are anchored in.

import type { PdfPassage } from '../../src/protocol/pdf.ts';
import type { PageWords } from '../notes/pageWords.ts';
import type { Span } from '../notes/quoteIn.ts';
import { findQuote, quoteIn } from '../notes/quoteIn.ts';
import { lettersOnPage, type PlacedLetter, type TextLine } from './pageLetters.ts';
import type { Pages } from './pages.ts';

export interface PdfWords extends PageWords {
  /** The first line of some words. */
  readonly lineAt: (offset: number) => TextLine | undefined;
  /** Sentences of the text, in order. */
  readonly sentences: () => readonly Span[];
  /** The page's layer of text isn't what it was. */
  readonly forget: (page: number) => void;
}

/** `form` names the text among those of the document; see src/core/study/documentWords.ts, which writes the same words. */
export function pdfWords(form: string, passages: readonly PdfPassage[], pages: Pages): PdfWords {
  const { text, starts, lines } = textOf(passages);
  const byPage = Map.groupBy(lines, ({ box }) => box.page);
  const drawn = new Map<number, { readonly layer: Element; readonly letters: readonly (readonly PlacedLetter[])[] }>();
  let sentences: readonly Span[] | undefined;

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
      return (lettersOf(page) ?? []).flatMap((line) => {
        const ends = endsOf(line.filter(({ at }) => at >= start && at < end));
        return ends ? [rangeOver(...ends, text.slice(ends[1].at + 1, end))] : [];
      });
    });
  return {
    text,
    rangesOf,
    spanOf: (range) => {
      const within = [...byPage.keys()].flatMap((page) => {
        const view = pages.view(page);
        if (!view || !range.intersectsNode(view.element)) return [];
        return (lettersOf(page) ?? []).flat().filter((one) => isIn(range, one));
      });
      if (within.length === 0) return undefined;
      // In the order of the page's own text, which is the one in which the learner drew the selection.
      const first = within.reduce((a, b) => (isBefore(b, a) ? b : a));
      const last = within.reduce((a, b) => (isBefore(b, a) ? a : b));
      const [start, end] = [Math.min(first.at, last.at), Math.max(first.at, last.at)];
      const closing = first.at <= last.at ? marksAfter(text, end + 1, range, last) : 0;
      return { start, end: end + characterAt(text, end).length + closing };
    },
    quote: (span) => ({
      anchor: `${form}:${Math.max(
        0,
        starts.findLastIndex((from) => from <= span.start),
      )}`,
      ...quoteIn(text, span),
    }),
    find: (quote) => findQuote(text, quote),
    lineAt,
    sentences: () => (sentences ??= sentencesOf(text)),
    forget: (page) => {
      drawn.delete(page);
    },
  };
}

interface WholeText {
  readonly text: string;
  /** Of the passages. */
  readonly starts: readonly number[];
  readonly lines: readonly TextLine[];
}

function textOf(passages: readonly PdfPassage[]): WholeText {
  let text = '';
  const starts: number[] = [];
  const lines: TextLine[] = [];
  for (const passage of passages) {
    if (text !== '') text += '\n';
    const from = text.length;
    starts.push(from);
    text += passage.text;
    for (const [index, box] of passage.boxes.entries()) {
      const end = passage.boxes[index + 1]?.at ?? passage.text.length;
      lines.push({ start: from + box.at, end: from + end, box });
    }
  }
  return { text, starts, lines };
}

function sentencesOf(text: string): Span[] {
  return [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].flatMap(({ index, segment }) => {
    const words = segment.trim();
    const start = index + segment.indexOf(words);
    return words === '' ? [] : [{ start, end: start + words.length }];
  });
}

function endsOf(line: readonly PlacedLetter[]): [PlacedLetter, PlacedLetter] | undefined {
  const [first, last] = [line[0], line.at(-1)];
  return first && last ? [first, last] : undefined;
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
