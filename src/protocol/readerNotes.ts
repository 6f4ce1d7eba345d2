// The part of the wire between the extension and the reader page that is about notes and highlights. Types only.
//
// Places are offsets in the chapter's words (core/study/chapterWords.ts), which both sides make alike. The page gets notes
// in few words; what one says in full it asks for (`readNotes`) when it shows it.

import type { Quote } from '../core/study/studyEvent.ts';

export type { Quote };

export interface ReaderNote {
  readonly id: string;
  /** Undefined if its words aren't in the chapter any more. */
  readonly place?: { readonly start: number; readonly end: number };
  /** The words there aren't quite those that were noted. */
  readonly changed?: boolean;
  /** The noted words, shortened. */
  readonly quote: string;
  /** The start of what the learner wrote; empty for a highlight alone. */
  readonly text: string;
}

/** A note in full. */
export interface NoteText {
  readonly id: string;
  /** Markdown. */
  readonly text: string;
  /** Rendered by the extension, safe to show. */
  readonly html: string;
}

/** What can be done with selected words, besides asking about them. */
export type SelectionAction = 'highlight' | 'note' | 'card';

export type ToReaderNotes =
  /** All notes of the chapter, whenever they change, in any window. */
  | { readonly type: 'notes'; readonly chapterId: string; readonly notes: readonly ReaderNote[] }
  | { readonly type: 'noteTexts'; readonly texts: readonly NoteText[] }
  /** The answer to `keepNote`; without an id it couldn't be kept, and the learner was told. */
  | { readonly type: 'noteKept'; readonly request: number; readonly noteId?: string }
  | { readonly type: 'noteDeleted'; readonly noteId: string }
  | { readonly type: 'openNote'; readonly noteId: string; readonly edit: boolean }
  /** A command of VS Code wants something done with the selected words. */
  | { readonly type: 'actOnSelection'; readonly action: SelectionAction }
  /** The learner is to select the words that a note belongs to. */
  | { readonly type: 'placeNote'; readonly noteId: string };

export type FromReaderNotes =
  /** A new note: `quote` and `text`. One that is there: either of them. */
  | {
      readonly type: 'keepNote';
      readonly request: number;
      readonly chapterId: string;
      readonly noteId?: string;
      readonly quote?: Quote;
      readonly text?: string;
    }
  | { readonly type: 'deleteNote'; readonly noteId: string }
  | { readonly type: 'restoreNote'; readonly noteId: string }
  | { readonly type: 'readNotes'; readonly noteIds: readonly string[] }
  | { readonly type: 'copyNote'; readonly noteId: string }
  | { readonly type: 'makeCard'; readonly chapterId: string; readonly quote: Quote };

/** A note that is being written, kept with the page's state: a hidden page may be thrown away. */
export interface NoteDraft {
  readonly chapterId: string;
  readonly noteId?: string;
  readonly quote?: Quote;
  readonly text: string;
}
