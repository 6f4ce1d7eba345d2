// Taking everything off the shelf, so that nothing of it is left in the file or beside it. The file itself stays: other
// windows have it open.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, tidy } from '../../core/sqlite.ts';

/** Removes every document, its content, and lists that were set aside as damaged; throws if another window is in the way. */
export function eraseShelf(db: DatabaseSync, folder: string): void {
  db.exec('PRAGMA secure_delete = ON');
  inTransaction(db, () => {
    db.exec('DELETE FROM document; DELETE FROM host; DELETE FROM document_change;');
    // What was removed one by one stays in the index of words until it is written anew.
    db.exec("INSERT INTO passage_words (passage_words) VALUES ('delete-all')");
    for (const part of ['content', 'parts']) rmSync(join(folder, part), { recursive: true, force: true });
  });
  for (const name of readdirSync(folder)) {
    if (/^library\.db\.(?:damaged-|new)/.test(name)) rmSync(join(folder, name), { force: true });
  }
  tidy(db);
}
