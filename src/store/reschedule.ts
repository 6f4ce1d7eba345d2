import type { Scheduling } from '../core/study/schedule.ts';
import { foldCards, hasScheduling, setScheduling } from './cardProjection.ts';
import { openDatabase } from './openDatabase.ts';
import { withStoreErrors } from './storeError.ts';
import { inTransaction } from '../core/sqlite.ts';

/**
 * Makes the schedules in the database at `path` anew with other settings. Seconds of folding come first, without a lock:
 * meanwhile everybody sees the old dates and can review. Then all of them change at once; what was reviewed meanwhile is
 * folded under the lock.
 */
export function rescheduleAt(path: string, scheduling: Scheduling, now: number): void {
  const { db } = openDatabase(path, () => now, 30_000);
  try {
    withStoreErrors(path, () => {
      // Every window hears of a change of the settings; one of them is enough.
      if (hasScheduling(db, scheduling)) return;
      const folded = foldCards(db, scheduling);
      inTransaction(db, () => {
        if (!hasScheduling(db, scheduling)) setScheduling(db, scheduling, folded);
      });
    });
  } finally {
    db.close();
  }
}
