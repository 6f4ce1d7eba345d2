// Opens a database file that several windows (processes) share. They take turns behind a lock file, so that only one of them
// migrates it, or sets a damaged file aside and makes a new one. All looking at the file goes through SQLite: opening it
// otherwise and closing it again would drop the POSIX locks that another connection of this process holds.
//
// The store and the library open theirs in this way; core knows no Node, so what is needed of it is handed in.

import { numberOf, sqliteCode, type Connection } from './sqlite.ts';

/** A connection of node:sqlite. */
export interface Database extends Connection {
  readonly close: () => void;
  /** Older Node has none. */
  readonly enableDefensive?: (active: boolean) => void;
}

/** What is needed of node:sqlite and node:fs, by their own names. */
export interface NodeParts<Db extends Database> {
  readonly DatabaseSync: new (
    path: string,
    options: {
      readonly timeout?: number;
      readonly readOnly?: boolean;
      readonly enableForeignKeyConstraints?: boolean;
    },
  ) => Db;
  readonly renameSync: (from: string, to: string) => void;
  readonly rmSync: (path: string, options: { readonly force: boolean }) => void;
  readonly statSync: (
    path: string,
    options: { readonly throwIfNoEntry: false },
  ) => { readonly size: number } | undefined;
}

/** What the tables are, and what to do with a file that can't be used. */
export interface Tables<Db extends Database, Rescued> {
  /** Marks a file as one with these tables. */
  readonly applicationId: number;
  /** Throws for a file of a newer companion. */
  readonly checkVersion: (db: Db) => void;
  readonly migrate: (db: Db) => void;
  /** How surely a change is on the disk once it is made. */
  readonly synchronous: 'NORMAL' | 'FULL';
  /** Copies what a damaged file still gives into a new one. */
  readonly rescue: (from: Db, to: Db) => Rescued;
  readonly nothingRescued: Rescued;
  /** Why the lock can't be had: something else was written into its file. */
  readonly spoiledLock: (message: string) => Error;
}

/** A file that couldn't be used. */
export interface SetAside<Rescued> {
  /** `damaged`: broken, or cut short. `foreign`: a whole database, but of another program. */
  readonly reason: 'damaged' | 'foreign';
  /** Where the old file lies now. */
  readonly movedTo: string;
  /** What could still be read from it and is in the new database. */
  readonly rescued: Rescued;
}

export interface SafelyOpened<Db, Rescued> {
  readonly db: Db;
  /** Nothing was there before. */
  readonly created: boolean;
  readonly setAside?: SetAside<Rescued>;
}

/** SQLite's files: the database and what stands beside it. */
const endings = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Opens or creates the database at `path`, whose folder is there. Throws what SQLite and the file system throw.
 * @param now milliseconds since 1970
 * @param timeout milliseconds to wait for other windows
 */
