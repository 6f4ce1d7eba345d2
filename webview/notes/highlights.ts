// Paints the noted words, and tells which notes are under the pointer. media/notes.css says how they look.

import type { Span } from './quoteIn.ts';
import type { PageWords } from './wordRuns.ts';

export interface PaintedNote extends Span {
  readonly id: string;
  readonly worded: boolean;
}

/** Where `note` has words, `highlight` has none; `open` is what is being looked at or written. */
const names = { note: 'note', highlight: 'note-highlight', open: 'note-open' } as const;

/** Paints all notes, in place of those painted before. */
export function paintNotes(words: PageWords | undefined, notes: readonly PaintedNote[]): void {
  const ranges = (worded: boolean): Range[] =>
    notes.flatMap((note) => (note.worded === worded ? (words?.rangesOf(note) ?? []) : []));
  paint(names.highlight, ranges(false));
  paint(names.note, ranges(true));
}

/** Paints what a card is open for. */
export function paintOpen(ranges: readonly Range[]): void {
  paint(names.open, ranges);
}

function paint(name: string, ranges: readonly Range[]): void {
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const painted = new Highlight(...ranges);
  // A cited sentence is painted over notes, an open note over the others.
  painted.priority = name === names.open ? -1 : name === names.note ? -2 : -3;
  CSS.highlights.set(name, painted);
}

/** The notes at a point of the window. */
export function notesAt(words: PageWords, notes: readonly PaintedNote[], x: number, y: number): readonly PaintedNote[] {
  const caret = document.caretPositionFromPoint(x, y);
  if (!caret) return [];
  // The nearest letter may be far from an empty part of a line.
  return notes.filter((note) => {
    const boxes = words.rangesOf(note).flatMap((range) => [...range.getClientRects()]);
    return boxes.some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top - 2 && y <= bottom + 2);
  });
}

/** Scrolls words, or what stands for them, to where they are best read. */
export function bringIntoView(at: Range | Element): void {
  if (at instanceof Range) {
    const top = window.scrollY + at.getBoundingClientRect().top - window.innerHeight / 3;
    window.scrollTo({ top, behavior: 'instant' });
  } else at.scrollIntoView({ block: 'center', behavior: 'instant' });
}
