import type { DatabaseSync } from 'node:sqlite';
import type { StudyEvent, StudyEventKind } from '../core/study/studyEvent.ts';

/** Tables that are made of events. */
export interface Projection {
  /** The kinds of events that it is made of. */
  readonly kinds: readonly StudyEventKind[];
  /** Takes in an event that is newer than all others. */
  readonly add: (db: DatabaseSync, event: StudyEvent) => void;
  /** Makes the rows of one subject anew from all of its events. */
  readonly refold: (db: DatabaseSync, subject: string) => void;
}
