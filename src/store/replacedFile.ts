// A file that was replaced while it was in use.

import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './openDatabase.ts';
import { carryOver } from './rescue.ts';
import type { Rescued } from './rescue.ts';

/** Tells one file from another that takes its place under the same name. */
export function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

export interface MovingParts {
  readonly now: () => number;
  readonly busyTimeout: number;
  readonly report: (problem: string) => void;
}

/** Opens the file that lies at `path` now and brings over what the one that `old` still holds has more. */
export function moveOver(old: DatabaseSync, path: string, { now, busyTimeout, report }: MovingParts): DatabaseSync {
  const { db, opening } = openDatabase(path, now, busyTimeout);
  let rescued: Rescued;
  try {
    rescued = carryOver(old, db);
  } catch (error) {
    db.close();
    throw error;
  }
  report(
    `The progress file was replaced while in use; ${rescued.events} events and ${rescued.turns} turns were carried over.`,
  );
  if (opening.type === 'set-aside') report(opening.message);
  return db;
}
