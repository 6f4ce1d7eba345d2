// What the learner typed → a question to SQLite's full-text search. Nothing of the text itself goes through: words are
// taken out, and each stands in quotes.

import { isStopWord, stem, wordsOf } from './words.ts';

export interface FullTextQuery {
  /** Passages with every word. */
  readonly all: string;
  /** Passages with any of them. */
  readonly any: string;
  /** Whether a word of a passage, as written (normalised) and stemmed, is one of those that were asked for. */
  readonly isMatch: (word: string, stemmed: string) => boolean;
}

interface Wanted {
  readonly word: string;
  readonly stem: string;
  readonly unfinished: boolean;
}

const longestInput = 200;
const mostWords = 16;
/** A shorter stem begins too many other words. */
const shortestStem = 4;

/** The query for `typed`; undefined if there is no word in it. With `unfinished` its last word may go on. */
export function fullTextQuery(typed: string, { unfinished }: { unfinished: boolean }): FullTextQuery | undefined {
  const text = typed.slice(0, longestInput);
  const all = wordsOf(text);
  const open = unfinished && /[\p{L}\p{N}]$/u.test(text);
  const words = all
    .map((word, n): Wanted => ({ word, stem: stem(word), unfinished: open && n === all.length - 1 }))
    .filter(({ word, unfinished: last }) => last || !isStopWord(word))
    .slice(0, mostWords);
  if (words.length === 0) return undefined;
  const terms = [...new Set(words.map(termOf))];
  return {
    all: terms.join(' AND '),
    any: terms.join(' OR '),
    isMatch: (word, stemmed) =>
      words.some((wanted) => stemmed === wanted.stem || (wanted.unfinished && word.startsWith(wanted.word))),
  };
}

/** Words are indexed as they are written: a word is found in all its forms by what they begin with. */
function termOf({ word, stem: root, unfinished }: Wanted): string {
  const beginning = root.length >= shortestStem && word.startsWith(root) ? root : undefined;
  const exact = `"${word.replace(/[^\p{L}\p{N}]/gu, ' ').trim()}"`;
  if (unfinished) return `${exact} *`;
  if (beginning !== undefined) return `"${beginning}" *`;
  return word.endsWith('s') ? exact : `(${exact} OR "${word.replace(/[^\p{L}\p{N}]/gu, '')}s")`;
}
