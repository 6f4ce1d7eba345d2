// The table of notes and highlights as they are now, made of the history.

import type { DatabaseSync } from 'node:sqlite';
import { parseStudyEvent } from '../core/study/parseStudyEvent.ts';
import type { StoredNote } from '../core/study/storedNote.ts';
import type { Note, StudyEvent } from '../core/study/studyEvent.ts';

/** Takes in an event about a note that is newer than all others. In a transaction of the caller's. */
export function addNote(db: DatabaseSync, event: StudyEvent): void {
  if (event.kind !== 'note') return;
  if (event.note) putNote(db, event.subject, event.note, event.at, event.at);
  else db.prepare('DELETE FROM note WHERE id = ?').run(event.subject);
}

/** Makes the row of one note anew from all of its events. In a transaction of the caller's. */
export function refoldNote(db: DatabaseSync, id: string): void {
  db.prepare('DELETE FROM note WHERE id = ?').run(id);
  const events = eventsAbout(db, id);
  const newest = events.at(-1);
  if (!newest?.note) return;
  // A note that was deleted and brought back is as old as it was.
  const first = events.find(({ note }) => note !== null) ?? newest;
  putNote(db, id, newest.note, first.at, newest.at);
}

function putNote(db: DatabaseSync, id: string, note: Note, madeAt: number, changedAt: number): void {
  const { chapterId, anchor, quote, before, after, text } = note;
  db.prepare(
    `INSERT INTO note (id, chapter_id, anchor, quote, before, after, text, made_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET chapter_id = excluded.chapter_id, anchor = excluded.anchor, quote = excluded.quote,
       before = excluded.before, after = excluded.after, text = excluded.text, changed_at = excluded.changed_at`,
  ).run(id, chapterId, anchor, quote, before, after, text, madeAt, changedAt);
}

/** Every note, the one changed last first. */
export function allNotes(db: DatabaseSync): StoredNote[] {
  return db.prepare('SELECT * FROM note ORDER BY changed_at DESC, id DESC').all().map(noteOf);
}

/** The notes of a chapter, oldest first. */
export function notesOfChapter(db: DatabaseSync, chapterId: string): StoredNote[] {
  return db.prepare('SELECT * FROM note WHERE chapter_id = ? ORDER BY made_at, id').all(chapterId).map(noteOf);
}

export function noteWithId(db: DatabaseSync, id: string): StoredNote | undefined {
  const row = db.prepare('SELECT * FROM note WHERE id = ?').get(id);
  return row && noteOf(row);
}

/** How many notes each chapter has; chapters without any aren't there. */
export function noteCounts(db: DatabaseSync): ReadonlyMap<string, number> {
  const rows = db.prepare('SELECT chapter_id, count(*) AS notes FROM note GROUP BY chapter_id').all();
  return new Map(rows.map((row) => [String(row['chapter_id']), Number(row['notes'])]));
}

/** A number that changes whenever a note does: how many events there are about notes. */
export function noteVersion(db: DatabaseSync): number {
  return Number(db.prepare(`SELECT count(*) AS n FROM event WHERE kind = 'note'`).get()?.['n'] ?? 0);
}

/** A note as it was when it last was one: for bringing a deleted one back. */
export function lastNoteOf(db: DatabaseSync, id: string): Note | undefined {
  return eventsAbout(db, id).findLast(({ note }) => note !== null)?.note ?? undefined;
}

function noteOf(row: Readonly<Record<string, unknown>>): StoredNote {
  return {
    id: String(row['id']),
    chapterId: String(row['chapter_id']),
    anchor: String(row['anchor']),
    quote: String(row['quote']),
    before: String(row['before']),
    after: String(row['after']),
    text: String(row['text']),
    madeAt: Number(row['made_at']),
    changedAt: Number(row['changed_at']),
  };
}

function eventsAbout(db: DatabaseSync, id: string): { readonly at: number; readonly note: Note | null }[] {
  const rows = db.prepare(`SELECT id, at, body FROM event WHERE kind = 'note' AND subject = ? ORDER BY at, id`).all(id);
  return rows.flatMap((row) => {
    const event = parseStudyEvent({ ...bodyOf(row['body']), id: row['id'], at: row['at'], kind: 'note', subject: id });
    return typeof event === 'object' && event.kind === 'note' ? [{ at: event.at, note: event.note }] : [];
  });
}

function bodyOf(json: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(String(json));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
