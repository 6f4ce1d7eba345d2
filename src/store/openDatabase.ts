// Opens the one database file. Windows (processes) that open it at once take turns behind a lock file, so that only one of
// them migrates it, or sets a damaged file aside and makes a new one. All looking at the file goes through SQLite: opening
// it with node:fs and closing it again would drop the POSIX locks that another connection of this process holds.

import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, migrate, versionOf } from './migrations.ts';
import { carryOver, nothingRescued } from './rescue.ts';
import type { Rescued } from './rescue.ts';
import { setAside } from './setAside.ts';
import { sqliteCode, StoreError, withStoreErrors } from './storeError.ts';
import { numberOf } from '../core/sqlite.ts';

/** What happened when the store was opened. */
export type Opening =
  | { readonly type: 'opened' }
  | { readonly type: 'created' }
  | {
      readonly type: 'set-aside';
      /** `damaged`: broken, or cut short. `foreign`: a whole database, but of another program. */
      readonly reason: 'damaged' | 'foreign';
      /** Where the old file lies now. */
      readonly movedTo: string;
      /** What could still be read from it and is in the new database. */
      readonly rescued: Rescued;
      /** For the learner. */
      readonly message: string;
    };

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  readonly opening: Opening;
}

/** Opens or creates the database at `path`, brought to the present shape; throws a StoreError. */
export function openDatabase(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  return withStoreErrors(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return inTurn(`${path}.lock`, busyTimeout, () => openAlone(path, now, busyTimeout));
  });
}

/** Does `work` while no other process does the same. The system takes the lock back from a process that dies. */
function inTurn<T>(lockPath: string, busyTimeout: number, work: () => T): T {
  const lock = new DatabaseSync(lockPath, { timeout: busyTimeout });
  try {
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      if (sqliteCode(error) !== 26) throw error;
      throw new StoreError(
        'damaged',
        `Something else was written into ${lockPath}. Delete that file, then reload the window.`,
      );
    }
    return work();
  } finally {
    lock.close();
  }
}

function openAlone(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  const found = look(path, busyTimeout);
  if (found === 'missing' || found === 'empty' || found === 'ours') {
    const db = openFresh(path, busyTimeout);
    return { db, opening: { type: found === 'ours' ? 'opened' : 'created' } };
  }
  const { movedTo, rescued } = replace(path, now(), busyTimeout);
  return {
    db: openFresh(path, busyTimeout),
    opening: { type: 'set-aside', reason: found, movedTo, rescued, message: messageOf(found, movedTo, rescued) },
  };
}

/**
 * Sets the file at `path` aside and puts a new one there with all that could be read from the old. The old one moves only
 * when the new one is ready: a full disk or a crash before that leaves everything as it was, to be tried again.
 */
function replace(path: string, now: number, busyTimeout: number): { movedTo: string; rescued: Rescued } {
  const fresh = `${path}.new`;
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(fresh + ending, { force: true });
  const db = openFresh(fresh, busyTimeout);
  let rescued: Rescued;
  try {
    rescued = rescueFrom(path, db);
  } finally {
    // Closing brings the log into the file, which can then be moved alone.
    db.close();
  }
  const movedTo = setAside(path, now);
  renameSync(fresh, path);
  return { movedTo, rescued };
}

type Found = 'missing' | 'empty' | 'ours' | 'foreign' | 'damaged';

/** What kind of file lies at `path`; changes nothing in it, beyond bringing in the log of a process that died. */
function look(path: string, busyTimeout: number): Found {
  const size = sizeOf(path);
  // SQLite takes less than its smallest page for an empty database, and deletes a log that stands beside an empty or
  // missing one: it must not look at these.
  if (size !== undefined && size < 512) return 'damaged';
  const hasLog = Boolean(sizeOf(`${path}-wal`));
  if (size === undefined) return hasLog ? 'damaged' : 'missing';
  const db = new DatabaseSync(path, { timeout: busyTimeout });
  try {
    const id = numberOf(db, 'PRAGMA application_id');
    // Our own first transaction sets the id: without it there is nothing of ours in the file.
    if (id === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0) return 'empty';
    if (id !== applicationId) return 'foreign';
    versionOf(db, path);
    // SQLite fills up a page that was cut. With a log beside it that may be right: a crash while the log was brought in.
    if (!hasLog && size % numberOf(db, 'PRAGMA page_size') !== 0) return 'damaged';
    const check = db.prepare('PRAGMA quick_check(1)').get();
    return check && Object.values(check)[0] === 'ok' ? 'ours' : 'damaged';
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 11 || code === 26) return 'damaged';
    throw error;
  } finally {
    db.close();
  }
}

function openFresh(path: string, busyTimeout: number): DatabaseSync {
  const isNew = sizeOf(path) === undefined;
  const db = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true });
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    // An empty file of our own making would look like a torn one next time.
    if (isNew && sizeOf(path) === 0) rmSync(path);
    throw error;
  }
}

function rescueFrom(path: string, db: DatabaseSync): Rescued {
  if (!sizeOf(path)) return nothingRescued;
  let old: DatabaseSync;
  try {
    old = new DatabaseSync(path, { readOnly: true });
  } catch {
    return nothingRescued;
  }
  try {
    // Lets SQLite read a file that is shorter than its header says. Older Node has no defensive mode to leave.
    if ('enableDefensive' in old) old.enableDefensive(false);
    old.exec('PRAGMA writable_schema = ON');
    return carryOver(old, db);
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 11 || code === 26) return nothingRescued;
    throw error;
  } finally {
    old.close();
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function messageOf(reason: 'damaged' | 'foreign', movedTo: string, rescued: Rescued): string {
  const was = reason === 'damaged' ? 'was damaged' : 'belonged to another program';
  const found =
    rescued.events + rescued.turns === 0
      ? 'Nothing of yours could be read from it, so your progress starts anew. If you have an exported copy, import it now.'
      : `${rescued.events} marks and ${rescued.turns} answers could be read from it and are in the new file.`;
  return `The file with your progress ${was}. It was kept as ${movedTo}. ${found}`;
}
