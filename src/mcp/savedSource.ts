// The learner's library, opened anew for each call: it may begin while the server runs, and windows write to it.

import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SavedSource } from '../core/search/lookUp.ts';
import { inEnglish } from '../core/translate.ts';
import { findForQuestion, passagesById } from '../library/search.ts';

const mostPassages = 24;
/** Milliseconds to wait for a window that is writing. */
const patience = 2000;

/** @param path of the library's database, which need not be there */
export function savedSource(path: string, report: (error: unknown) => void): SavedSource {
  const asking = <T>(work: (db: DatabaseSync) => T, none: T): Promise<T> => {
    if (!existsSync(path)) return Promise.resolve(none);
    const db = new DatabaseSync(path, { readOnly: true, timeout: patience });
    try {
      return Promise.resolve(work(db));
    } finally {
      db.close();
    }
  };
  return {
    find: async (text) =>
      asking((db) => findForQuestion(db, text, mostPassages), { found: [], words: [], passages: 0 }),
    passages: async (ids) => asking((db) => passagesById(db, ids, inEnglish), []),
    report,
  };
}
