// Notes with where they stand in the chapter as it is now.

import { anchorAt, type ChapterWords } from './chapterWords.ts';
import { findPlace, type FoundPlace } from './findPlace.ts';
import type { StoredNote } from './storedNote.ts';

/** The saved document that a note is on. */
export interface NotesDocument {
  /** On the shelf; undefined if it isn't there (any more). */
  readonly id?: string;
  /** Empty if nothing is known of it any more. */
  readonly title: string;
  /** Of the note's place, from 1. */
  readonly page?: number;
  readonly heading?: string;
  /** In a transcript: "2:03". */
  readonly time?: string;
}

export interface PlacedNote extends StoredNote {
  /** Undefined for a note on a chapter. */
  readonly document?: NotesDocument;
  /** Undefined if the chapter, or the place in it, isn't there any more. */
  readonly place: (FoundPlace & { readonly anchor: string }) | undefined;
}

/** Where the note is in its text now; `words` is undefined if there is no such chapter or document any more. */
export function placeNote(note: StoredNote, words: ChapterWords | undefined): PlacedNote {
  const found = words && findPlace(words, note);
  return { ...note, place: found && { ...found, anchor: anchorAt(words, found.start) } };
}

const nowhere = Number.MAX_SAFE_INTEGER;

/** In the order of the chapter's text; those without a place last, oldest first. */
export function inChapterOrder(notes: readonly PlacedNote[]): PlacedNote[] {
  return notes.toSorted(
    (a, b) =>
      (a.place?.start ?? nowhere) - (b.place?.start ?? nowhere) ||
      (a.place?.end ?? 0) - (b.place?.end ?? 0) ||
      a.madeAt - b.madeAt ||
      (a.id < b.id ? -1 : 1),
  );
}
