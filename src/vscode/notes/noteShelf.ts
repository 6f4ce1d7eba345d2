// Every note with where it stands in its chapter, or in its saved document, as it is now. Loaded when notes are first looked at.

import type { Chapter } from '../../core/curriculum.ts';
import type { CopyForm } from '../../core/library/address.ts';
import { clockTime } from '../../core/library/clockTime.ts';
import { chapterWords, type ChapterWords } from '../../core/study/chapterWords.ts';
import { isDocumentSubject } from '../../core/study/documentSubject.ts';
import { parseDocumentAnchor } from '../../core/study/documentWords.ts';
import { inChapterOrder, placeNote, type NotesDocument, type PlacedNote } from '../../core/study/placedNote.ts';
import type { StoredNote } from '../../core/study/storedNote.ts';
import type { Note } from '../../core/study/studyEvent.ts';
import { allNotes, lastNoteOf, notesOfChapter, noteVersion, noteWithId } from '../../store/notes.ts';
import type { StoredPassage } from '../../library/shelf/texts.ts';
import type { FindNotedDocument, NotedDocument } from '../library/notedDocuments.ts';
import type { Study } from '../study.ts';

export interface NoteShelf {
  /** Changes whenever a note does, in any window. */
  readonly version: () => Promise<number>;
  /**
   * The notes of a chapter in the order of its text; those without a place last. Of a document they are placed in one of its
   * forms, without those that are in another form only.
   */
  readonly ofChapter: (chapterId: string, form?: CopyForm) => Promise<readonly PlacedNote[]>;
  /** Every note, the one changed last first. */
  readonly all: () => Promise<readonly PlacedNote[]>;
  readonly find: (id: string) => Promise<PlacedNote | undefined>;
  /** What a deleted note last was. */
  readonly lastOf: (id: string) => Promise<Note | undefined>;
}

/** Opens the notes of `study`. Places are remembered for as long as note and text stay what they are. */
export function openShelf(study: Study, documents: FindNotedDocument): NoteShelf {
  const words = new Map<string, Promise<ChapterWords | undefined>>();
  /** By note and form. */
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
  const placeIn = (note: StoredNote, text: ChapterWords | undefined, form = ''): PlacedNote => {
    const key = `${note.id} ${form}`;
    const known = placed.get(key);
    const same = known?.note.changedAt === note.changedAt && known.note.quote === note.quote;
    if (same && known.note.text === note.text && known.words === text) return known.note;
    const found = placeNote(note, text);
    placed.set(key, { note: found, words: text });
    return found;
  };
  const placeInForm = (note: StoredNote, { text }: NotedDocument, form: CopyForm | undefined) => {
    const noted = form && text(form);
    const found = noted && placeIn(note, noted.words, form);
    if (!found?.place) return undefined;
    const passage = noted?.passages[parseDocumentAnchor(found.place.anchor)?.passage ?? -1];
    return { found, where: passage ? whereIn(passage) : {} };
  };
  /** In one form if it is there, or else in the first that has its words. */
  const placeOn = (note: StoredNote, document: NotedDocument, first: CopyForm | undefined): PlacedNote => {
    let there = placeInForm(note, document, first);
    for (const form of there ? [] : document.forms()) there ??= placeInForm(note, document, form);
    const { id, title } = document;
    return {
      ...(there?.found ?? { ...note, place: undefined }),
      document: { title, ...(id !== undefined && { id }), ...there?.where },
    };
  };
  const place = async (note: StoredNote, form?: CopyForm): Promise<PlacedNote> =>
    isDocumentSubject(note.chapterId)
      ? placeOn(note, await documents(note.chapterId), form ?? parseDocumentAnchor(note.anchor)?.form)
      : placeIn(note, await wordsOf(note.chapterId));
  const placeAll = async (notes: readonly StoredNote[], form?: CopyForm): Promise<PlacedNote[]> => {
    const found: PlacedNote[] = [];
    for (const note of notes) found.push(await place(note, form));
    return found;
  };

  return {
    version: async () => (await study.store()).read(noteVersion),
    ofChapter: async (chapterId, form) => {
      const stored = (await study.store()).read((db) => notesOfChapter(db, chapterId));
      const here = await placeAll(stored, form);
      return inChapterOrder(
        here.filter(({ place: at }) => !form || !at || parseDocumentAnchor(at.anchor)?.form === form),
      );
    },
    all: async () => placeAll((await study.store()).read(allNotes)),
    find: async (id) => {
      const stored = (await study.store()).read((db) => noteWithId(db, id));
      return stored && place(stored);
    },
    lastOf: async (id) => (await study.store()).read((db) => lastNoteOf(db, id)),
  };
}

function whereIn({ page, heading, seconds }: StoredPassage): Omit<NotesDocument, 'title'> {
  return {
    ...(page !== undefined && { page }),
    ...(heading !== '' && { heading }),
    ...(seconds !== undefined && { time: clockTime(seconds) }),
  };
}

async function readWords(study: Study, chapter: Chapter): Promise<ChapterWords> {
  return chapterWords(chapter.summary, await study.chapterHtml(chapter.id));
}
