// Taking everything back out of the database. The file itself stays: other windows have it open, and a file that vanished under
// them they would make again with all they had. It is overwritten instead.

import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { eraseSubject } from '../core/study/studyEvent.ts';
import { addEvent } from './events.ts';
import { inTransaction, numberOf } from '../core/sqlite.ts';

/** When everything was last erased; undefined if it never was. */
export function erasedAt(db: DatabaseSync): number | undefined {
  const at = db.prepare(`SELECT max(at) AS at FROM event WHERE kind = 'erase'`).get()?.['at'];
  return typeof at === 'number' ? at : undefined;
}

/** How much there is to erase. */
export function countKept(db: DatabaseSync): { readonly events: number; readonly conversations: number } {
  return {
    events: numberOf(db, `SELECT count(*) FROM event WHERE kind <> 'erase'`),
    conversations: numberOf(db, 'SELECT count(*) FROM conversation'),
  };
}

/** How schedules are made, which comes from the settings. */
const notTheLearners = ['scheduling'];

/** Empties every table; what remains is when that was done, so that nothing older comes back from other machines. */
export function eraseEverything(db: DatabaseSync, id: string, now: number): void {
  db.exec('PRAGMA secure_delete = ON');
  inTransaction(db, () => {
    // Stored before the rest is gone: its time is after every one of them.
    const erased = addEvent(db, { kind: 'erase', subject: eraseSubject }, id, now);
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all();
    for (const { name } of tables) {
      if (name === 'event') db.prepare('DELETE FROM event WHERE id <> ?').run(erased.id);
      else if (!notTheLearners.includes(String(name))) db.exec(`DELETE FROM "${String(name)}"`);
    }
  });
}

/** Removes the files that were set aside as damaged, and those that a rescue left behind. */
export function removeSetAside(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.damaged-`) && !name.startsWith(`${basename(path)}.new`)) continue;
    rmSync(join(dirname(path), name), { force: true });
  }
}
