import type { DatabaseSync } from 'node:sqlite';
import { changedMarks, progressFrom } from '../core/progress.ts';
import { bringBack } from '../core/study/clock.ts';
import { progressKinds } from '../core/study/studyEvent.ts';
import type { StudyEvent } from '../core/study/studyEvent.ts';
import { uniteEvents } from './events.ts';
import { mendTimes } from './mendTimes.ts';
import { readEvents } from './readEvents.ts';

/** What came of uniting another history with this one. */
export interface United {
  /** How many events weren't there before. */
  readonly added: number;
  /** How many of either history had been dated in the future, or differently in the two. */
  readonly redated: number;
  readonly changedMarks: number;
}

/** Unites the stored history with another one that was written at most until `now`. In a transaction of the caller's. */
export function uniteHistory(db: DatabaseSync, events: Iterable<StudyEvent>, now: number): United {
  const marks = (): ReturnType<typeof progressFrom> => progressFrom(readEvents(db, () => undefined, progressKinds));
  const before = marks();
  const mended = mendTimes(db, now);
  // Only what is new can say whether it is the other machine's clock that was wrong.
  const isKnown = db.prepare('SELECT 1 FROM event WHERE id = ?');
  const { known = [], fresh = [] } = Object.groupBy(events, ({ id }) => (isKnown.get(id) ? 'known' : 'fresh'));
  const dated = bringBack(fresh, now, now);
  const { added, redated } = uniteEvents(db, [...known, ...dated.events]);
  return {
    added,
    redated: mended + dated.redated + redated,
    changedMarks: added + redated + mended > 0 ? changedMarks(before, marks()) : 0,
  };
}
