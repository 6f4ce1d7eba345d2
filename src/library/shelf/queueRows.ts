// The queue of what is to be fetched, as rows that all windows share: one window claims a copy for as long as it shows that
// it is alive, and no server is asked more often than is polite, however many windows are open.

import type { DatabaseSync } from 'node:sqlite';
import { hostOf } from '../../core/library/address.ts';
import type { CopyForm } from '../../core/library/address.ts';
import { mayPass } from '../../core/library/failure.ts';
import type { FailureReason } from '../../core/library/failure.ts';
import type { ContentType } from '../../core/library/sniff.ts';
import { makeRoom, putContent, releaseContent } from './contents.ts';
import { count, formOf, text } from './rows.ts';
import type { Row } from './rows.ts';

export interface Politeness {
  /** Fetches at once, over all windows. */
  readonly total: number;
  readonly perHost: number;
  /** Between the beginnings of two fetches from one server. */
  readonly hostMs: (host: string) => number;
  /** How often to try, and how long to wait after the first failure; then four times as long each time. */
  readonly tries: number;
  readonly retryMs: number;
  /** A server that asks us to wait longer is given up for now. */
  readonly longestWaitMs: number;
  /** How long a window that doesn't show itself is believed to be at work. */
  readonly leaseMs: number;
}

export const usualPoliteness: Politeness = {
  total: 4,
  perHost: 1,
  // arXiv asks for one request in three seconds.
  hostMs: (host) => (/(?:^|\.)arxiv\.org$/.test(host) ? 3000 : 1000),
  tries: 4,
  retryMs: 2000,
  longestWaitMs: 10 * 60_000,
  leaseMs: 20_000,
};

/** A copy that this window fetches. */
export interface Claim {
  readonly token: string;
  readonly documentId: string;
  readonly form: CopyForm;
  readonly address: string;
  /** Of the content that is there. */
  readonly known?: { readonly etag?: string; readonly lastModified?: string };
}

/** `wait`: there is nothing to fetch before that time. `idle`: there is nothing to fetch. */
export type NextClaim =
  | { readonly type: 'claim'; readonly claim: Claim }
  | { readonly type: 'wait'; readonly until: number }
  | { readonly type: 'idle' };

/** Takes the next copy out of the queue, if politeness allows. In a transaction. */
export function claimNext(db: DatabaseSync, token: string, now: number, polite: Politeness): NextClaim {
  const rows = db.prepare("SELECT * FROM copy WHERE state IN ('queued', 'fetching') ORDER BY wanted_at, rowid").all();
  if (rows.length === 0) return { type: 'idle' };
  const isHeld = (row: Row): boolean => row['state'] === 'fetching' && (count(row, 'claimed_until') ?? 0) > now;
  const held = rows.filter(isHeld);
  const hosts = held.map((row) => hostOf(text(row, 'address')));
  const times = held.map((row) => count(row, 'claimed_until') ?? 0);
  if (held.length < polite.total) {
    for (const row of rows) {
      const host = hostOf(text(row, 'address'));
      if (isHeld(row) || hosts.filter((each) => each === host).length >= polite.perHost) continue;
      const next = db.prepare('SELECT next_at FROM host WHERE name = ?').get(host);
      const at = Math.max(count(row, 'not_before') ?? 0, (next && count(next, 'next_at')) ?? 0);
      if (at > now) {
        times.push(at);
        continue;
      }
      holdHost(db, host, now + polite.hostMs(host));
      db.prepare(
        `UPDATE copy SET state = 'fetching', claim = ?, claimed_until = ?, done = 0, total = NULL
         WHERE document_id = ? AND form = ?`,
      ).run(token, now + polite.leaseMs, text(row, 'document_id'), text(row, 'form'));
      return { type: 'claim', claim: claimOf(row, token) };
    }
  }
  return { type: 'wait', until: Math.min(...times) };
}

function claimOf(row: Row, token: string): Claim {
  const [etag, lastModified] = [text(row, 'etag'), text(row, 'last_modified')];
  const known = row['hash'] !== null && (etag !== '' || lastModified !== '');
  return {
    token,
    documentId: text(row, 'document_id'),
    form: formOf(row),
    address: text(row, 'address'),
    ...(known && { known: { ...(etag !== '' && { etag }), ...(lastModified !== '' && { lastModified }) } }),
  };
}

function holdHost(db: DatabaseSync, host: string, until: number): void {
  db.prepare(
    'INSERT INTO host VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next_at = max(next_at, excluded.next_at)',
  ).run(host, until);
}

