import type { DatabaseSync } from 'node:sqlite';

/**
 * Does `work` in one write transaction; what it throws undoes everything. The write lock is taken at the start, so that
 * what `work` reads is still true when it writes.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // Some failures, a full disk among them, have already rolled back.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The one number that `sql` asks for; 0 if it has no answer. */
export function numberOf(db: DatabaseSync, sql: string): number {
  const row = db.prepare(sql).get();
  const value = row && Object.values(row)[0];
  return typeof value === 'number' ? value : 0;
}
