// What bibliographies say of documents. Each function stands in a transaction of the shelf.

import type { DatabaseSync } from 'node:sqlite';
import { detailsJson } from '../../core/library/bibliography/details.ts';
import type { Details } from '../../core/library/bibliography/reference.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';

/** Adds to what is known of a document; what was known before stays. */
export function addDetails(db: DatabaseSync, { id, details: before }: SavedDocument, details: Details): void {
  const json = detailsJson({ ...details, ...before });
  db.prepare('UPDATE document SET details = ? WHERE id = ?').run(json, id);
}

/** Names a document that is called by its address for want of a title. */
export function nameDocument(
  db: DatabaseSync,
  id: string,
  { title, creators }: { readonly title: string; readonly creators: string },
): void {
  db.prepare('UPDATE document SET title = ? WHERE id = ? AND title = address').run(title, id);
  db.prepare("UPDATE document SET creators = ? WHERE id = ? AND creators = ''").run(creators, id);
}
