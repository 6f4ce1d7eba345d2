// Cards in a real database, and the moment at which somebody reviews.

import { createScheduler, defaultScheduling } from '../../src/core/study/schedule.ts';
import { studyDay } from '../../src/core/study/days.ts';
import type { ReviewMoment } from '../../src/store/cards.ts';
import type { Store } from '../../src/store/store.ts';

export const scheduler = createScheduler(defaultScheduling);
export const minute = 60_000;
/** Days begin at four, in universal time. */
export const offset = (): number => -4 * 60 * minute;
export const day = 24 * 60 * minute;
export const morning = Date.UTC(2026, 0, 5, 9);

export function moment(now: number, limits: Partial<ReviewMoment> = {}): ReviewMoment {
  return {
    now,
    offset,
    day: studyDay(now, offset),
    newPerDay: 20,
    reviewsPerDay: 200,
    aheadMs: 20 * minute,
    ...limits,
  };
}

export function make(store: Store, ...ids: readonly string[]): void {
  store.recordAll(ids.map((id) => ({ kind: 'card', subject: id, card: { front: `front of ${id}`, back: 'back' } })));
}

/** All that the tables say. */
export function tables(store: Store): unknown {
  return store.read((db) => [
    db.prepare('SELECT * FROM card ORDER BY id').all(),
    db.prepare('SELECT * FROM review ORDER BY event_id').all(),
  ]);
}
