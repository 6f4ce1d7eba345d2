import type { DatabaseSync } from 'node:sqlite';
import type { Edition } from '../core/study/edition.ts';
import { inTransaction } from '../core/sqlite.ts';

/**
 * Brings the tables that are made of the history to the names of this edition. The history itself keeps the names it was
 * written with, and so does what is made of it anew: hence after every change, which costs nothing where nothing was renamed.
 */
export function followEdition(db: DatabaseSync, edition: Edition): void {
  if (renamesNothing(edition)) return;
  const { chapters, anchors } = edition;
  const moved = [...anchors].filter(([, from]) => from.size > 0);
  for (const table of tablesWith(db, 'chapter_id')) {
    const rename = db.prepare(`UPDATE "${table}" SET chapter_id = ? WHERE chapter_id = ?`);
    for (const [from, to] of chapters) rename.run(to, from);
  }
  for (const table of tablesWith(db, 'anchor')) {
    const move = db.prepare(`UPDATE "${table}" SET anchor = ? WHERE chapter_id = ? AND anchor = ?`);
    for (const [chapter, from] of moved) for (const [old, now] of from) move.run(now, chapter, old);
  }
  for (const table of tablesWith(db, 'origin')) {
    const rename = db.prepare(
      `UPDATE "${table}" SET origin = json_set(origin, '$.chapterId', ?) WHERE json_extract(origin, '$.chapterId') = ?`,
    );
    for (const [from, to] of chapters) rename.run(to, from);
    const move = db.prepare(
      `UPDATE "${table}" SET origin = json_set(origin, '$.anchor', ?)
       WHERE json_extract(origin, '$.chapterId') = ? AND json_extract(origin, '$.anchor') = ?`,
    );
    for (const [chapter, from] of moved) for (const [old, now] of from) move.run(now, chapter, old);
  }
}

/** The same after a change of another thread, or window with an older handbook, in a transaction of its own. */
export function followEditionAlone(edition: Edition): (db: DatabaseSync) => void {
  return (db) => {
    if (renamesNothing(edition)) return;
    inTransaction(db, () => {
      followEdition(db, edition);
    });
  };
}

/** Whether every chapter and anchor is called what it always was. */
function renamesNothing({ chapters, anchors }: Edition): boolean {
  return chapters.size === 0 && [...anchors.values()].every((from) => from.size === 0);
}

/** Tables made of the history that have such a column. */
function tablesWith(db: DatabaseSync, column: string): string[] {
  return db
    .prepare(
      `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT IN ('event', 'conversation', 'turn') AND c.name = ?`,
    )
    .all(column)
    .map(({ name }) => String(name));
}
