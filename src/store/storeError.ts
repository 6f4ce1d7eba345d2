import { sqliteCode } from '../core/sqlite.ts';

/**
 * - `locked`: another window held the database longer than we wait.
 * - `full`: no room on the disk.
 * - `read-only`: the folder or file can't be written.
 * - `damaged`: the file turned out to be broken while in use; opening it again sets it aside.
 * - `newer`: a newer companion wrote it.
 * - `failed`: the disk or system refused for another reason.
 * - `closed`: the store was used after its end.
 */
export type StoreErrorKind = 'locked' | 'full' | 'read-only' | 'damaged' | 'newer' | 'failed' | 'closed';

/** What went wrong with the stored progress, in words for the learner. Nothing of the failed change was kept. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

const messages: Readonly<Record<'locked' | 'full' | 'read-only' | 'damaged' | 'failed', string>> = {
  locked: 'Your progress could not be read or saved: another window is using the database. Try again in a moment.',
  full: 'Your progress could not be read or saved: the disk is full. Free some space, then try again.',
  'read-only':
    'Your progress could not be read or saved: its folder or file cannot be opened for writing. Check the permissions of the folder.',
  damaged:
    'The file with your progress is damaged. Reload the window: the file is set aside and what it holds is rescued.',
  failed: 'Your progress could not be read or saved: the disk reported an error. Check the disk, then try again.',
};

/** Does `work`; what SQLite or the file system throws at it comes out as a StoreError that names `path`. */
export function withStoreErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const kind = kindOf(error);
    if (kind === undefined) throw error;
    throw new StoreError(kind, `${messages[kind]} (${path})`, { cause: error });
  }
}

function kindOf(error: unknown): keyof typeof messages | undefined {
  switch (sqliteCode(error)) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'locked';
    case 13: // SQLITE_FULL
      return 'full';
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return 'read-only';
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'damaged';
    case 10: // SQLITE_IOERR
      return 'failed';
    case undefined:
      return systemKindOf(error);
    default:
      // A mistake in our own SQL or use: not for the learner.
      return undefined;
  }
}

function systemKindOf(error: unknown): keyof typeof messages | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return 'read-only';
    case 'EBUSY':
      return 'locked';
    default:
      return 'failed';
  }
}
