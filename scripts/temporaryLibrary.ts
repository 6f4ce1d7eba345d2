// Files as a learner's library for as long as a script runs, read by the library's own code.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentProblem } from '../src/core/library/savedDocument.ts';
import type { ExtractProblem } from '../src/core/library/documentText.ts';
import type { SavedSource } from '../src/core/search/lookUp.ts';
import { inEnglish } from '../src/core/translate.ts';
import { openLibrary } from '../src/library/library.ts';
import { passagesById } from '../src/library/search.ts';
import { projectRoot } from './host/paths.mjs';

export interface TemporaryLibrary {
  readonly saved: SavedSource;
  /** The file that a document was made from. */
  readonly fileOf: (documentId: string) => string | undefined;
  /** Files that are there and can't be read as a text, and why. */
  readonly unread: readonly { readonly file: string; readonly problem: ExtractProblem }[];
  readonly close: () => Promise<void>;
}

/** Saves and reads them all, under the titles that `titleOf` gives them; rejects if one is no document. */
export async function openTemporaryLibrary(
  files: readonly string[],
  titleOf: (file: string) => string,
): Promise<TemporaryLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  const library = openLibrary({
    folder: join(folder, 'library'),
    network: () => ({ proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: false }),
    quota: () => 1e10,
    userAgent: '',
    now: Date.now,
    newId: randomUUID,
    report: console.error,
    extract: {
      entry: join(projectRoot, 'src/library/extract/main.ts'),
      data: join(projectRoot, 'node_modules/pdfjs-dist'),
    },
    searchScript: join(projectRoot, 'src/library/searchMain.ts'),
  });
  const close = async (): Promise<void> => {
    await library.dispose();
    rmSync(folder, { recursive: true });
  };
  try {
    const names = new Map<string, string>();
    for (const file of files) names.set(await library.addFile(file, { title: titleOf(file) }), file);
    await library.texts.whenIdle();
    return {
      saved: {
        find: (text) => library.search.find(text, 24),
        passages: (ids) => Promise.resolve(library.shelf.ask((db) => passagesById(db, ids, inEnglish))),
        report: (error) => {
          throw error;
        },
      },
      fileOf: (documentId) => names.get(documentId),
      unread: library.shelf.documents().flatMap((document) => {
        const problem = documentProblem(document);
        return problem ? [{ file: names.get(document.id) ?? document.title, problem }] : [];
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
