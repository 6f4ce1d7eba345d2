// The shelf: every document that the learner keeps, in a database that all windows share.

import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { detailsJson } from '../../core/library/bibliography/details.ts';
import type { CopyForm } from '../../core/library/address.ts';
import type { NewDocument, SavedDocument } from '../../core/library/savedDocument.ts';
import type { ContentType } from '../../core/library/sniff.ts';
import { LibraryError, withLibraryErrors } from '../libraryError.ts';
import { contentPath, putContent, releaseContent, sweep, totalBytes } from './contents.ts';
import { DocumentList } from './documentList.ts';
import { eraseShelf } from './eraseShelf.ts';
import { claimNext, finishClaim, keepClaim, releaseClaim } from './queueRows.ts';
import type { Claim, NextClaim, Outcome, Politeness } from './queueRows.ts';
import { readDocumentAt, readDocuments, text } from './rows.ts';
import { dataVersion, inTransaction } from '../../core/sqlite.ts';

/** A file of the learner's that has been copied to `path`, to be taken over. */
export interface OwnContent {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
  readonly type: ContentType;
}

export interface ShelfOptions {
  readonly db: DatabaseSync;
  /** The library's folder. */
  readonly folder: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** How many bytes the contents may take together. */
  readonly quota: () => number;
  readonly report: (problem: string) => void;
}

const pollMs = 1000;

