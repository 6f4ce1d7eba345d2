// Opens the library's database. It stands beside the learner's progress, not in it: what it lists can be fetched again, it
// grows to a hundred times the size, and a fault in the one must not touch the other. (The rooms don't import one another,
// so the few lines that both need are here once more.)

import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LibraryError, sqliteCode, withLibraryErrors } from '../libraryError.ts';
import { applicationId, migrate, versionOf } from './migrations.ts';
import { inTransaction, numberOf } from '../../core/sqlite.ts';

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  /** Where a file that couldn't be used lies now, and how many documents were brought over from it. */
  readonly setAside?: { readonly movedTo: string; readonly rescued: number };
}

/** Opens or creates the database at `path`; throws a LibraryError. */
export function openDatabase(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  return withLibraryErrors(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const lock = new DatabaseSync(`${path}.lock`, { timeout: busyTimeout });
    try {
      // Of several windows that open a damaged file, one sets it aside.
      lock.exec('BEGIN EXCLUSIVE');
      return openAlone(path, now, busyTimeout);
    } catch (error) {
      if (sqliteCode(error) !== 26) throw error;
      const message = `Something else was written into ${path}.lock. Delete that file, then reload the window.`;
      throw new LibraryError('damaged', message);
    } finally {
      lock.close();
    }
  });
}

function openAlone(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  if (isUsable(path, busyTimeout)) return { db: openFresh(path, busyTimeout) };
  // The old file moves only when the new one is ready.
  const fresh = `${path}.new`;
  for (const ending of endings) rmSync(fresh + ending, { force: true });
  const db = openFresh(fresh, busyTimeout);
  let rescued: number;
  try {
    rescued = rescue(path, db);
  } finally {
    db.close();
  }
  const movedTo = `${path}.damaged-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
  for (const ending of endings) {
    if (statSync(path + ending, { throwIfNoEntry: false })) renameSync(path + ending, movedTo + ending);
  }
  renameSync(fresh, path);
  return { db: openFresh(path, busyTimeout), setAside: { movedTo, rescued } };
}

const endings = ['', '-wal', '-shm', '-journal'] as const;

function isUsable(path: string, busyTimeout: number): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return true;
  if (size < 512) return false;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: busyTimeout });
    const id = numberOf(db, 'PRAGMA application_id');
    if (id === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0) return true;
    if (id !== applicationId) return false;
    versionOf(db, path);
    const check = db.prepare('PRAGMA quick_check(1)').get();
    return check !== undefined && Object.values(check)[0] === 'ok';
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 11 || code === 26) return false;
    throw error;
  } finally {
    db?.close();
  }
}

function openFresh(path: string, busyTimeout: number): DatabaseSync {
  const isNew = statSync(path, { throwIfNoEntry: false }) === undefined;
  const db = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    // An empty file of our own making would look like a torn one next time.
    if (isNew && statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path);
    throw error;
  }
}

/** Brings over every row that the damaged file still gives. */
function rescue(path: string, to: DatabaseSync): number {
  let from: DatabaseSync | undefined;
  try {
    from = new DatabaseSync(path, { readOnly: true });
    if (numberOf(from, 'PRAGMA application_id') !== applicationId) return 0;
    const old = from;
    return inTransaction(to, () => {
      const count = carry(old, to, 'document');
      carry(old, to, 'copy');
      to.exec("UPDATE copy SET state = 'queued', claim = NULL, claimed_until = 0 WHERE state = 'fetching'");
      // What was read of them isn't brought over: it is read again.
      to.exec('UPDATE copy SET indexed = NULL, unread = NULL, problem = NULL, reader = NULL, reader_until = 0');
      return count;
    });
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return 0;
  } finally {
    from?.close();
  }
}

function carry(from: DatabaseSync, to: DatabaseSync, table: 'document' | 'copy'): number {
  let count = 0;
  const columns = to.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  const names = columns.map(({ name }) => String(name));
  const put = to.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  try {
    for (const row of from.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate()) {
      try {
        count += Number(put.run(...names.map((name) => row[name] ?? null)).changes);
      } catch (error) {
        // A row that makes no sense any more: the next may.
        if (sqliteCode(error) === undefined) throw error;
      }
    }
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
  }
  return count;
}
