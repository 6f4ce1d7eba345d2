// The marks in the margin: one for each block of the text that has notes, at its first line. They stand in the block, so
// that Tab and screen readers meet them where the notes are, and need no measuring when lines move.

import type { ReaderNote } from '../../src/protocol/readerNotes.ts';
import { count, element, icon } from '../dom.ts';

export interface Marked {
  readonly note: ReaderNote;
  readonly range: Range;
}

export type OpenNotes = (notes: readonly ReaderNote[], marker: HTMLElement) => void;

/** Puts the markers into the text, in place of those that were there; `blockOf` is where the one of a range belongs. */
export function setMarkers(
  root: HTMLElement,
  marked: readonly Marked[],
  open: OpenNotes,
  blockOf: (range: Range) => HTMLElement | undefined,
): void {
  const focused = document.activeElement?.closest<HTMLElement>('.note-marker')?.dataset['notes'];
  for (const old of root.querySelectorAll('.note-marker')) old.remove();
  const byBlock = Map.groupBy(marked, ({ range }) => blockOf(range));
  for (const [block, here] of byBlock) {
    if (!block) continue;
    const notes = here.map(({ note }) => note);
    const worded = notes.filter(({ text }) => text !== '');
    const marker = element(
      'button',
      {
        type: 'button',
        class: worded.length > 0 ? 'note-marker worded' : 'note-marker',
        'aria-label': nameOf(notes),
        'aria-haspopup': 'dialog',
        title: tooltip(notes),
        'data-notes': notes.map(({ id }) => id).join(' '),
        onclick: (event) => {
          event.stopPropagation();
          open(notes, marker);
        },
      },
      icon(worded.length > 0 ? 'note' : 'quote'),
      notes.length > 1 && element('span', { class: 'note-count', 'aria-hidden': 'true' }, String(notes.length)),
    );
    block.prepend(marker);
    if (focused !== undefined && focused === marker.dataset['notes']) marker.focus({ preventScroll: true });
  }
}

/** The marker of a note, if it has one. */
export function markerOf(root: Element, noteId: string): HTMLElement | undefined {
  return [...root.querySelectorAll<HTMLElement>('.note-marker')].find((marker) =>
    (marker.dataset['notes'] ?? '').split(' ').includes(noteId),
  );
}

function nameOf(notes: readonly ReaderNote[]): string {
  const [only] = notes;
  if (notes.length > 1 || !only) return `${count(notes.length, 'note')} here`;
  return only.text === '' ? `Highlight: ${only.quote}` : `Note: ${only.text}`;
}

function tooltip(notes: readonly ReaderNote[]): string {
  return notes.map(({ text, quote }) => text || `“${quote}”`).join('\n');
}
