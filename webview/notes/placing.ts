// Giving a note another place: the learner selects the words it belongs to.

import type { Quote, ReaderNote } from '../../src/protocol/readerNotes.ts';
import type { Keeping } from './keeping.ts';
import type { NoteNotices } from './noteNotices.ts';

export interface Placing {
  readonly start: (note: ReaderNote) => void;
  readonly stop: () => void;
  readonly isOn: () => boolean;
  /** Puts the note there. */
  readonly put: (quote: Quote) => void;
}

export function placing(
  keep: Keeping['keep'],
  notices: NoteNotices,
  show: (placing: boolean) => void,
  say: (words: string) => void,
): Placing {
  let noteId: string | undefined;
  const stop = (): void => {
    noteId = undefined;
    show(false);
    notices.placing(undefined);
  };
  return {
    start: (note) => {
      noteId = note.id;
      show(true);
      notices.placing(note.quote);
    },
    stop,
    isOn: () => noteId !== undefined,
    put: (quote) => {
      if (noteId === undefined) return;
      keep({ noteId, quote }, (kept) => {
        if (kept === undefined) {
          say('The note couldn’t be saved. Try again.');
          return;
        }
        stop();
        document.getSelection()?.removeAllRanges();
        say('The note has its new place.');
      });
    },
  };
}
