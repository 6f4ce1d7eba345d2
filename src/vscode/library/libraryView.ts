// What the view "Library" shows, compared with what it is to show: of ten thousand rows only those are made and drawn again
// that say something else.

import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Translate } from '../../core/translate.ts';
import { libraryRow, underWay } from './libraryRows.ts';
import type { LibraryRow } from './libraryRows.ts';

/** A row as the tree knows it: the same object as long as the document is there. */
export interface LibraryItem {
  readonly documentId: string;
}

/** "checked today" grows old. */
const staleMs = 3600_000;

export class LibraryView {
  readonly #t: Translate;
  readonly #items = new Map<string, LibraryItem>();
  #made = new WeakMap<SavedDocument, LibraryRow>();
  #madeAt = 0;
  #rows: ReadonlyMap<string, LibraryRow> = new Map();
  /** What was drawn. */
  #order: readonly string[] | undefined;
  readonly #drawn = new Map<string, LibraryRow>();

  constructor(t: Translate) {
    this.#t = t;
  }

  /** The rows in the order of the documents, what is under way first. */
  update(documents: readonly SavedDocument[], now: number): readonly LibraryRow[] {
    if (now - this.#madeAt > staleMs) {
      this.#made = new WeakMap();
      this.#madeAt = now;
    }
    const [first, rest]: [LibraryRow[], LibraryRow[]] = [[], []];
    for (const document of documents) (underWay(document) ? first : rest).push(this.#rowOf(document, now));
    const rows = [...first, ...rest];
    this.#rows = new Map(rows.map((row) => [row.documentId, row]));
    for (const id of this.#items.keys()) if (!this.#rows.has(id)) this.#forget(id);
    return rows;
  }

  /** What is to be drawn again: some rows, or all of them, since others are there or in another order. */
  toDraw(): readonly LibraryItem[] | 'all' {
    const ids = [...this.#rows.keys()];
    if (ids.length !== this.#order?.length || ids.some((id, at) => id !== this.#order?.[at])) return 'all';
    return ids.filter((id) => !isSame(this.#rows.get(id), this.#drawn.get(id))).map((id) => this.#itemOf(id));
  }

  /** All rows are drawn, in this order. */
  drawAll(): LibraryItem[] {
    this.#order = [...this.#rows.keys()];
    return this.#order.map((id) => this.#itemOf(id));
  }

  /** One row is drawn; undefined if its document has gone. */
  draw({ documentId }: LibraryItem): LibraryRow | undefined {
    const row = this.#rows.get(documentId);
    if (row) this.#drawn.set(documentId, row);
    return row;
  }

  #rowOf(document: SavedDocument, now: number): LibraryRow {
    const made = this.#made.get(document) ?? libraryRow(document, now, this.#t);
    this.#made.set(document, made);
    return made;
  }

  #itemOf(documentId: string): LibraryItem {
    const item = this.#items.get(documentId) ?? { documentId };
    this.#items.set(documentId, item);
    return item;
  }

  #forget(id: string): void {
    this.#items.delete(id);
    this.#drawn.delete(id);
  }
}

function isSame(one: LibraryRow | undefined, other: LibraryRow | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
