// Writing a note: a new one on some words, or one that is there. What is written is kept with the page's state, since a
// hidden page may be thrown away, and stays in the box until the extension says that it is kept.

import type { NoteDraft, NoteText, Quote, ReaderNote } from '../../src/protocol/readerNotes.ts';
import type { Keeping } from './keeping.ts';
import type { NoteCard } from './noteCard.ts';

/** What is being written on. */
export interface Subject {
  readonly noteId?: string;
  readonly quote?: Quote;
}

export interface WritingParts {
  readonly card: () => NoteCard;
  readonly keep: Keeping['keep'];
  readonly chapterId: () => string;
  /** Where the card of that note, or for those words, belongs. */
  readonly placeOf: (subject: Subject) => Range | Element;
  /** Asks for all that a note says. */
  readonly ask: (noteId: string) => void;
  /** The draft has changed. */
  readonly changed: () => void;
  readonly saved: (noteId: string) => void;
}

export interface Writing {
  readonly begin: (subject: Subject, text: string) => void;
  readonly edit: (note: ReaderNote) => void;
  /** Whether these are the words of a note that is waiting to be edited. */
  readonly gotTexts: (texts: readonly NoteText[]) => boolean;
  readonly written: (text: string) => void;
  readonly save: (text: string) => void;
  readonly stop: () => void;
  readonly draft: () => NoteDraft | undefined;
  /** The page shows a chapter anew: goes on with what was being written in it, if anything was. */
  readonly resume: () => void;
  /** The page shows another chapter: what was written in this one is over. */
  readonly leave: () => void;
}

/** `kept` is what an earlier life of the page was writing. */
export function writing(parts: WritingParts, kept: NoteDraft | undefined): Writing {
  let draft = kept;
  let subject: Subject | undefined;
  let toEdit: string | undefined;

  const begin = (what: Subject, text: string): void => {
    subject = what;
    parts.card().write(text, parts.placeOf(what), what.noteId === undefined);
  };
  const stop = (): void => {
    subject = undefined;
    toEdit = undefined;
    draft = undefined;
    parts.changed();
  };
  return {
    begin,
    edit: (note) => {
      if (note.text === '') {
        begin({ noteId: note.id }, '');
        return;
      }
      // The page knows only how it starts.
      toEdit = note.id;
      parts.ask(note.id);
    },
    gotTexts: (texts) => {
      const found = texts.find(({ id }) => id === toEdit);
      if (!found) return false;
      toEdit = undefined;
      begin({ noteId: found.id }, found.text);
      return true;
    },
    written: (text) => {
      if (!subject) return;
      draft = { chapterId: parts.chapterId(), ...subject, text };
      parts.changed();
    },
    save: (text) => {
      const saving = subject;
      if (!saving) return;
      parts.keep({ ...saving, text }, (noteId) => {
        if (subject !== saving) return;
        if (noteId === undefined) {
          parts.card().failed();
          return;
        }
        stop();
        parts.saved(noteId);
      });
    },
    stop,
    draft: () => draft,
    resume: () => {
      if (draft?.chapterId !== parts.chapterId() || subject) return;
      const { noteId, quote, text } = draft;
      begin({ ...(noteId !== undefined && { noteId }), ...(quote && { quote }) }, text);
    },
    leave: () => {
      subject = undefined;
      toEdit = undefined;
      if (draft?.chapterId !== parts.chapterId()) draft = undefined;
    },
  };
}
