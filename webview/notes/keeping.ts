// Asking the extension to keep a note, and learning whether it did.

import type { FromReaderNotes, Quote } from '../../src/protocol/readerNotes.ts';

/** A new note has `quote` and `text`; one that is there gets either of them anew. */
export interface NoteToKeep {
  readonly noteId?: string;
  readonly quote?: Quote;
  readonly text?: string;
}

export interface Keeping {
  /** `then` gets the note's id, or undefined if it couldn't be kept. */
  readonly keep: (note: NoteToKeep, then: (noteId: string | undefined) => void) => void;
  readonly answered: (request: number, noteId: string | undefined) => void;
}

export function keeping(post: (message: FromReaderNotes) => void, chapterId: () => string): Keeping {
  let requests = 0;
  const waiting = new Map<number, (noteId: string | undefined) => void>();
  return {
    keep: (note, then) => {
      requests++;
      waiting.set(requests, then);
      post({ type: 'keepNote', request: requests, chapterId: chapterId(), ...note });
    },
    answered: (request, noteId) => {
      const then = waiting.get(request);
      waiting.delete(request);
      then?.(noteId);
    },
  };
}
