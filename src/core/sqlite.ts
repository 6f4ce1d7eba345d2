// What the store's and the library's databases have in common. They are rooms that don't know one another, and core knows
// no database: a connection is handed in, as far as it is needed here.

export interface Connection {
  readonly exec: (sql: string) => void;
  readonly prepare: (sql: string) => { readonly get: () => Readonly<Record<string, unknown>> | undefined };
  readonly isTransaction: boolean;
}

/**
 * Does `work` in one write transaction; what it throws undoes everything. The write lock is taken at the start, so that
 * what `work` reads is still true when it writes.
 */
export function inTransaction<T>(db: Connection, work: () => T): T {
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
export function numberOf(db: Connection, sql: string): number {
  const row = db.prepare(sql).get();
  const value = row && Object.values(row)[0];
  return typeof value === 'number' ? value : 0;
}

/** SQLite's primary result code of an error of node:sqlite; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** SQLite's `data_version`: it changes when another connection has committed. */
export function dataVersion(db: Connection): number {
  return numberOf(db, 'PRAGMA data_version');
}

/**
 * Brings a database to the present shape; step n leads from version n to n + 1. Safe in several processes at once: each
 * step looks again under the write lock. `version` throws for a version that only a newer companion knows.
 */
export function migrateBy(db: Connection, steps: readonly string[], version: () => number): void {
  while (version() < steps.length) {
    inTransaction(db, () => {
      const from = version();
      const step = steps[from];
      if (step === undefined) return;
      db.exec(step);
      db.exec(`PRAGMA user_version = ${from + 1}`);
    });
  }
}

/** Gives back the room of what was deleted, and leaves nothing of it in the file or its log; throws if another window is in the way. */
export function tidy(db: Connection): void {
  db.exec('VACUUM');
  const [busy] = Object.values(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {});
  if (busy === 1) throw Object.assign(new Error('the log is in use'), { errcode: 5 });
}
