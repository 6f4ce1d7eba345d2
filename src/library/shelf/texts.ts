// What the contents say, as it was read for the search: which is to be read next, and what was read. Each function stands
// in a transaction of the shelf.

import type { DatabaseSync } from 'node:sqlite';
import { copyForms } from '../../core/library/address.ts';
import type { CopyForm } from '../../core/library/address.ts';
import type {
  BetweenPassages,
  DocumentPassage,
  DocumentPassageKind,
  DocumentText,
  ExtractProblem,
  PageSize,
} from '../../core/library/documentText.ts';
import type { LineBox } from '../../core/library/layout/pageText.ts';
import type { Position } from '../../core/progress.ts';
import { contentTypes } from '../../core/library/sniff.ts';
import type { ContentType } from '../../core/library/sniff.ts';
import { count, formOf, oneOf, text } from './rows.ts';

/** A content that this window reads. */
export interface Reading {
  readonly token: string;
  readonly documentId: string;
  readonly form: CopyForm;
  readonly hash: string;
  readonly type: ContentType;
  readonly address: string;
  readonly charset?: string;
}

const unread = 'hash IS NOT NULL AND hash IS NOT indexed AND hash IS NOT unread';

/** How many contents are still to be read. */
export function countUnread(db: DatabaseSync): number {
  return Number(db.prepare(`SELECT count(*) AS n FROM copy WHERE ${unread}`).get()?.['n'] ?? 0);
}

/** Whether all that is kept of a document has been read, or can't be. */
export function isRead(db: DatabaseSync, documentId: string): boolean {
  return db.prepare(`SELECT 1 FROM copy WHERE document_id = ? AND ${unread}`).get(documentId) === undefined;
}

/** Takes the next content to read, one of document `first` before others; undefined while any window reads. */
export function claimReading(
  db: DatabaseSync,
  token: string,
  times: { readonly now: number; readonly until: number },
  first = '',
): Reading | undefined {
  if (db.prepare('SELECT 1 FROM copy WHERE reader IS NOT NULL AND reader_until > ?').get(times.now)) return undefined;
  const row = db
    .prepare(
      `SELECT copy.*, document.address AS origin FROM copy JOIN document ON document.id = document_id WHERE ${unread}
       ORDER BY document_id = ? DESC, saved_at, copy.rowid`,
    )
    .get(first);
  if (!row) return undefined;
  const [documentId, form, charset] = [text(row, 'document_id'), formOf(row), text(row, 'charset')];
  db.prepare('UPDATE copy SET reader = ?, reader_until = ? WHERE document_id = ? AND form = ?').run(
    token,
    times.until,
    documentId,
    form,
  );
  return {
    token,
    documentId,
    form,
    hash: text(row, 'hash'),
    type: oneOf(contentTypes, row, 'type') ?? 'text',
    // Links of a page lead on from where the page was.
    address: text(row, 'address') || text(row, 'origin'),
    ...(charset !== '' && { charset }),
  };
}

/** Shows that a content is still being read; false if nobody wants it any more. */
export function keepReading(db: DatabaseSync, { token, hash }: Reading, until: number): boolean {
  const kept = db.prepare('UPDATE copy SET reader_until = ? WHERE reader = ? AND hash = ?').run(until, token, hash);
  return kept.changes > 0;
}

/** Whether a content is still wanted by its reader. */
export function isReading(db: DatabaseSync, { token, hash }: Reading): boolean {
  return db.prepare('SELECT 1 FROM copy WHERE reader = ? AND hash = ?').get(token, hash) !== undefined;
}

export function releaseReading(db: DatabaseSync, { token }: Reading): void {
  db.prepare('UPDATE copy SET reader = NULL, reader_until = 0 WHERE reader = ?').run(token);
}

/** Keeps what a content says, or why it can't be read. Does nothing if it isn't this window's to read any more. */
export function finishReading(db: DatabaseSync, reading: Reading, outcome: DocumentText | ExtractProblem): void {
  if (!isReading(db, reading)) return;
  const { documentId, form, hash } = reading;
  releaseReading(db, reading);
  if (typeof outcome === 'string') {
    // What an older companion read of it stays.
    const stays = db.prepare('SELECT 1 FROM document_text WHERE document_id = ? AND form = ?').get(documentId, form);
    const change = stays ? 'indexed = hash' : 'unread = hash, problem = ?';
    const values = [...(stays ? [] : [outcome]), documentId, form];
    db.prepare(`UPDATE copy SET ${change} WHERE document_id = ? AND form = ?`).run(...values);
    return;
  }
  const { title, outline, html, passages, between = [], pages, firstPage } = outcome;
  db.prepare(
    'INSERT OR REPLACE INTO document_text (document_id, form, title, outline, html, rest, first_page) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    documentId,
    form,
    title ?? null,
    JSON.stringify(outline),
    html ?? null,
    JSON.stringify(between),
    firstPage ? JSON.stringify(firstPage) : null,
  );
  putPassages(db, reading, passages);
  db.prepare(
    'UPDATE copy SET indexed = ?, pages = ?, unread = NULL, problem = NULL WHERE document_id = ? AND form = ?',
  ).run(hash, pages ?? null, documentId, form);
}

const passageColumns = 'number, kind, heading, text, page, seconds, anchor, boxes';

