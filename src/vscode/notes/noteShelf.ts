// Every note with where it stands in its chapter, or in its saved document, as it is now. Loaded when notes are first looked at.

import type { Chapter } from '../../core/curriculum.ts';
import { chapterWords, type ChapterWords } from '../../core/study/chapterWords.ts';
import { isDocumentSubject } from '../../core/study/documentSubject.ts';
import { parseDocumentAnchor } from '../../core/study/documentWords.ts';
import { inChapterOrder, placeNote, type PlacedNote } from '../../core/study/placedNote.ts';
import type { StoredNote } from '../../core/study/storedNote.ts';
import type { Note } from '../../core/study/studyEvent.ts';
import { allNotes, lastNoteOf, notesOfChapter, noteVersion, noteWithId } from '../../store/notes.ts';
import type { FindNotedDocument } from '../library/notedDocuments.ts';
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

/** Opens the notes of `study`. Places are remembered for as long as note and text stay what they are. */
export function openShelf(study: Study, documents: FindNotedDocument): NoteShelf {
  const words = new Map<string, Promise<ChapterWords | undefined>>();
  const placed = new Map<string, { readonly note: PlacedNote; readonly words: ChapterWords | undefined }>();

  const wordsOf = (chapterId: string): Promise<ChapterWords | undefined> => {
    const known = words.get(chapterId);
    if (known) return known;
    const reading = study.chapter(chapterId).then((chapter) => chapter && readWords(study, chapter));
    words.set(chapterId, reading);
    // Not for good: the file may be there at the next try.
    reading.catch(() => words.delete(chapterId));
    return reading;
  };
  const placeIn = (note: StoredNote, text: ChapterWords | undefined): PlacedNote => {
    const known = placed.get(note.id);
    const same = known?.note.changedAt === note.changedAt && known.note.quote === note.quote;
    if (same && known.note.text === note.text && known.words === text) return known.note;
    const found = placeNote(note, text);
    placed.set(note.id, { note: found, words: text });
    return found;
  };
  const place = async (note: StoredNote): Promise<PlacedNote> => {
    if (!isDocumentSubject(note.chapterId)) return placeIn(note, await wordsOf(note.chapterId));
    const { id, title, text } = await documents(note.chapterId);
    const form = parseDocumentAnchor(note.anchor)?.form;
    const noted = form && text(form);
    const found = placeIn(note, noted?.words);
    const passage = found.place && noted?.passages[parseDocumentAnchor(found.place.anchor)?.passage ?? -1];
    return {
      ...found,
      document: {
        title,
        ...(id !== undefined && { id }),
        ...(passage?.page !== undefined && { page: passage.page }),
        ...(passage && passage.heading !== '' && { heading: passage.heading }),
      },
    };
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
