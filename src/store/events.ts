// The table of what the learner did. Events are kept for ever; of each chapter only the newest position is, and of each card
// only the newest schedule that another machine sent.

import type { DatabaseSync } from 'node:sqlite';
import { timeAfter } from '../core/study/clock.ts';
import { compareEvents } from '../core/study/eventBase.ts';
import type { NewStudyEvent, StudyEvent } from '../core/study/studyEvent.ts';
import { project, reproject } from './projections.ts';
import { numberOf } from '../core/sqlite.ts';

/** Kinds of which an event takes the place of the one before it. */
const replacing: readonly StudyEvent['kind'][] = ['position', 'schedule'];

/** Gives an event its id and a time after every stored one, and stores it. In a transaction of the caller's. */
export function addEvent(db: DatabaseSync, event: NewStudyEvent, id: string, now: number): StudyEvent {
  const newest = numberOf(db, 'SELECT coalesce(max(at), -1) FROM event');
  const timed: StudyEvent = { ...event, id, at: timeAfter(newest, now) };
  if (replacing.includes(timed.kind)) {
    db.prepare('DELETE FROM event WHERE kind = ? AND subject = ?').run(timed.kind, timed.subject);
  }
  insert(db, '')(timed);
  project(db, timed);
  return timed;
}

/**
 * Adds the events that aren't there yet; returns how many, and of how many the time has changed. An event that two histories date differently was brought back
 * by one of them, and has the earlier time, so that the order of uniting makes no difference. In a transaction of the
 * caller's.
 */
export function uniteEvents(db: DatabaseSync, events: Iterable<StudyEvent>): { added: number; redated: number } {
  const kept = db.prepare('SELECT id, at FROM event WHERE kind = ? AND subject = ?');
  const remove = db.prepare('DELETE FROM event WHERE id = ?');
  const known = db.prepare('SELECT at FROM event WHERE id = ?');
  const redate = db.prepare('UPDATE event SET at = ? WHERE id = ?');
  const add = insert(db, 'ON CONFLICT (id) DO NOTHING');
  const changed: StudyEvent[] = [];
  let added = 0;
  for (const event of events) {
    const at = known.get(event.id)?.['at'];
    if (at !== undefined) {
      if (Number(at) <= event.at) continue;
      redate.run(event.at, event.id);
    } else {
      if (replacing.includes(event.kind)) {
        const others = kept
          .all(event.kind, event.subject)
          .map((row) => ({ id: String(row['id']), at: Number(row['at']) }));
        if (others.some((other) => compareEvents(other, event) >= 0)) continue;
        for (const older of others) remove.run(older.id);
      }
      add(event);
      added++;
    }
    changed.push(event);
  }
  reproject(db, changed);
  return { added, redated: changed.length - added };
}

/** A statement that says how many rows it added; without `onConflict` an id that is taken throws. */
function insert(db: DatabaseSync, onConflict: string): (event: StudyEvent) => number {
  const statement = db.prepare(`INSERT INTO event (id, at, kind, subject, body) VALUES (?, ?, ?, ?, ?) ${onConflict}`);
  return (event) => {
    const { id, at, kind, subject, ...body } = event;
    return Number(statement.run(id, at, kind, subject, JSON.stringify(body)).changes);
  };
}
