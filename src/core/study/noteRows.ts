// The notes as rows of a tree: chapters in the order of the book, their notes in the order of the text, and at the end
// those that have no place any more.

import { chaptersInOrder, type Curriculum } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';
import { inEnglish, type Translate } from '../translate.ts';
import { excerpt } from './noteWords.ts';
import { inChapterOrder, type NotesDocument, type PlacedNote } from './placedNote.ts';

interface RowBase {
  /** Stable and unique in the tree. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
}

export interface NotedChapterRow extends RowBase {
  readonly kind: 'chapter';
  readonly chapterId: string;
  readonly children: readonly NoteRow[];
}

export interface NotedDocumentRow extends RowBase {
  readonly kind: 'document';
  readonly children: readonly NoteRow[];
}

/** The notes whose words aren't in the handbook, or in the library, any more. */
export interface LostRow extends RowBase {
  readonly kind: 'lost';
  readonly children: readonly NoteRow[];
}

export interface NoteRow extends RowBase {
  readonly kind: 'note';
  readonly noteId: string;
  readonly chapterId: string;
  readonly placed: boolean;
  /** Words of the learner's own, not a highlight alone. */
  readonly worded: boolean;
}

export type NotesRow = NotedChapterRow | NotedDocumentRow | LostRow | NoteRow;
type TopRow = Exclude<NotesRow, NoteRow>;

/** The topmost rows. */
export function noteRows(curriculum: Curriculum, notes: readonly PlacedNote[], t: Translate = inEnglish): TopRow[] {
  const byChapter = Map.groupBy(
    notes.filter(({ place }) => place),
    ({ chapterId }) => chapterId,
  );
  const rows: TopRow[] = chaptersInOrder(curriculum).flatMap((chapter) => {
    const here = byChapter.get(chapter.id);
    if (!here) return [];
    const count = noteCountWords(here.length, t);
    return {
      kind: 'chapter',
      id: `notes/${chapter.id}`,
      chapterId: chapter.id,
      label: chapter.title,
      description: count,
      spoken: t('{0}, chapter, {1}', chapter.title, count),
      children: inChapterOrder(here).map((note) => noteRow(curriculum, note, t)),
    };
  });
  rows.push(...documentRows(curriculum, [...byChapter.values()], t));
  const lost = notes.filter(({ place }) => !place);
  if (lost.length === 0) return rows;
  const count = noteCountWords(lost.length, t);
  const label = lost.some(({ document }) => document)
    ? t('Not found any more')
    : t('Not found in the chapter any more');
  rows.push({
    kind: 'lost',
    id: 'notes-lost',
    label,
    description: count,
    spoken: t('{0}: {1}', label, count),
    children: inChapterOrder(lost).map((note) => noteRow(curriculum, note, t)),
  });
  return rows;
}

/** Documents of the library by title, after the chapters. */
function documentRows(
  curriculum: Curriculum,
  groups: readonly (readonly PlacedNote[])[],
  t: Translate,
): NotedDocumentRow[] {
  return groups
    .flatMap((here): NotedDocumentRow[] => {
      const [first] = here;
      if (!first?.document) return [];
      const count = noteCountWords(here.length, t);
      const { title } = first.document;
      return [
        {
          kind: 'document',
          id: `notes/${first.chapterId}`,
          label: title,
          description: count,
          spoken: t('{0}, saved document, {1}', title, count),
          children: inChapterOrder(here).map((note) => noteRow(curriculum, note, t)),
        },
      ];
    })
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** "1 note", "3 notes". */
export function noteCountWords(count: number, t: Translate): string {
  return count === 1 ? t('1 note') : t('{0} notes', count);
}

function noteRow(curriculum: Curriculum, note: PlacedNote, t: Translate): NoteRow {
  const chapter = findChapter(curriculum, note.chapterId);
  const title = note.document?.title ?? chapter?.title ?? note.chapterId;
  const worded = note.text.trim() !== '';
  const quote = `“${excerpt(note.quote)}”`;
  const heading = note.document
    ? placeWords(note.document, t)
    : chapter?.headings.find(({ anchor }) => anchor === note.place?.anchor)?.title;
  // A note without its place says of which chapter it was; otherwise the row above does.
  const where = note.place ? heading : title;
  const label = worded ? excerpt(note.text) : quote;
  const description = worded ? quote : (where ?? '');
  return {
    kind: 'note',
    id: `note/${note.id}`,
    noteId: note.id,
    chapterId: note.chapterId,
    label,
    description: worded && !note.place ? `${title} · ${quote}` : description,
    spoken: [
      worded ? t('Note: {0}', excerpt(note.text)) : t('Highlight'),
      t('on {0}', quote),
      note.place ? heading : t('not found in {0} any more', title),
    ]
      .filter((part) => part !== undefined)
      .join(', '),
    placed: note.place !== undefined,
    worded,
  };
}

/** "Method, page 3"; "2:03". */
function placeWords({ heading, page, time }: NotesDocument, t: Translate): string | undefined {
  const printed = page === undefined ? undefined : t('page {0}', page);
  const parts = [heading, printed, time].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
