// The documents of eval/library as a learner's library, read by the library's own code.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SavedSource } from '../src/core/search/lookUp.ts';
import { inEnglish } from '../src/core/translate.ts';
import { openLibrary } from '../src/library/library.ts';
import { passagesById } from '../src/library/search.ts';
import { projectRoot } from './host/paths.mjs';

export interface SavedCorpus {
  readonly saved: SavedSource;
  /** The file, without its ending, that a document was saved from. */
  readonly nameOf: (documentId: string) => string;
  readonly close: () => Promise<void>;
}

/** Saves them all. What is in `dist` must be built. */
export async function openSavedCorpus(): Promise<SavedCorpus> {
  const corpus = join(projectRoot, 'eval', 'library');
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  const library = openLibrary({
    folder: join(folder, 'library'),
    network: () => ({ proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: false }),
    quota: () => 1e9,
    userAgent: '',
    now: Date.now,
    newId: randomUUID,
    report: console.error,
    extract: { entry: join(projectRoot, 'dist/extract.mjs'), data: join(projectRoot, 'dist/pdf') },
    searchScript: join(projectRoot, 'src/library/searchMain.ts'),
  });
  const names = new Map<string, string>();
  for (const file of readdirSync(corpus).sort()) {
    const name = basename(file, '.md');
    names.set(await library.addFile(join(corpus, file), { title: name.replaceAll('-', ' ') }), name);
  }
  await library.texts.whenIdle();
  return {
    saved: {
      find: (text) => library.search.find(text, 24),
      passages: (ids) => Promise.resolve(library.shelf.ask((db) => passagesById(db, ids, inEnglish))),
      report: (error) => {
        throw error;
      },
    },
    nameOf: (documentId) => names.get(documentId) ?? '',
    close: async () => {
      await library.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}
