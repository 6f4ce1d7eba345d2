import type { Edition } from '../core/study/edition.ts';

export interface StoreOptions {
  /** The database file; its folder is made if it is missing. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id, unique everywhere: printable ASCII. */
  readonly newId: () => string;
  /** What chapters are called now: what is read says so, what is stored stays as it was written. */
  readonly edition?: Edition;
  /** Told of what was skipped or mended along the way, for the log. */
  readonly report?: (problem: string) => void;
  /** How long to wait for another window, in milliseconds; everything else waits with us. */
  readonly busyTimeout?: number;
}
