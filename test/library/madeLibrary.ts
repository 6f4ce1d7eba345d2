// Small libraries for tests, written straight into a real database.

import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { SavedSource } from '../../src/core/search/lookUp.ts';
import { inEnglish } from '../../src/core/translate.ts';
import { findForQuestion, passagesById } from '../../src/library/search.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { folder } from './webServer.ts';

export interface Written {
  /** Its id, too. */
  readonly title: string;
  readonly form?: 'main' | 'html' | 'transcript';
  readonly heading?: string;
  /** On this page, if it has pages. */
  readonly page?: number;
  readonly passages: readonly string[];
}

export interface MadeLibrary {
  readonly path: string;
  readonly db: ReturnType<typeof openDatabase>['db'];
  readonly saved: SavedSource;
  /** What the learner was told. */
  readonly reported: unknown[];
}

/** A library of these documents. */
export function made(t: TestContext, documents: readonly Written[]): MadeLibrary {
  const path = join(folder(t), 'library.db');
  const { db } = openDatabase(path, () => 0, 1000);
  t.after(() => {
    db.close();
  });
  for (const document of documents) add(db, document);
  const reported: unknown[] = [];
  const saved: SavedSource = {
    find: (text) => Promise.resolve().then(() => findForQuestion(db, text, 24)),
    passages: (ids) => Promise.resolve(passagesById(db, ids, inEnglish)),
    report: (error) => {
      reported.push(error);
    },
  };
  return { path, db, saved, reported };
}

function add(db: MadeLibrary['db'], { title, form = 'main', passages, heading = '', page }: Written): void {
  db.prepare(
    "INSERT OR IGNORE INTO document (id, address, title, creators, kind, origin, added_at) VALUES (?, '', ?, '', 'file', 'file', 0)",
  ).run(title, title);
  db.prepare("INSERT INTO copy (document_id, form, address, state) VALUES (?, ?, '', 'resting')").run(title, form);
  const put = db.prepare(
    "INSERT INTO passage (document_id, form, number, kind, heading, text, page, boxes) VALUES (?, ?, ?, 'text', ?, ?, ?, '[]')",
  );
  for (const [number, text] of passages.entries()) put.run(title, form, number, heading, text, page ?? null);
}
