// Search while typing: the last word may be unfinished, any word may be misspelt, and nothing that is typed may throw.

import type lunr from 'lunr';
import type { Curriculum } from '../curriculum.ts';
import type { Passage } from '../passages.ts';
import type { SearchBox, SearchHit } from '../searchHit.ts';
import type { SearchIndex } from './searchIndex.ts';
import { createSnippets, type SnippetOf } from './snippet.ts';
import { allowedErrors, editDistance, nearestWord } from './typos.ts';
import { isStopWord, stem, wordsOf } from './words.ts';

/** One typed word with everything it may stand for. */
interface TypedWord {
  readonly stem: string;
  /** Unstemmed words of the curriculum: the word itself, those it begins, the one it was meant to be. */
  readonly words: readonly string[];
}

const longestInput = 200;
/** A prefix of two letters begins hundreds of words; the commonest are enough. */
const completions = 40;

export function createSearchBox(index: SearchIndex, curriculum: Curriculum, passages: readonly Passage[]): SearchBox {
  const snippetOf = createSnippets();
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const vocabulary = [...index.words].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return (typed, limit) => {
    const words = readTyped(typed, index, vocabulary);
    if (words.length === 0) return [];
    const results = index.passages.query((query) => {
      for (const [n, word] of words.entries()) addClauses(query, word, n === words.length - 1);
    });
    return results
      .map(({ ref, score, matchData }) => ({
        ref,
        score: score * matchedShare(words, matchData.metadata) ** 2,
      }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .flatMap(({ ref }) => {
        const passage = byId.get(ref);
        return passage ? [hitOf(passage, curriculum, words, snippetOf)] : [];
      });
  };
}

function readTyped(typed: string, index: SearchIndex, vocabulary: readonly (readonly [string, number])[]): TypedWord[] {
  const text = typed.slice(0, longestInput);
  const all = wordsOf(text);
  const words = all.filter((word, n) => !isStopWord(word) || n === all.length - 1);
  const unfinished = /[\p{L}\p{N}]$/u.test(text);
  return words.map((word, n) => {
    const last = unfinished && n === words.length - 1;
    const begun = last ? completionsOf(word, vocabulary) : [];
    // "title" is a word, if none of the curriculum's: it wasn't meant to be "tile".
    const known = index.words.has(word) || index.terms.has(stem(word)) || index.otherWords.has(word);
    const meant =
      known || begun.length > 0
        ? undefined
        : (nearestWord(word, index.vocabulary) ?? (last ? nearestBeginning(word, vocabulary) : undefined));
    const alternatives = [word, ...begun, ...(meant === undefined ? [] : [meant])];
    return { stem: stem(meant ?? word), words: [...new Set(alternatives)] };
  });
}

/** The commonest words that begin with `prefix`, found by bisection in the sorted vocabulary. */
function completionsOf(prefix: string, vocabulary: readonly (readonly [string, number])[]): string[] {
  let low = 0;
  for (let high = vocabulary.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((vocabulary[middle]?.[0] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (vocabulary[end]?.[0].startsWith(prefix)) end++;
  const found = vocabulary.slice(low, end).filter(([word]) => word !== prefix);
  return found
    .sort((a, b) => b[1] - a[1])
    .slice(0, completions)
    .map(([word]) => word);
}

/** A word whose beginning is what was probably meant, for an unfinished word with a typo in it. */
function nearestBeginning(word: string, vocabulary: readonly (readonly [string, number])[]): string | undefined {
  const limit = Math.min(1, allowedErrors(word));
  if (limit === 0) return undefined;
  const near = vocabulary.filter(
    ([candidate]) =>
      candidate.startsWith(word.charAt(0)) &&
      candidate.length > word.length &&
      editDistance(word, candidate.slice(0, word.length), limit) <= limit,
  );
  return near.sort((a, b) => b[1] - a[1])[0]?.[0];
}

function addClauses(query: lunr.Query, word: TypedWord, last: boolean): void {
  query.term(word.stem, { fields: ['heading', 'text'], boost: 2, usePipeline: false });
  for (const [n, alternative] of word.words.entries()) {
    query.term(alternative, {
      fields: ['exactHeading', 'exact'],
      boost: n === 0 ? 2 : last ? 1 : 0.5,
      usePipeline: false,
    });
  }
}

function matchedShare(words: readonly TypedWord[], matched: object): number {
  const found = words.filter(
    (word) => word.stem in matched || word.words.some((alternative) => alternative in matched),
  );
  return found.length / words.length;
}

function hitOf(passage: Passage, curriculum: Curriculum, words: readonly TypedWord[], snippetOf: SnippetOf): SearchHit {
  const isMatch = (word: string, stemmed: string): boolean =>
    words.some((typed) => typed.stem === stemmed || typed.words.includes(word));
  return {
    passageId: passage.id,
    chapterId: passage.chapterId,
    chapterTitle: curriculum.chapters[passage.chapterId]?.title ?? '',
    heading: passage.heading,
    ...snippetOf(passage, isMatch),
  };
}
