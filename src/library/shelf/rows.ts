// Rows of the database as documents. What an older or a damaged file holds is checked, not believed.

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { CopyForm } from '../../core/library/address.ts';
import { parseDetailsJson } from '../../core/library/bibliography/details.ts';
import { documentKinds } from '../../core/library/documentKind.ts';
import { failureReasons } from '../../core/library/failure.ts';
import { extractProblems } from '../../core/library/problemWords.ts';
import { copyStates, origins } from '../../core/library/savedDocument.ts';
import type { SavedContent, SavedCopy, SavedDocument } from '../../core/library/savedDocument.ts';
import { contentTypes } from '../../core/library/sniff.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Every document, or those that `where` (SQL on the table `document`) names, newest first. */
export function readDocuments(db: DatabaseSync, where = '1', ...values: readonly string[]): SavedDocument[] {
  const copies = Map.groupBy(
    db
      .prepare(
        `SELECT copy.* FROM copy JOIN document ON document.id = document_id WHERE ${where}
         ORDER BY CASE form WHEN 'main' THEN 0 WHEN 'html' THEN 1 ELSE 2 END`,
      )
      .all(...values),
    (row) => text(row, 'document_id'),
  );
  return db
    .prepare(`SELECT * FROM document WHERE ${where} ORDER BY added_at DESC, rowid DESC`)
    .all(...values)
    .map((row) => {
      const id = text(row, 'id');
      const readAt = count(row, 'read_at');
      const instead = text(row, 'instead');
      const details = parseDetailsJson(text(row, 'details'));
      return {
        id,
        address: text(row, 'address'),
        title: text(row, 'title'),
        creators: text(row, 'creators'),
        kind: oneOf(documentKinds, row, 'kind') ?? 'page',
        origin: oneOf(origins, row, 'origin') ?? 'address',
        minutes: count(row, 'minutes') ?? 0,
        addedAt: count(row, 'added_at') ?? 0,
        ...(readAt !== undefined && { readAt }),
        ...(instead !== '' && { instead }),
        ...(details && { details }),
        copies: (copies.get(id) ?? []).map(copyOf),
      };
    });
}

/** The document of an address; undefined if there is none, or the address is empty, which many may have. */
export function readDocumentAt(db: DatabaseSync, address: string): SavedDocument | undefined {
  // Without its second half SQLite wouldn't use the index, in which the empty address isn't.
  return readDocuments(db, "document.address = ? AND document.address <> ''", address)[0];
}

function copyOf(row: Row): SavedCopy {
  const content = contentOf(row);
  const reason = oneOf(failureReasons, row, 'reason');
  const [checkedAt, total, pages] = [count(row, 'checked_at'), count(row, 'total'), count(row, 'pages')];
  const indexed = text(row, 'indexed');
  const problem = content?.hash === text(row, 'unread') ? oneOf(extractProblems, row, 'problem') : undefined;
  return {
    form: formOf(row),
    address: text(row, 'address'),
    optional: row['optional'] === 1,
    state: oneOf(copyStates, row, 'state') ?? 'resting',
    done: count(row, 'done') ?? 0,
    ...(content && { content }),
    ...(reason && { failure: { reason, host: text(row, 'reason_host'), detail: text(row, 'reason_detail') } }),
    ...(checkedAt !== undefined && { checkedAt }),
    ...(total !== undefined && { total }),
    ...(indexed !== '' && { indexed }),
    ...(problem && { problem }),
    ...(pages !== undefined && { pages }),
  };
}

export function formOf(row: Row): CopyForm {
  return oneOf(['main', 'html', 'transcript'] as const, row, 'form') ?? 'main';
}

function contentOf(row: Row): SavedContent | undefined {
  const hash = text(row, 'hash');
  const type = oneOf(contentTypes, row, 'type');
  if (!isHash(hash) || type === undefined) return undefined;
  const charset = text(row, 'charset');
  return {
    hash,
    type,
    bytes: count(row, 'bytes') ?? 0,
    savedAt: count(row, 'saved_at') ?? 0,
    ...(charset !== '' && { charset }),
  };
}

/** Only such a thing becomes part of a path. */
export function isHash(hash: string): boolean {
  return /^[0-9a-f]{64}$/.test(hash);
}

export function text(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

export function count(row: Row, name: string): number | undefined {
  const value = row[name];
  return typeof value === 'number' ? value : undefined;
}

/** The value, if it is one of these. */
export function oneOf<T extends string>(values: readonly T[], row: Row, name: string): T | undefined {
  return values.find((value) => value === row[name]);
}
