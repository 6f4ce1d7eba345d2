// The files of the library: each lies under the hash of its bytes, so that the same thing is kept once, whatever it was
// called, and no name of anybody's ever becomes a path. All changes happen under the database's write lock: a file that one
// window brings in isn't swept away by another that doesn't know of it yet.

import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ContentType } from '../../core/library/sniff.ts';
import { isHash, text } from './rows.ts';
import { inTransaction, numberOf } from '../../core/sqlite.ts';

const endings: Readonly<Record<ContentType, string>> = {
  pdf: 'pdf',
  html: 'html',
  markdown: 'md',
  text: 'txt',
  vtt: 'vtt',
  srt: 'srt',
};

/** Where a content lies. */
export function contentPath(
  folder: string,
  { hash, type }: { readonly hash: string; readonly type: ContentType },
): string {
  if (!isHash(hash)) throw new Error('not a hash');
  return join(folder, 'content', hash.slice(0, 2), `${hash}.${endings[type]}`);
}

/** Moves a finished file into its place. In a transaction. */
export function putContent(folder: string, from: string, content: { hash: string; type: ContentType }): void {
  const to = contentPath(folder, content);
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** How much all contents take; what two documents share counts once. */
export function totalBytes(db: DatabaseSync): number {
  return numberOf(
    db,
    'SELECT sum(bytes) FROM (SELECT max(bytes) AS bytes FROM copy WHERE hash IS NOT NULL GROUP BY hash)',
  );
}

/** Deletes a content that no document has any more. In a transaction. */
export function releaseContent(db: DatabaseSync, folder: string, hash: string): void {
  if (!isHash(hash) || db.prepare('SELECT 1 FROM copy WHERE hash = ?').get(hash)) return;
  for (const type of Object.keys(endings) as ContentType[])
    rmSync(contentPath(folder, { hash, type }), { force: true });
}

/**
 * Makes room for `wanted` more bytes by removing what was read least recently; whether it is enough. What came from the
 * learner's own files can't be fetched again and is never removed, nor is anything of the document `keep`. In a transaction.
 */
export function makeRoom(db: DatabaseSync, folder: string, wanted: number, quota: number, keep: string): boolean {
  if (wanted > quota) return false;
  let total = totalBytes(db);
  if (total + wanted <= quota) return true;
  const fetched = db
    .prepare(
      `SELECT document_id, form, hash FROM copy JOIN document ON document.id = document_id
       WHERE hash IS NOT NULL AND copy.address <> '' AND origin <> 'file' AND document_id <> ? AND state = 'resting'
       ORDER BY coalesce(read_at, saved_at), saved_at`,
    )
    .all(keep);
  for (const row of fetched) {
    db.prepare(
      `UPDATE copy SET state = 'dropped', hash = NULL, type = NULL, bytes = NULL, etag = NULL, last_modified = NULL, indexed = NULL
       WHERE document_id = ? AND form = ?`,
    ).run(text(row, 'document_id'), text(row, 'form'));
    releaseContent(db, folder, text(row, 'hash'));
    total = totalBytes(db);
    if (total + wanted <= quota) return true;
  }
  return false;
}

const staleMs = 7 * 24 * 3600_000;

/** Deletes files that belong to no document, as a crash at a bad moment leaves them, and parts that nobody went on with. */
export function sweep(db: DatabaseSync, folder: string, now: number): void {
  inTransaction(db, () => {
    for (const name of namesIn(join(folder, 'parts'))) {
      const path = join(folder, 'parts', name);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found && now - found.mtimeMs > staleMs) rmSync(path, { force: true });
    }
    for (const shelf of namesIn(join(folder, 'content'))) {
      for (const name of namesIn(join(folder, 'content', shelf))) {
        const [hash = ''] = name.split('.');
        if (isHash(hash)) releaseContent(db, folder, hash);
      }
    }
  });
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : [];
}

function syncFolder(folder: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
