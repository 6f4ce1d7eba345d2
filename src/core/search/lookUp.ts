// Where a question is looked up: in the handbook, in one chapter of it, in what the learner has saved, or in both.

import type { Coverage, Scope } from '../answer.ts';
import { judge, type Verdict } from '../answer/gate.ts';
import { judgeSaved } from '../answer/savedGate.ts';
import type { SavedFinds } from '../library/savedPassage.ts';
import type { Passage } from '../passages.ts';
import type { Question } from '../question.ts';
import type { Translate } from '../translate.ts';
import { fuseFound } from './fuse.ts';
import type { Found, Retriever } from './retrieve.ts';
import { savedQuery, savedRetrieval, type SavedRetrieval } from './savedRetrieval.ts';
import type { SearchIndex } from './searchIndex.ts';

/** What the learner has saved. */
export interface SavedSource {
  /** The passages that answer best to a text. Rejects if the library can't be read. */
  readonly find: (text: string) => Promise<SavedFinds>;
  /**
   * The passages nearest in meaning to a vector that the embedding model with that hash made, nearest first. Left out where
   * there is no such model.
   */
  readonly near?: (modelHash: string, vector: readonly number[], limit: number) => Promise<readonly Passage[]>;
  /** The passages with these ids that are still there. */
  readonly passages: (ids: readonly string[]) => Promise<readonly Passage[]>;
  /** Hears why the library couldn't be read where the handbook answers without it. */
  readonly report: (error: unknown) => void;
}

/** What was found, and whether that covers the question; where it doesn't, `ranked` is what comes nearest. */
export interface LookedUp {
  readonly found: Found;
  readonly verdict: Verdict;
  /** Where it was looked for: the handbook alone where the library holds nothing. */
  readonly where: Scope['kind'];
}

interface LookedUpInLibrary extends LookedUp {
  readonly found: SavedRetrieval;
}

export type LookUp = (question: Question) => Promise<LookedUp>;

export interface LookUpParts {
  readonly retrieve: Retriever;
  readonly index: SearchIndex;
  /** Left out where there is no library. */
  readonly saved?: SavedSource | undefined;
  readonly t: Translate;
}

/** Looks questions up within their scope. */
export function createLookUp({ retrieve, index, saved, t }: LookUpParts): LookUp {
  const inHandbook = (question: Question, where: 'handbook' | 'chapter'): LookedUp => {
    const found = retrieve(question);
    return { found, verdict: judge(question.text, found, where), where };
  };
  const inLibrary = async (question: Question): Promise<LookedUpInLibrary> => {
    const finds = (await saved?.find(savedQuery(question))) ?? { found: [], words: [], passages: 0 };
    const found = savedRetrieval(question, finds, index, t);
    return { found, verdict: judgeSaved(question.text, found), where: 'library' };
  };
  return async (question) => {
    switch (question.scope?.kind) {
      case 'handbook':
      case undefined:
        return inHandbook(question, 'handbook');
      case 'chapter': {
        const looked = inHandbook(question, 'chapter');
        if (!looked.verdict.reason) return looked;
        // What comes nearest may stand in another chapter.
        return { ...looked, found: retrieve({ ...question, scope: { kind: 'handbook' } }) };
      }
      case 'library':
        return inLibrary(question);
      case 'all': {
        // The library is searched elsewhere meanwhile.
        const searching = inLibrary(question);
        const handbook = inHandbook(question, 'handbook');
        try {
          return together(handbook, await searching);
        } catch (error) {
          saved?.report(error);
          return handbook;
        }
      }
    }
  };
}

const coverages: readonly Coverage[] = ['not-covered', 'partly', 'covered'];

/** Each gate decides on its own: what only one of them lets through is answered from there alone. */
function together(handbook: LookedUp, library: LookedUpInLibrary): LookedUp {
  if (library.found.empty) return handbook;
  const [here, there] = [coverages.indexOf(handbook.verdict.coverage), coverages.indexOf(library.verdict.coverage)];
  if (here === 0 && there === 0)
    return { ...handbook, found: withUnknownOfBoth(handbook.found, library.found), where: 'all' };
  if (there === 0) return { ...handbook, where: 'all' };
  if (here === 0) return { ...library, where: 'all' };
  return {
    found: fuseFound(handbook.found, library.found),
    verdict: here >= there ? handbook.verdict : library.verdict,
    where: 'all',
  };
}

/** What neither has a word for. */
function withUnknownOfBoth(handbook: Found, library: SavedRetrieval): Found {
  const missing = new Set(library.question.unknown);
  const unknown = handbook.question.unknown.filter((word) => missing.has(word));
  return { ...handbook, question: { ...handbook.question, unknown } };
}
