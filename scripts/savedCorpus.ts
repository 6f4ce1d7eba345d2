// The documents of eval/library as a learner's library.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SavedSource } from '../src/core/search/lookUp.ts';
import { projectRoot } from './host/paths.mjs';
import { openTemporaryLibrary } from './temporaryLibrary.ts';

export interface SavedCorpus {
  readonly saved: SavedSource;
  /** The file, without its ending, that a document was saved from. */
  readonly nameOf: (documentId: string) => string;
  readonly close: () => Promise<void>;
}

/** Saves and reads them all. */
export async function openSavedCorpus(): Promise<SavedCorpus> {
  const corpus = join(projectRoot, 'eval', 'library');
  const files = readdirSync(corpus)
    .sort()
    .map((file) => join(corpus, file));
  const nameOf = (file: string): string => basename(file, '.md');
  const { saved, fileOf, close } = await openTemporaryLibrary(files, (file) => nameOf(file).replaceAll('-', ' '));
  return { saved, nameOf: (documentId) => nameOf(fileOf(documentId) ?? ''), close };
}
