// Reading the table of what the learner did. Apart from the writing, so that the tables made of the history can be made of it.

import type { DatabaseSync } from 'node:sqlite';
import { parseStudyEvent } from '../core/study/parseStudyEvent.ts';
import type { StudyEvent, StudyEventKind, StudyEventOf } from '../core/study/studyEvent.ts';

/** The stored events of some kinds, or all, oldest first. Rows that aren't events are left out and reported. */
export function readEvents<K extends StudyEventKind = StudyEventKind>(
  db: DatabaseSync,
  report: (problem: string) => void,
  kinds?: readonly K[],
): StudyEventOf<K>[] {
  const where = kinds ? `WHERE kind IN (${kinds.map(() => '?').join(', ')})` : '';
  const rows = db.prepare(`SELECT id, at, kind, subject, body FROM event ${where} ORDER BY at, id`);
  return parsed(rows.iterate(...(kinds ?? [])), report, kinds);
}

/** The stored events of some kinds about one subject, oldest first. */
export function readEventsAbout<K extends StudyEventKind>(
  db: DatabaseSync,
  subject: string,
  kinds: readonly K[],
): StudyEventOf<K>[] {
  const rows = db.prepare(
    `SELECT id, at, kind, subject, body FROM event WHERE kind IN (${kinds.map(() => '?').join(', ')}) AND subject = ? ORDER BY at, id`,
  );
  return parsed(rows.iterate(...kinds, subject), () => undefined, kinds);
}

function parsed<K extends StudyEventKind>(
  rows: Iterable<Readonly<Record<string, unknown>>>,
  report: (problem: string) => void,
  kinds: readonly K[] | undefined,
): StudyEventOf<K>[] {
  const isWanted = (event: StudyEvent): event is StudyEventOf<K> => !kinds || kinds.some((kind) => kind === event.kind);
  const events: StudyEventOf<K>[] = [];
  for (const row of rows) {
    const event = parseRow(row);
    if (typeof event === 'string') report(`A stored event was skipped: ${event}.`);
    else if (isWanted(event)) events.push(event);
  }
  return events;
}

/** One row as an event, or what is wrong with it. */
export function parseRow(row: Readonly<Record<string, unknown>>): StudyEvent | string {
  const { id, at, kind, subject, body } = row;
  try {
    const fields: unknown = JSON.parse(String(body));
    return parseStudyEvent({ ...(typeof fields === 'object' ? fields : undefined), id, at, kind, subject });
  } catch {
    return 'its body is not JSON';
  }
}
