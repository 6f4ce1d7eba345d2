// What the learner typed → what SQLite's full-text search is asked, word by word. Nothing of the text itself goes through:
// words are taken out, and each stands in quotes.

import { isStopWord, stem, writtenWords, type WrittenWord } from './words.ts';

/** One word that is looked for; a compound ("k-means") is one. */
export interface FullTextTerm {
  /** As it was typed, lower-cased. */
  readonly word: string;
  readonly stem: string;
  /** The query that finds the passages with it. */
  readonly match: string;
  /** Whether a word of a passage, as written (lower-cased) and stemmed, is it or a part of it. */
  readonly isMatch: (word: string, stemmed: string) => boolean;
  /** How often it stands in a text. */
  readonly occurrences: (text: CountedWords) => number;
}

/** How often each word of a text stands there, as written (lower-cased) and stemmed. */
export interface CountedWords {
  readonly words: ReadonlyMap<string, number>;
  readonly stems: ReadonlyMap<string, number>;
}

/** More words than this say nothing more. */
const mostWords = 16;
/** In characters. */
const longestInput = 1000;
/** Less than this begins too many words. */
const shortestBeginning = 3;
/** From here on the last letters may be part of an ending that the index has cut off. */
const longEnough = 7;

/** The words of `typed` that are looked for, each once. With `unfinished` the last one may go on. */
export function fullTextTerms(typed: string, { unfinished }: { unfinished: boolean }): FullTextTerm[] {
  const text = typed.slice(0, longestInput);
  const all = writtenWords(text);
  const open = unfinished && /[\p{L}\p{N}]$/u.test(text);
  const words = all
    .map((written, n) => ({ written, unfinished: open && n === all.length - 1 }))
    .filter(({ written }) => !written.parts.every(isStopWord));
  const last = words.at(-1);
  // What has only just been begun may become anything.
  if (last?.unfinished === true && lengthOf(last.written) < shortestBeginning && words.length > 1) words.pop();
  const terms = words.map(({ written, unfinished: goesOn }) => termOf(written, goesOn));
  return [...new Map(terms.map((term) => [term.match, term])).values()].slice(0, mostWords);
}

function lengthOf({ parts }: WrittenWord): number {
  return parts.at(-1)?.length ?? 0;
}

/** The index stems what it is asked for; the beginning of a word it takes as it is. */
function termOf({ written, parts, joined }: WrittenWord, unfinished: boolean): FullTextTerm {
  // A compound is its parts one after the other, or one word; a plain word may be spelt in two ways.
  const alternatives =
    joined === undefined && parts.length === 1 ? spellings(parts[0] ?? '').map((word) => [word]) : [parts];
  if (joined !== undefined) alternatives.push([joined]);
  const stems = alternatives.map((words) => words.map(stem));
  const telling = new Set(
    alternatives
      .flat()
      .filter((word) => !isStopWord(word))
      .map(stem),
  );
  const last = parts.at(-1) ?? '';
  const begins = unfinished && last.length >= shortestBeginning ? last : undefined;
  const queries = alternatives.map(phrase);
  // "attentio" begins no stem, "attent" does.
  const beginning = last.length >= longEnough ? last.slice(0, -2) : last;
  if (begins !== undefined) queries.push(`${phrase([...parts.slice(0, -1), beginning])} *`);
  return {
    word: written,
    stem: stem(joined ?? parts.join(' ')),
    match: queries.length === 1 ? (queries[0] ?? '') : `(${queries.join(' OR ')})`,
    isMatch: (other, stemmed) => telling.has(stemmed) || (begins !== undefined && other.startsWith(begins)),
    occurrences: (text) => {
      const whole = stems.reduce((sum, each) => sum + Math.min(...each.map((one) => text.stems.get(one) ?? 0)), 0);
      if (whole > 0 || begins === undefined) return whole;
      return [...text.words].reduce((sum, [other, count]) => sum + (other.startsWith(begins) ? count : 0), 0);
    },
  };
}

function phrase(parts: readonly string[]): string {
  return `"${parts.map((part) => part.replace(/[^\p{L}\p{N}]/gu, ' ').trim()).join(' ')}"`;
}

/** Our words are spelt the American way; documents may spell them the British way. */
function spellings(word: string): string[] {
  const british = word.replace(/([iy])z(ations?|ing|ed|ers?|es?)$/, '$1s$2');
  return british === word ? [word] : [word, british];
}