/** Shows that this window is at work on it; false if the copy isn't its own any more: stopped, removed, or taken over. */
export function keepClaim(
  db: DatabaseSync,
  { documentId, form, token }: Claim,
  until: number,
  done: number,
  total: number | undefined,
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE copy SET claimed_until = ?, done = ?, total = ?
       WHERE document_id = ? AND form = ? AND claim = ? AND state = 'fetching'`,
    )
    .run(until, done, total ?? null, documentId, form, token);
  return changes > 0;
}

/** Gives it back to the queue, as if it had never been claimed: the window is closing. */
export function releaseClaim(db: DatabaseSync, { documentId, form, token }: Claim): void {
  db.prepare(
    `UPDATE copy SET state = 'queued', claim = NULL, claimed_until = 0
     WHERE document_id = ? AND form = ? AND claim = ? AND state = 'fetching'`,
  ).run(documentId, form, token);
}

/** What a fetch came to. */
export type Outcome =
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'new';
      readonly path: string;
      readonly hash: string;
      readonly bytes: number;
      readonly content: ContentType;
      readonly charset?: string;
      readonly title?: string;
      readonly version: { readonly etag?: string; readonly lastModified?: string };
    }
  | {
      readonly type: 'failed';
      readonly reason: FailureReason;
      readonly host: string;
      readonly detail: string;
      readonly retryAfterMs?: number;
    };

export interface FinishParts {
  readonly folder: string;
  readonly now: number;
  readonly quota: number;
  readonly polite: Politeness;
}

/** Writes down what a fetch came to; false if the copy wasn't this window's any more. In a transaction. */
export function finishClaim(db: DatabaseSync, claim: Claim, outcome: Outcome, parts: FinishParts): boolean {
  const { documentId, form, token } = claim;
  const row = db
    .prepare("SELECT * FROM copy WHERE document_id = ? AND form = ? AND claim = ? AND state = 'fetching'")
    .get(documentId, form, token);
  if (!row) return false;
  switch (outcome.type) {
    case 'unchanged':
      db.prepare(`UPDATE copy SET ${atRest}, checked_at = ? WHERE document_id = ? AND form = ?`).run(
        parts.now,
        documentId,
        form,
      );
      break;
    case 'new':
      keep(db, claim, outcome, text(row, 'hash'), parts);
      break;
    case 'failed':
      fail(db, claim, outcome, row, parts);
      break;
  }
  return true;
}

/** Not wanted any more. */
const done = 'claim = NULL, claimed_until = 0, tries = 0, not_before = 0, done = 0, total = NULL';
/** Nor in trouble. */
const atRest = `${done}, state = 'resting', reason = NULL, reason_host = NULL, reason_detail = NULL`;

function keep(
  db: DatabaseSync,
  claim: Claim,
  outcome: Extract<Outcome, { type: 'new' }>,
  before: string,
  parts: FinishParts,
): void {
  const { documentId, form, address } = claim;
  const { folder, now, quota, polite } = parts;
  const { hash, bytes, content, charset, title, version } = outcome;
  const isNew = hash !== before && !db.prepare('SELECT 1 FROM copy WHERE hash = ?').get(hash);
  if (isNew && !makeRoom(db, folder, bytes, quota, documentId)) {
    const full = { type: 'failed', reason: 'library-full', host: hostOf(address), detail: `${bytes} bytes` } as const;
    fail(db, claim, full, { tries: polite.tries }, parts);
    return;
  }
  putContent(folder, outcome.path, { hash, type: content });
  db.prepare(
    `UPDATE copy SET ${atRest}, hash = ?, type = ?, bytes = ?, charset = ?, saved_at = ?, etag = ?, last_modified = ?, checked_at = ?
     WHERE document_id = ? AND form = ?`,
  ).run(
    hash,
    content,
    bytes,
    charset ?? null,
    now,
    version.etag ?? null,
    version.lastModified ?? null,
    now,
    documentId,
    form,
  );
  if (before !== hash && before !== '') releaseContent(db, folder, before);
  // A page that was added by its address is called by it until its own title is known.
  if (title !== undefined)
    db.prepare('UPDATE document SET title = ? WHERE id = ? AND title = address').run(title, documentId);
}

function fail(
  db: DatabaseSync,
  { documentId, form, address }: Claim,
  { reason, host, detail, retryAfterMs }: Extract<Outcome, { type: 'failed' }>,
  row: Row,
  { now, polite }: FinishParts,
): void {
  const tries = (count(row, 'tries') ?? 0) + 1;
  const wait = Math.max(retryAfterMs ?? 0, polite.retryMs * 4 ** (tries - 1));
  if (retryAfterMs !== undefined) holdHost(db, hostOf(address), now + Math.min(retryAfterMs, polite.longestWaitMs));
  if (mayPass(reason) && tries < polite.tries && wait <= polite.longestWaitMs) {
    db.prepare(
      `UPDATE copy SET state = 'queued', claim = NULL, claimed_until = 0, tries = ?, not_before = ?
       WHERE document_id = ? AND form = ?`,
    ).run(tries, now + wait, documentId, form);
    return;
  }
  db.prepare(
    `UPDATE copy SET ${done}, reason = ?, reason_host = ?, reason_detail = ?,
       state = CASE WHEN optional AND hash IS NULL AND ? = 'not-found' THEN 'absent' ELSE 'resting' END
     WHERE document_id = ? AND form = ?`,
  ).run(reason, host, detail.slice(0, 500), reason, documentId, form);
}
