// What the learner typed → a question to SQLite's full-text search. Nothing of the text itself goes through: words are
// taken out, and each stands in quotes.

import { isStopWord, stem, wordsOf } from './words.ts';

export interface FullTextQuery {
  /** Passages with every word. */
  readonly all: string;
  /** Passages with any of the most telling ones. */
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
/** Each word that is looked for by itself costs a walk through all passages that hold it. */
const mostOfAny = 3;
/** Less than this begins too many words. */
const shortestBeginning = 3;
/** From here on the last letters may be part of an ending that the index has cut off. */
const longEnough = 7;

/** The query for `typed`; undefined if there is no word in it. With `unfinished` its last word may go on. */
export function fullTextQuery(typed: string, { unfinished }: { unfinished: boolean }): FullTextQuery | undefined {
  const text = typed.slice(0, longestInput);
  const all = wordsOf(text);
  const open = unfinished && /[\p{L}\p{N}]$/u.test(text);
  const words = all
    .map((word, n): Wanted => ({ word, stem: stem(word), unfinished: open && n === all.length - 1 }))
    .filter(({ word }) => !isStopWord(word))
    .slice(0, mostWords);
  const [last] = words.slice(-1);
  // What has only just been begun may become anything.
  if (last?.unfinished === true && last.word.length < shortestBeginning && words.length > 1) words.pop();
  if (words.length === 0) return undefined;
  const terms = [...new Set(words.map(termOf))];
  // Long words are the rarer ones: they say most, and are looked up quickest.
  const telling = [...new Set(words.toSorted((x, y) => y.word.length - x.word.length).map(termOf))];
  return {
    all: terms.join(' AND '),
    any: telling.slice(0, mostOfAny).join(' OR '),
    isMatch: (word, stemmed) =>
      words.some((wanted) => stemmed === wanted.stem || (wanted.unfinished && word.startsWith(wanted.word))),
  };
}

/** The index stems what it is asked for; the beginning of a word it takes as it is. */
function termOf({ word, unfinished }: Wanted): string {
  const plain = word.replace(/[^\p{L}\p{N}]/gu, ' ').trim();
  if (!unfinished || word.length < shortestBeginning) return `"${plain}"`;
  // "attentio" begins no stem, "attent" does.
  const beginning = plain.length >= longEnough ? plain.slice(0, -2) : plain;
  return `("${plain}" OR "${beginning}" *)`;
}
