// Tables made of the history, so that nobody has to read all of it: cards and their schedules, notes. They are kept in
// step within the transaction that writes the event; the history alone is what lasts and what travels between machines.

import type { DatabaseSync } from 'node:sqlite';
import type { StudyEvent } from '../core/study/studyEvent.ts';
import { cardProjection } from './cardProjection.ts';
import { addNote, refoldNote } from './notes.ts';
import type { Projection } from './projection.ts';

const projections: readonly Projection[] = [cardProjection, { kinds: ['note'], add: addNote, refold: refoldNote }];

/** Brings the tables in step with an event that was just stored as the newest. In the same transaction. */
export function project(db: DatabaseSync, event: StudyEvent): void {
  for (const projection of projections) if (projection.kinds.includes(event.kind)) projection.add(db, event);
}

/** Brings the tables in step with events that were united with older and newer ones. In the same transaction. */
export function reproject(db: DatabaseSync, events: Iterable<StudyEvent>): void {
  for (const projection of projections) {
    const subjects = new Set<string>();
    for (const event of events) if (projection.kinds.includes(event.kind)) subjects.add(event.subject);
    for (const subject of subjects) projection.refold(db, subject);
  }
}
