// The table of what the learner did. Events are kept for ever; of each chapter only the newest position is.

import type { DatabaseSync } from 'node:sqlite';
import { compareEvents } from '../core/study/eventBase.ts';
import type { NewStudyEvent, StudyEvent } from '../core/study/studyEvent.ts';
import { project, reproject } from './projections.ts';
import { numberOf } from './transaction.ts';

/** Gives an event its id and a time after every stored one, and stores it. In a transaction of the caller's. */
export function addEvent(db: DatabaseSync, event: NewStudyEvent, id: string, now: number): StudyEvent {
  const newest = numberOf(db, 'SELECT coalesce(max(at), -1) FROM event');
  const timed: StudyEvent = { ...event, id, at: Math.max(Math.floor(now), newest + 1) };
  if (timed.kind === 'position') {
    db.prepare(`DELETE FROM event WHERE kind = 'position' AND subject = ?`).run(timed.subject);
  }
  insert(db, '')(timed);
  project(db, timed);
  return timed;
}

/** Adds the events that aren't there yet; returns how many. In a transaction of the caller's. */
export function uniteEvents(db: DatabaseSync, events: Iterable<StudyEvent>): number {
  const positions = db.prepare(`SELECT id, at, kind, subject, body FROM event WHERE kind = 'position' AND subject = ?`);
  const remove = db.prepare('DELETE FROM event WHERE id = ?');
  const add = insert(db, 'ON CONFLICT (id) DO NOTHING');
  const added: StudyEvent[] = [];
  for (const event of events) {
    if (event.kind === 'position') {
      const kept = positions.all(event.subject).map(({ id, at }) => ({ ...event, id: String(id), at: Number(at) }));
      if (kept.some((other) => compareEvents(other, event) >= 0)) continue;
      for (const older of kept) remove.run(older.id);
    }
    if (add(event) > 0) added.push(event);
  }
  reproject(db, added);
  return added.length;
}

/** A statement that says how many rows it added; without `onConflict` an id that is taken throws. */
function insert(db: DatabaseSync, onConflict: string): (event: StudyEvent) => number {
  const statement = db.prepare(`INSERT INTO event (id, at, kind, subject, body) VALUES (?, ?, ?, ?, ?) ${onConflict}`);
  return (event) => {
    const { id, at, kind, subject, ...body } = event;
    return Number(statement.run(id, at, kind, subject, JSON.stringify(body)).changes);
  };
}
