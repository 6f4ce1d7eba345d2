import { sqliteCode } from '../core/sqlite.ts';

/**
 * - `locked`: another window held the database longer than we wait.
 * - `full`: no room on the disk.
 * - `read-only`: the folder or a file can't be written.
 * - `newer`: a newer companion wrote it.
 * - `damaged`: the file turned out to be broken while in use.
 * - `closed`: it was used after its end.
 * - `search`: what searches it broke.
 */
export type LibraryErrorKind = 'locked' | 'full' | 'read-only' | 'newer' | 'damaged' | 'closed' | 'search';

/** What went wrong with the library's own files, in words for the learner. Nothing of the failed change was kept. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError';
  readonly kind: LibraryErrorKind;

  constructor(kind: LibraryErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Does `work`; what SQLite or the file system throws at it comes out as a LibraryError that names `path`. */
export function withLibraryErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const kind = kindOf(error);
    if (kind === undefined) throw error;
    throw new LibraryError(kind, `${messages[kind]} (${path})`, { cause: error });
  }
}

const messages: Readonly<Record<'locked' | 'full' | 'read-only' | 'damaged', string>> = {
  locked: 'Your library could not be read or changed: another window is using it. Try again in a moment.',
  full: 'Your library could not be changed: the disk is full. Free some space, then try again.',
  'read-only': 'Your library could not be opened for writing. Check the permissions of its folder.',
  damaged: 'The list of your library is damaged. Reload the window: what it holds is brought into a new one.',
};

function kindOf(error: unknown): keyof typeof messages | undefined {
  const code = sqliteCode(error);
  if (code === 5 || code === 6) return 'locked';
  if (code === 13) return 'full';
  if (code === 3 || code === 8 || code === 10 || code === 14) return 'read-only';
  if (code === 11 || code === 26) return 'damaged';
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'full';
  return 'read-only';
}