/** Each method throws a LibraryError if it can't do what it says; then nothing was changed. */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #list = new DocumentList();
  readonly #listeners = new Set<{ readonly call: () => void }>();
  #poll: NodeJS.Timeout | undefined;
  #told = -1;
  #disposed = false;

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.#told = this.#do(dataVersion);
    sweep(options.db, options.folder, options.now());
  }

  /** Everything on the shelf, newest first. */
  documents(): readonly SavedDocument[] {
    return this.#do((db) => this.#list.now(db));
  }

  document(id: string): SavedDocument | undefined {
    return this.#do((db) => readDocuments(db, 'document.id = ?', id)[0]);
  }

  /** The document of an address as `savedAs` gives it. */
  documentAt(address: string): SavedDocument | undefined {
    return this.#do((db) => readDocumentAt(db, address));
  }

  /** How much the contents take on the disk. */
  bytes(): number {
    return this.#do(totalBytes);
  }

  /** Where the content of a copy lies; undefined if it isn't there (any more). */
  pathOf({ copies }: SavedDocument, form: CopyForm = 'main'): string | undefined {
    const content = copies.find((copy) => copy.form === form)?.content;
    const path = content && contentPath(this.#options.folder, content);
    return path !== undefined && statSync(path, { throwIfNoEntry: false }) ? path : undefined;
  }

  /** Puts documents on the shelf and queues what they lack; those that are there already are left as they are. */
  add(documents: readonly NewDocument[]): SavedDocument[] {
    const { now, newId } = this.#options;
    return this.#write((db) =>
      documents.flatMap((document) => {
        const known = readDocumentAt(db, document.address);
        const id = known?.id ?? newId();
        if (!known) {
          const { address, title, creators, kind, origin, minutes, details = {} } = document;
          db.prepare(
            `INSERT INTO document (id, address, title, creators, kind, origin, minutes, added_at, details)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ).run(id, address, title, creators, kind, origin, minutes, now(), detailsJson(details));
        }
        for (const { form, address, optional } of document.copies) {
          const there = known?.copies.find((copy) => copy.form === form);
          if ((known && this.pathOf(known, form)) || there?.state === 'absent') continue;
          if (there) this.#queue(db, id, form);
          else {
            db.prepare(
              "INSERT INTO copy (document_id, form, address, optional, state, wanted_at) VALUES (?, ?, ?, ?, 'queued', ?)",
            ).run(id, form, address, optional ? 1 : 0, now());
          }
        }
        return readDocuments(db, 'document.id = ?', id);
      }),
    );
  }

  /** Puts a file of the learner's on the shelf, or as another form to a document that is there. */
  addOwn(
    to: { readonly title: string } | { readonly documentId: string; readonly form: CopyForm },
    own: OwnContent,
  ): string {
    const { folder, now, newId } = this.#options;
    return this.#write((db) => {
      const same = db
        .prepare("SELECT id FROM document JOIN copy ON document_id = id WHERE origin = 'file' AND hash = ?")
        .get(own.hash);
      if (same && 'title' in to) return text(same, 'id');
      const id = 'title' in to ? newId() : to.documentId;
      const form = 'title' in to ? 'main' : to.form;
      if ('title' in to) {
        db.prepare(
          "INSERT INTO document (id, address, title, creators, kind, origin, added_at) VALUES (?, '', ?, '', 'file', 'file', ?)",
        ).run(id, to.title, now());
      }
      const before = db.prepare('SELECT hash FROM copy WHERE document_id = ? AND form = ?').get(id, form);
      putContent(folder, own.path, own);
      db.prepare(
        `INSERT OR REPLACE INTO copy (document_id, form, address, state, hash, type, bytes, saved_at)
         VALUES (?, ?, '', 'resting', ?, ?, ?, ?)`,
      ).run(id, form, own.hash, own.type, own.bytes, now());
      if (before && text(before, 'hash') !== own.hash) releaseContent(db, folder, text(before, 'hash'));
      return id;
    });
  }

  /** Queues all forms of documents again: to fetch what failed, to look after what is there. */
  want(ids: readonly string[]): void {
    this.#write((db) => {
      const copies = db.prepare(
        "SELECT form FROM copy WHERE document_id = ? AND address <> '' AND state <> 'fetching'",
      );
      for (const id of ids) for (const row of copies.all(id)) this.#queue(db, id, text(row, 'form'));
    });
  }

  /** Takes documents out of the queue, whichever window fetches them; what was there before stays. */
  stop(ids: readonly string[]): void {
    this.#write((db) => {
      const stop = db.prepare(
        `UPDATE copy SET state = 'resting', claim = NULL, claimed_until = 0, tries = 0, not_before = 0,
           reason = CASE WHEN hash IS NULL THEN 'stopped' ELSE reason END, reason_host = '', reason_detail = ''
         WHERE document_id = ? AND state IN ('queued', 'fetching')`,
      );
      for (const id of ids) stop.run(id);
    });
  }

  /** Takes documents off the shelf, and their files off the disk. */
  remove(ids: readonly string[]): void {
    this.#write((db) => {
      for (const id of ids) {
        const hashes = db.prepare('SELECT hash FROM copy WHERE document_id = ? AND hash IS NOT NULL').all(id);
        db.prepare('DELETE FROM document WHERE id = ?').run(id);
        for (const row of hashes) releaseContent(db, this.#options.folder, text(row, 'hash'));
      }
    });
  }

  /** Takes everything off the shelf for good, without a trace in its files. */
  erase(): void {
    this.#do((db) => {
      eraseShelf(db, this.#options.folder);
    });
    this.#tell();
  }

  /** Calls a document otherwise: its own title became known. */
  rename(id: string, title: string): void {
    this.#write((db) => db.prepare('UPDATE document SET title = ? WHERE id = ?').run(title, id));
  }

  /** Remembers that a document was opened: what was read least recently goes first when there is no room. */
  noteRead(id: string): void {
    this.#write((db) => db.prepare('UPDATE document SET read_at = ? WHERE id = ?').run(this.#options.now(), id));
  }

  /** Takes the next copy out of the queue. */
  claim(token: string, polite: Politeness): NextClaim {
    const next = this.#do((db) => inTransaction(db, () => claimNext(db, token, this.#options.now(), polite)));
    if (next.type !== 'claim') return next;
    this.#tell();
    const { documentId, form } = next.claim;
    const document = this.document(documentId);
    if (document && this.pathOf(document, form) !== undefined) return next;
    // Somebody has deleted the file: that it is unchanged would bring nothing back.
    const { known: _known, ...claim } = next.claim;
    return { type: 'claim', claim };
  }

  /** Shows that a claim is worked on; false if it isn't this window's any more. */
  keep(claim: Claim, polite: Politeness, done: number, total: number | undefined): boolean {
    return this.#write((db) => keepClaim(db, claim, this.#options.now() + polite.leaseMs, done, total));
  }

  release(claim: Claim): void {
    this.#write((db) => {
      releaseClaim(db, claim);
    });
  }

  /** Writes down what a fetch came to; false if nobody wants to know any more. */
  finish(claim: Claim, outcome: Outcome, polite: Politeness): boolean {
    const { folder, now, quota } = this.#options;
    return this.#write((db) => finishClaim(db, claim, outcome, { folder, now: now(), quota: quota(), polite }));
  }

  /** Asks or changes tables that others keep in the same database (passages of what is saved), in one transaction. */
  within<T>(work: (db: DatabaseSync) => T): T {
    return this.#write(work);
  }

  /** Changes what nobody is shown, so that nobody need look again. */
  quietly<T>(work: (db: DatabaseSync) => T): T {
    return this.#do((db) => inTransaction(db, () => work(db)));
  }

  /** Asks those tables, and changes nothing. */
  ask<T>(work: (db: DatabaseSync) => T): T {
    return this.#do(work);
  }

  /** Calls `listener` after every change, of another window within about a second. Returns the end of it. */
  onDidChange(listener: () => void): () => void {
    if (this.#disposed) return () => undefined;
    const entry = { call: listener };
    this.#listeners.add(entry);
    this.#poll ??= setInterval(() => {
      this.#look();
    }, pollMs).unref();
    return () => {
      this.#listeners.delete(entry);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#poll);
      this.#poll = undefined;
    };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#listeners.clear();
    clearInterval(this.#poll);
    this.#options.db.close();
  }

  #queue(db: DatabaseSync, id: string, form: string): void {
    db.prepare(
      `UPDATE copy SET state = 'queued', wanted_at = ?, tries = 0, not_before = 0, claim = NULL
       WHERE document_id = ? AND form = ? AND state <> 'fetching'`,
    ).run(this.#options.now(), id, form);
  }

  #write<T>(work: (db: DatabaseSync) => T): T {
    const result = this.#do((db) => inTransaction(db, () => work(db)));
    this.#tell();
    return result;
  }

  #do<T>(work: (db: DatabaseSync) => T): T {
    if (this.#disposed) throw new LibraryError('closed', 'The library could not be read: the window is closing.');
    return withLibraryErrors(this.#options.folder, () => work(this.#options.db));
  }

  #look(): void {
    try {
      if (this.#do(dataVersion) !== this.#told) this.#tell();
    } catch (error) {
      // Whoever reads or writes next gets the error; here is nobody to give it to.
      this.#options.report(String(error));
    }
  }

  #tell(): void {
    this.#told = this.#do(dataVersion);
    for (const listener of [...this.#listeners]) {
      try {
        listener.call();
      } catch (error) {
        // The change is made, whatever its listeners think of it.
        this.#options.report(`A listener to changes of the library failed: ${String(error)}`);
      }
    }
  }
}
