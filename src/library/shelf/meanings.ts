// What passages mean to the embedding model that the learner has chosen. Each function stands in a transaction of the shelf.

import type { DatabaseSync } from 'node:sqlite';
import { coarseVector } from '../../core/search/coarseVector.ts';
import { numberOf } from '../../core/sqlite.ts';
import { text } from './rows.ts';

/** A passage whose meaning isn't known yet. */
export interface Meaningless {
  readonly id: number;
  readonly text: string;
  /** What the model is asked about: with the titles it stands under. */
  readonly whole: string;
}

/** A window that makes vectors. */
export interface Maker {
  readonly token: string;
  /** The hash of its model's file. */
  readonly model: string;
}

/** Passages that the search finds: no references, and of a paper that is kept as PDF and as page the printed ones. */
const meant = `passage.kind <> 'reference' AND (form <> 'html' OR NOT EXISTS (
  SELECT 1 FROM passage AS printed WHERE printed.document_id = passage.document_id AND printed.form = 'main'))`;

/**
 * Lets a window make vectors until then; false while another one does. Vectors of another model are dropped: it thinks of
 * other meanings.
 */
export function claimMeaning(db: DatabaseSync, { token, model }: Maker, now: number, until: number): boolean {
  const row = db.prepare('SELECT * FROM meaning').get();
  if (row && row['maker'] !== null && row['maker'] !== token && Number(row['made_until']) > now) return false;
  if (row && text(row, 'model') !== model) db.exec('DELETE FROM passage_meaning');
  db.prepare(
    `INSERT INTO meaning (only_one, model, maker, made_until) VALUES (1, ?, ?, ?)
     ON CONFLICT (only_one) DO UPDATE SET model = excluded.model, maker = excluded.maker, made_until = excluded.made_until`,
  ).run(model, token, until);
  return true;
}

export function releaseMeaning(db: DatabaseSync, { token }: Maker): void {
  db.prepare('UPDATE meaning SET maker = NULL, made_until = 0 WHERE maker = ?').run(token);
}

/** The next passages after `after` whose meaning isn't known. */
export function nextMeaningless(db: DatabaseSync, after: number, limit: number): Meaningless[] {
  return db
    .prepare(
      `SELECT passage.id, document.title, heading, text FROM passage JOIN document ON document.id = document_id
       WHERE passage.id > ? AND ${meant} AND NOT EXISTS (SELECT 1 FROM passage_meaning WHERE passage_id = passage.id)
       ORDER BY passage.id LIMIT ?`,
    )
    .all(after, limit)
    .map((row) => {
      const words = text(row, 'text');
      const above = [text(row, 'title'), text(row, 'heading')].filter((line) => line !== '');
      return { id: Number(row['id']), text: words, whole: [...above, words].join('\n') };
    });
}

/**
 * Keeps vectors; false if they aren't wanted from this window any more. What was removed meanwhile gets none; what the model
 * refused gets an empty one, so that it isn't asked again.
 */
export function keepMeanings(
  db: DatabaseSync,
  maker: Maker,
  made: readonly { readonly passage: Meaningless; readonly vector: readonly number[] | undefined }[],
  until: number,
): boolean {
  const held = db
    .prepare('UPDATE meaning SET made_until = ? WHERE maker = ? AND model = ?')
    .run(until, maker.token, maker.model);
  if (held.changes === 0) return false;
  // The id of a passage that is gone may be another's by now.
  const put = db.prepare(
    "INSERT OR REPLACE INTO passage_meaning (passage_id, vector) SELECT id, coalesce(?, x'') FROM passage WHERE id = ? AND text = ?",
  );
  for (const { passage, vector } of made) put.run(vector ? coarseVector(vector) : null, passage.id, passage.text);
  return true;
}

/** How many passages the model refused. */
export function countRefused(db: DatabaseSync): number {
  return numberOf(db, "SELECT count(*) FROM passage_meaning WHERE vector = x''");
}

/** How many passages there are to be known by their meaning, and of how many it is known, or that they are refused. */
export function countMeanings(db: DatabaseSync): { readonly done: number; readonly total: number } {
  return {
    done: numberOf(db, 'SELECT count(*) FROM passage_meaning'),
    total: numberOf(db, `SELECT count(*) FROM passage WHERE ${meant}`),
  };
}

/** Of which model the vectors are; empty if there are none. */
export function meaningModel(db: DatabaseSync): string {
  const row = db.prepare('SELECT model FROM meaning').get();
  return row ? text(row, 'model') : '';
}
