// Addresses that the learner chose in place of dead ones. Each function stands in a transaction of the shelf.

import type { DatabaseSync } from 'node:sqlite';
import type { SavedAs } from '../../core/library/address.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';

/** What the last try came to, and how the server knew the content, belong to the address they were asked at. */
const forgotten =
  'etag = NULL, last_modified = NULL, reason = NULL, reason_host = NULL, reason_detail = NULL, tries = 0, not_before = 0';

/**
 * Lets a document be fetched from another address from now on; what is kept of it stays until something new has come. Forms
 * that the other address doesn't have are kept and not asked for any more.
 */
export function replaceLink(db: DatabaseSync, { id, copies }: SavedDocument, as: SavedAs): void {
  db.prepare('UPDATE document SET instead = ? WHERE id = ?').run(as.address, id);
  const put = db.prepare(
    `UPDATE copy SET original = coalesce(original, address), address = ?, ${forgotten} WHERE document_id = ? AND form = ?`,
  );
  for (const { form, address } of copies) {
    // A file of the learner's came from nowhere.
    if (address === '' && !isReplaced(db, id, form)) continue;
    put.run(as.copies.find((wanted) => wanted.form === form)?.address ?? '', id, form);
  }
}

/** Goes back to the address that the document had. */
export function restoreLink(db: DatabaseSync, id: string): void {
  db.prepare('UPDATE document SET instead = NULL WHERE id = ?').run(id);
  db.prepare(
    `UPDATE copy SET address = original, original = NULL, ${forgotten} WHERE document_id = ? AND original IS NOT NULL`,
  ).run(id);
}

function isReplaced(db: DatabaseSync, id: string, form: string): boolean {
  const sql = 'SELECT 1 FROM copy WHERE document_id = ? AND form = ? AND original IS NOT NULL';
  return db.prepare(sql).get(id, form) !== undefined;
}
