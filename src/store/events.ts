// The table of progress events. Marks are kept for ever; of each chapter only the newest position is.

import type { DatabaseSync } from 'node:sqlite';
import { parseEvent } from '../core/progressFile.ts';
import { compareEvents } from '../core/progress.ts';
import type { NewProgressEvent, ProgressEvent } from '../core/progress.ts';
import { numberOf } from './transaction.ts';

/** Gives an event its id and a time after every stored one, and stores it. In a transaction of the caller's. */
export function addEvent(db: DatabaseSync, event: NewProgressEvent, id: string, now: number): ProgressEvent {
  const newest = numberOf(db, 'SELECT coalesce(max(at), -1) FROM event');
  const timed: ProgressEvent = { ...event, id, at: Math.max(Math.floor(now), newest + 1) };
  if (timed.kind === 'position') {
    db.prepare(`DELETE FROM event WHERE kind = 'position' AND subject = ?`).run(timed.subject);
  }
  insert(db, '')(timed);
  return timed;
}

/** Adds the events that aren't there yet; returns how many. In a transaction of the caller's. */
export function uniteEvents(db: DatabaseSync, events: Iterable<ProgressEvent>): number {
  const positions = db.prepare(`SELECT id, at, kind, subject, body FROM event WHERE kind = 'position' AND subject = ?`);
  const remove = db.prepare('DELETE FROM event WHERE id = ?');
  const add = insert(db, 'ON CONFLICT (id) DO NOTHING');
  let added = 0;
  for (const event of events) {
    if (event.kind === 'position') {
      const kept = positions.all(event.subject).map(({ id, at }) => ({ ...event, id: String(id), at: Number(at) }));
      if (kept.some((other) => compareEvents(other, event) >= 0)) continue;
      for (const older of kept) remove.run(older.id);
    }
    added += add(event);
  }
  return added;
}

/** Every stored event, oldest first. Rows that aren't events are left out and counted in `report`. */
export function readEvents(db: DatabaseSync, report: (problem: string) => void): ProgressEvent[] {
  const events: ProgressEvent[] = [];
  for (const row of db.prepare('SELECT id, at, kind, subject, body FROM event ORDER BY at, id').iterate()) {
    const event = parseRow(row);
    if (typeof event === 'string') report(`A stored progress event was skipped: ${event}.`);
    else events.push(event);
  }
  return events;
}

/** A statement that says how many rows it added; without `onConflict` an id that is taken throws. */
function insert(db: DatabaseSync, onConflict: string): (event: ProgressEvent) => number {
  const statement = db.prepare(`INSERT INTO event (id, at, kind, subject, body) VALUES (?, ?, ?, ?, ?) ${onConflict}`);
  return (event) => {
    const { id, at, kind, subject, ...body } = event;
    return Number(statement.run(id, at, kind, subject, JSON.stringify(body)).changes);
  };
}

/** One row as an event, or what is wrong with it. */
export function parseRow(row: Readonly<Record<string, unknown>>): ProgressEvent | string {
  const { id, at, kind, subject, body } = row;
  try {
    const fields: unknown = JSON.parse(String(body));
    return parseEvent({ ...(typeof fields === 'object' ? fields : undefined), id, at, kind, subject });
  } catch {
    return 'its body is not JSON';
  }
}
