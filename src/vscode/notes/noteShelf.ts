// Every note with where it stands in its chapter as it is now. Loaded when notes are first looked at.

import type { Chapter } from '../../core/curriculum.ts';
import { chapterWords, type ChapterWords } from '../../core/study/chapterWords.ts';
import { inChapterOrder, placeNote, type PlacedNote } from '../../core/study/placedNote.ts';
import type { StoredNote } from '../../core/study/storedNote.ts';
import type { Note } from '../../core/study/studyEvent.ts';
import { allNotes, lastNoteOf, notesOfChapter, noteVersion, noteWithId } from '../../store/notes.ts';
import type { Study } from '../study.ts';

export interface NoteShelf {
  /** Changes whenever a note does, in any window. */
  readonly version: () => Promise<number>;
  /** The notes of a chapter in the order of its text; those without a place last. */
  readonly ofChapter: (chapterId: string) => Promise<readonly PlacedNote[]>;
  /** Every note, the one changed last first. */
  readonly all: () => Promise<readonly PlacedNote[]>;
  readonly find: (id: string) => Promise<PlacedNote | undefined>;
  /** What a deleted note last was. */
  readonly lastOf: (id: string) => Promise<Note | undefined>;
}

/** Opens the notes of `study`. Places are remembered for as long as note and chapter stay what they are. */
export function openShelf(study: Study): NoteShelf {
  const words = new Map<string, Promise<ChapterWords | undefined>>();
  const placed = new Map<string, PlacedNote>();

  const wordsOf = (chapterId: string): Promise<ChapterWords | undefined> => {
    const known = words.get(chapterId);
    if (known) return known;
    const reading = study.chapter(chapterId).then((chapter) => chapter && readWords(study, chapter));
    words.set(chapterId, reading);
    // Not for good: the file may be there at the next try.
    reading.catch(() => words.delete(chapterId));
    return reading;
  };
  const place = async (note: StoredNote): Promise<PlacedNote> => {
    const known = placed.get(note.id);
    if (known?.changedAt === note.changedAt && known.quote === note.quote && known.text === note.text) return known;
    const found = placeNote(note, await wordsOf(note.chapterId));
    placed.set(note.id, found);
    return found;
  };
  const placeAll = async (notes: readonly StoredNote[]): Promise<PlacedNote[]> => {
    const found: PlacedNote[] = [];
    for (const note of notes) found.push(await place(note));
    return found;
  };

  return {
    version: async () => (await study.store()).read(noteVersion),
    ofChapter: async (chapterId) => {
      const stored = (await study.store()).read((db) => notesOfChapter(db, chapterId));
      return inChapterOrder(await placeAll(stored));
    },
    all: async () => placeAll((await study.store()).read(allNotes)),
    find: async (id) => {
      const stored = (await study.store()).read((db) => noteWithId(db, id));
      return stored && place(stored);
    },
    lastOf: async (id) => (await study.store()).read((db) => lastNoteOf(db, id)),
  };
}

async function readWords(study: Study, chapter: Chapter): Promise<ChapterWords> {
  return chapterWords(chapter.summary, await study.chapterHtml(chapter.id));
}
