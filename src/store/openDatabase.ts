// Opens the one database file of the learner's progress.

import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSafely } from '../core/openSafely.ts';
import type { SetAside } from '../core/openSafely.ts';
import { applicationId, migrate, versionOf } from './migrations.ts';
import { carryOver, nothingRescued } from './rescue.ts';
import type { Rescued } from './rescue.ts';
import { StoreError, withStoreErrors } from './storeError.ts';

/** What happened when the store was opened. */
export type Opening =
  | { readonly type: 'opened' }
  | { readonly type: 'created' }
  | (SetAside<Rescued> & {
      readonly type: 'set-aside';
      /** For the learner. */
      readonly message: string;
    });

export interface OpenedDatabase {
  readonly db: DatabaseSync;
  readonly opening: Opening;
}

/** Opens or creates the database at `path`, brought to the present shape; throws a StoreError. */
export function openDatabase(path: string, now: () => number, busyTimeout: number): OpenedDatabase {
  return withStoreErrors(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const { db, created, setAside } = openSafely<DatabaseSync, Rescued>(
      path,
      {
        applicationId,
        checkVersion: (found) => {
          versionOf(found, path);
        },
        migrate: (opened) => {
          migrate(opened, path);
        },
        synchronous: 'FULL',
        rescue: carryOver,
        nothingRescued,
        spoiledLock: (message) => new StoreError('damaged', message),
      },
      { DatabaseSync, renameSync, rmSync, statSync },
      { now, timeout: busyTimeout },
    );
    return {
      db,
      opening: setAside
        ? { type: 'set-aside', ...setAside, message: messageOf(setAside) }
        : { type: created ? 'created' : 'opened' },
    };
  });
}

function messageOf({ reason, movedTo, rescued }: SetAside<Rescued>): string {
  const was = reason === 'damaged' ? 'was damaged' : 'belonged to another program';
  const found =
    rescued.events + rescued.turns === 0
      ? 'Nothing of yours could be read from it, so your progress starts anew. If you have an exported copy, import it now.'
      : `${rescued.events} marks and ${rescued.turns} answers could be read from it and are in the new file.`;
  return `The file with your progress ${was}. It was kept as ${movedTo}. ${found}`;
}
