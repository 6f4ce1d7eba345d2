// Opens the library's database. It stands beside the learner's progress, not in it: what it lists can be fetched again, it
// grows to a hundred times the size, and a fault in the one must not touch the other.

import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSafely } from '../../core/openSafely.ts';
import { inTransaction, numberOf, sqliteCode } from '../../core/sqlite.ts';
import { LibraryError, withLibraryErrors } from '../libraryError.ts';
import { applicationId, migrate, versionOf } from './migrations.ts';

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  /** Where a file that couldn't be used lies now, and how many documents were brought over from it. */
  readonly setAside?: { readonly movedTo: string; readonly rescued: number };
}

/** Opens or creates the database at `path`; throws a LibraryError. */
export function openDatabase(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  return withLibraryErrors(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSafely<DatabaseSync, number>(
      path,
      {
        applicationId,
        checkVersion: (found) => {
          versionOf(found, path);
        },
        migrate: (opened) => {
          migrate(opened, path);
        },
        synchronous: 'NORMAL',
        rescue,
        nothingRescued: 0,
        spoiledLock: (message) => new LibraryError('damaged', message),
      },
      { DatabaseSync, renameSync, rmSync, statSync },
      { now, timeout: busyTimeout },
    );
  });
}

/** Brings over every row that the damaged file still gives. */
function rescue(from: DatabaseSync, to: DatabaseSync): number {
  if (numberOf(from, 'PRAGMA application_id') !== applicationId) return 0;
  return inTransaction(to, () => {
    const count = carry(from, to, 'document');
    carry(from, to, 'copy');
    to.exec("UPDATE copy SET state = 'queued', claim = NULL, claimed_until = 0 WHERE state = 'fetching'");
    // What was read of them isn't brought over: it is read again.
    to.exec('UPDATE copy SET indexed = NULL, unread = NULL, problem = NULL, reader = NULL, reader_until = 0');
    return count;
  });
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