export function openSafely<Db extends Database, Rescued>(
  path: string,
  tables: Tables<Db, Rescued>,
  node: NodeParts<Db>,
  { now, timeout }: { readonly now: () => number; readonly timeout: number },
): SafelyOpened<Db, Rescued> {
  const sizeOf = (file: string): number | undefined => node.statSync(file, { throwIfNoEntry: false })?.size;
  const remove = (file: string): void => {
    node.rmSync(file, { force: true });
  };

  /** What kind of file lies there; changes nothing in it, beyond bringing in the log of a process that died. */
  const look = (): 'missing' | 'empty' | 'ours' | 'foreign' | 'damaged' => {
    const size = sizeOf(path);
    // SQLite takes less than its smallest page for an empty database, and deletes a log that stands beside an empty or
    // missing one: it must not look at these.
    if (size !== undefined && size < 512) return 'damaged';
    const hasLog = Boolean(sizeOf(`${path}-wal`));
    if (size === undefined) return hasLog ? 'damaged' : 'missing';
    const db = new node.DatabaseSync(path, { timeout });
    try {
      const id = numberOf(db, 'PRAGMA application_id');
      // Our own first transaction sets the id: without it there is nothing of ours in the file.
      if (id === 0 && numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0) return 'empty';
      if (id !== tables.applicationId) return 'foreign';
      tables.checkVersion(db);
      // SQLite fills up a page that was cut. With a log beside it that may be right: a crash while the log was brought in.
      if (!hasLog && size % numberOf(db, 'PRAGMA page_size') !== 0) return 'damaged';
      const check = db.prepare('PRAGMA quick_check(1)').get();
      return check && Object.values(check)[0] === 'ok' ? 'ours' : 'damaged';
    } catch (error) {
      if (isDamage(error)) return 'damaged';
      throw error;
    } finally {
      db.close();
    }
  };

  const openFresh = (file: string): Db => {
    const isNew = sizeOf(file) === undefined;
    const db = new node.DatabaseSync(file, { timeout, enableForeignKeyConstraints: true });
    try {
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${tables.synchronous};`);
      tables.migrate(db);
      return db;
    } catch (error) {
      db.close();
      // An empty file of our own making would look like a torn one next time.
      if (isNew && sizeOf(file) === 0) remove(file);
      throw error;
    }
  };

  const rescueInto = (db: Db): Rescued => {
    if (!sizeOf(path)) return tables.nothingRescued;
    let old: Db;
    try {
      old = new node.DatabaseSync(path, { readOnly: true });
    } catch {
      return tables.nothingRescued;
    }
    try {
      // Lets SQLite read a file that is shorter than its header says.
      old.enableDefensive?.(false);
      old.exec('PRAGMA writable_schema = ON');
      return tables.rescue(old, db);
    } catch (error) {
      if (isDamage(error)) return tables.nothingRescued;
      throw error;
    } finally {
      old.close();
    }
  };

  /** Moves the file, with what belongs to it, out of the way under a name that is free; deletes nothing. */
  const moveAside = (): string => {
    const time = new Date(now()).toISOString().replace(/[:.]/g, '-');
    let target = `${path}.damaged-${time}`;
    for (let again = 2; endings.some((ending) => sizeOf(target + ending) !== undefined); again++) {
      target = `${path}.damaged-${time}-${again}`;
    }
    // What belongs to it keeps its ending, so that SQLite finds it again. The file itself first: were we to stop halfway, a
    // file without its log would look whole and lack the newest changes.
    for (const ending of endings) {
      if (sizeOf(path + ending) !== undefined) node.renameSync(path + ending, target + ending);
    }
    return target;
  };

  /**
   * Puts a new file in place of the old, with all that could be read from it. The old one moves only when the new one is
   * ready: a full disk or a crash before that leaves everything as it was, to be tried again.
   */
  const replace = (reason: 'damaged' | 'foreign'): SetAside<Rescued> => {
    const fresh = `${path}.new`;
    for (const ending of endings) remove(fresh + ending);
    const db = openFresh(fresh);
    let rescued: Rescued;
    try {
      rescued = rescueInto(db);
    } finally {
      // Closing brings the log into the file, which can then be moved alone.
      db.close();
    }
    const movedTo = moveAside();
    node.renameSync(fresh, path);
    return { reason, movedTo, rescued };
  };

  return inTurn(`${path}.lock`, node, timeout, tables.spoiledLock, () => {
    const found = look();
    const setAside = found === 'damaged' || found === 'foreign' ? replace(found) : undefined;
    return { db: openFresh(path), created: found === 'missing' || found === 'empty', ...(setAside && { setAside }) };
  });
}

/** Does `work` while no other process does the same. The system takes the lock back from a process that dies. */
function inTurn<T, Db extends Database>(
  path: string,
  { DatabaseSync }: NodeParts<Db>,
  timeout: number,
  spoiled: (message: string) => Error,
  work: () => T,
): T {
  const lock = new DatabaseSync(path, { timeout });
  try {
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      if (sqliteCode(error) !== 26) throw error;
      throw spoiled(`Something else was written into ${path}. Delete that file, then reload the window.`);
    }
    return work();
  } finally {
    lock.close();
  }
}

/** SQLITE_CORRUPT, SQLITE_NOTADB. */
function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 11 || code === 26;
}
