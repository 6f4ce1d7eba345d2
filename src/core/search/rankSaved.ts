// Passages that the index of the library has found → best first, by all words of the question. The index ranks by the few
// words that it is quick with; here every word counts.

import type { SavedFinds, SavedPassage } from '../library/savedPassage.ts';
import type { CountedWords, FullTextTerm } from './fullText.ts';
import { stem } from './words.ts';

/** A word that is looked for, with how many passages of the library have it. */
export interface Sought {
  readonly term: FullTextTerm;
  readonly passages: number;
}

/** BM25 over several fields (Robertson and Zaragoza, 2009). Lengths in words. */
const bm25 = { k: 1.2, b: 0.5, usualLength: 120, title: 3, heading: 2 };

/**
 * Ranks passages. One with all words of the question comes before one that says a single word of it often.
 * @param total how many passages the library has
 */
export function rankSaved(
  passages: readonly SavedPassage[],
  sought: readonly Sought[],
  total: number,
): SavedFinds['found'][number][] {
  const weighed = sought.map(({ term, passages: n }) => ({ term, weight: rarity(n, total) }));
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0) || 1;
  return passages
    .map((passage) => {
      const [title, heading, text] = [passage.title, passage.heading, passage.text].map(countWords);
      if (!title || !heading || !text) return { passage, score: 0 };
      const length = 1 - bm25.b + (bm25.b * text.length) / bm25.usualLength;
      let score = 0;
      let covered = 0;
      for (const { term, weight } of weighed) {
        const often =
          bm25.title * term.occurrences(title) +
          bm25.heading * term.occurrences(heading) +
          term.occurrences(text) / length;
        score += (weight * often) / (bm25.k + often);
        if (often > 0) covered += weight;
      }
      return { passage, score: score * (covered / whole) };
    })
    .sort((a, b) => b.score - a.score);
}

/** ln(1 + N / n) of a word in n of N passages, the most for one in none. */
export function rarity(n: number, total: number): number {
  return Math.log(1 + Math.max(1, total) / Math.max(1, n));
}

interface Counted extends CountedWords {
  readonly length: number;
}

/** The words as the index takes them apart: no compounds, no accents. */
export function countWords(text: string): Counted {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  const all =
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of all) {
    words.set(word, (words.get(word) ?? 0) + 1);
    const stemmed = stem(word);
    stems.set(stemmed, (stems.get(stemmed) ?? 0) + 1);
  }
  return { words, stems, length: all.length };
}
