// Every document of the shelf, kept at hand: after a change, of whichever window, only what has changed is read again.

import type { DatabaseSync } from 'node:sqlite';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { numberOf } from '../../core/sqlite.ts';
import { readDocuments, text } from './rows.ts';

export class DocumentList {
  readonly #byId = new Map<string, SavedDocument>();
  #inOrder: readonly SavedDocument[] = [];
  /** Up to which change it is known; undefined while nothing is. */
  #known: number | undefined;

  /** Newest first. A document that hasn't changed is the very object that it was before. */
  now(db: DatabaseSync): readonly SavedDocument[] {
    const last = numberOf(db, 'SELECT max(number) FROM document_change');
    if (this.#known === undefined || last < this.#known) this.#readAll(db);
    else if (last > this.#known) this.#readChanged(db, this.#known);
    this.#known = last;
    return this.#inOrder;
  }

  #readAll(db: DatabaseSync): void {
    this.#inOrder = readDocuments(db);
    this.#byId.clear();
    for (const document of this.#inOrder) this.#byId.set(document.id, document);
  }

  #readChanged(db: DatabaseSync, since: number): void {
    const changed = `SELECT document_id FROM document_change WHERE number > ${since}`;
    const fresh = new Map(readDocuments(db, `document.id IN (${changed})`).map((document) => [document.id, document]));
    let same = true;
    for (const row of db.prepare(changed).iterate()) {
      const id = text(row, 'document_id');
      const document = fresh.get(id);
      same &&= (document !== undefined) === this.#byId.has(id);
      if (document) this.#byId.set(id, document);
      else this.#byId.delete(id);
    }
    // Everything may have been erased meanwhile, and the list of changes with it.
    if (numberOf(db, 'SELECT count(*) FROM document') !== this.#byId.size) this.#readAll(db);
    else {
      const ids = same ? this.#inOrder.map(({ id }) => id) : idsInOrder(db);
      this.#inOrder = ids.flatMap((id) => this.#byId.get(id) ?? []);
    }
  }
}

function idsInOrder(db: DatabaseSync): string[] {
  return db
    .prepare('SELECT id FROM document ORDER BY added_at DESC, rowid DESC')
    .all()
    .map((row) => text(row, 'id'));
}