/** Puts passages in place of those that are there. If they are the same, they stay, with what is known of their meaning. */
function putPassages(db: DatabaseSync, { documentId, form }: Reading, passages: readonly DocumentPassage[]): void {
  const rows = passages.map(({ kind, heading, text: words, boxes, seconds, anchor }, number) => {
    const page = boxes[0]?.page ?? null;
    return [number, kind, heading, words, page, seconds ?? null, anchor ?? null, JSON.stringify(boxes)];
  });
  const there = db
    .prepare(`SELECT ${passageColumns} FROM passage WHERE document_id = ? AND form = ? ORDER BY number`)
    .all(documentId, form)
    .map((row) => Object.values(row));
  if (JSON.stringify(there) === JSON.stringify(rows)) return;
  db.prepare('DELETE FROM passage WHERE document_id = ? AND form = ?').run(documentId, form);
  const put = db.prepare(
    `INSERT INTO passage (document_id, form, ${passageColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const row of rows) put.run(documentId, form, ...row);
}

/** Lets contents that couldn't be read be tried again. */
export function readAgain(db: DatabaseSync, ids: readonly string[]): void {
  const again = db.prepare('UPDATE copy SET unread = NULL, problem = NULL WHERE document_id = ?');
  for (const id of ids) again.run(id);
}

/** A passage as it is kept. */
export interface StoredPassage {
  readonly number: number;
  readonly kind: DocumentPassageKind;
  readonly heading: string;
  readonly text: string;
  readonly page?: number;
  readonly seconds?: number;
  readonly anchor?: string;
  /** Of a PDF: where its lines stand. */
  readonly boxes: readonly LineBox[];
}

/** What a content says, to be read. */
export interface StoredText {
  readonly form: CopyForm;
  /** Of a page: safe HTML, as it was when it was read. */
  readonly html?: string;
  readonly passages: readonly StoredPassage[];
  /** Of a PDF: what else it says. */
  readonly between: readonly BetweenPassages[];
  /** Of a PDF: the size of its first page, if that was noted when it was read. */
  readonly firstPage?: PageSize;
}

/** The forms of a document that have been read, the one that reads best first. */
export function readForms(db: DatabaseSync, documentId: string): CopyForm[] {
  return db
    .prepare(
      "SELECT form FROM document_text WHERE document_id = ? ORDER BY CASE form WHEN 'html' THEN 0 WHEN 'main' THEN 1 ELSE 2 END",
    )
    .all(documentId)
    .map(formOf);
}

/** What one form of a document says; undefined if it hasn't been read. */
export function readDocumentText(db: DatabaseSync, documentId: string, form: CopyForm): StoredText | undefined {
  const row = db
    .prepare('SELECT html, rest, first_page FROM document_text WHERE document_id = ? AND form = ?')
    .get(documentId, form);
  if (!row) return undefined;
  const html = text(row, 'html');
  const passages = db
    .prepare('SELECT * FROM passage WHERE document_id = ? AND form = ? ORDER BY number')
    .all(documentId, form)
    .map((passage): StoredPassage => {
      const [page, seconds, anchor] = [count(passage, 'page'), count(passage, 'seconds'), text(passage, 'anchor')];
      return {
        number: count(passage, 'number') ?? 0,
        kind: oneOf(['text', 'caption', 'note', 'reference'], passage, 'kind') ?? 'text',
        heading: text(passage, 'heading'),
        text: text(passage, 'text'),
        ...(page !== undefined && { page }),
        ...(seconds !== undefined && { seconds }),
        ...(anchor !== '' && { anchor }),
        boxes: boxesIn(text(passage, 'boxes')),
      };
    });
  const between = listIn(text(row, 'rest')).flatMap((one) => betweenIn(one) ?? []);
  const firstPage = sizeIn(text(row, 'first_page'));
  return { form, passages, between, ...(html !== '' && { html }), ...(firstPage && { firstPage }) };
}

function betweenIn(value: unknown): BetweenPassages | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, text: words, boxes, passage, at } = value as Readonly<Record<string, unknown>>;
  const known = (['heading', 'loose'] as const).find((one) => one === kind);
  if (!known || typeof words !== 'string' || typeof passage !== 'number' || typeof at !== 'number') return undefined;
  return { kind: known, text: words, boxes: Array.isArray(boxes) ? boxes.filter(isBox) : [], passage, at };
}

function sizeIn(json: string): PageSize | undefined {
  const value: unknown = json === '' ? undefined : JSON.parse(json);
  if (typeof value !== 'object' || value === null) return undefined;
  const { width, height } = value as Readonly<Record<string, unknown>>;
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? { width, height }
    : undefined;
}

function boxesIn(json: string): readonly LineBox[] {
  return listIn(json).filter(isBox);
}

function listIn(json: string): readonly unknown[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list : [];
}

function isBox(value: unknown): value is LineBox {
  const keys = ['page', 'x', 'y', 'width', 'height', 'at'];
  return (
    typeof value === 'object' &&
    value !== null &&
    keys.every((key) => typeof (value as Readonly<Record<string, unknown>>)[key] === 'number')
  );
}

/** Where the learner was in a document. */
export function readPosition(
  db: DatabaseSync,
  documentId: string,
): { readonly form: CopyForm; readonly position: Position } | undefined {
  const row = db.prepare('SELECT position FROM document WHERE id = ?').get(documentId);
  const [where, fraction, ...anchor] = row ? text(row, 'position').split(' ') : [];
  const form = copyForms.find((one) => one === where);
  if (!form || anchor.length !== 1) return undefined;
  return { form, position: { anchor: anchor[0] ?? '', fraction: Number(fraction) || 0 } };
}

export function keepPosition(
  db: DatabaseSync,
  documentId: string,
  { form, position }: { readonly form: CopyForm; readonly position: Position },
): void {
  const kept = `${form} ${position.fraction} ${position.anchor}`;
  db.prepare('UPDATE document SET position = ? WHERE id = ?').run(kept, documentId);
}
