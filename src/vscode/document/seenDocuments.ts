// How the PDFs that the learner has open, or had open, looked when they last saw them: while this window is open, and no longer.

import { isDeepStrictEqual } from 'node:util';
import type { PdfPlace, SeenPages } from '../../protocol/pdf.ts';

/** Some megabytes in all. */
const mostDocuments = 16;

export interface SeenDocuments {
  /** `hash`: of the file's bytes. */
  readonly keep: (documentId: string, hash: string, seen: SeenPages) => void;
  /** How a document looked if it is still the same file, opened at the same place. */
  readonly find: (documentId: string, hash: string, place: PdfPlace | undefined) => SeenPages | undefined;
}

export function createSeenDocuments(): SeenDocuments {
  const kept = new Map<string, { readonly hash: string; readonly seen: SeenPages }>();
  return {
    keep: (documentId, hash, seen) => {
      // The one that was seen longest ago is the first to go.
      kept.delete(documentId);
      kept.set(documentId, { hash, seen });
      for (const oldest of [...kept.keys()].slice(0, -mostDocuments)) kept.delete(oldest);
    },
    find: (documentId, hash, place) => {
      const found = kept.get(documentId);
      return found?.hash === hash && isDeepStrictEqual(found.seen.place, place) ? found.seen : undefined;
    },
  };
}
