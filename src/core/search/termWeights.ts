// How much a word tells: about which passage is meant (inverse document frequency), and about whether the question is about
// this field at all (how much commoner the word is in the curriculum than in English).

import { passageText, type Passage } from '../passages.ts';
import { isStopWord, stem, termsOf, wordsOf } from './words.ts';

/** ln(1 + N / n) for a term in n of N passages, the most for one in none. */
export function inverseDocumentFrequencies(terms: Iterable<string>, passages: readonly Passage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const passage of passages) {
    for (const term of new Set(termsOf(`${passage.heading} ${passageText(passage)} ${passage.unquoted}`))) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  const idf = (term: string): number => Math.log(1 + passages.length / Math.max(1, counts.get(term) ?? 0));
  return new Map([...terms].map((term) => [term, Number(idf(term).toFixed(3))]));
}

/** English words in bands of falling frequency, with the share of running text that one word of the band makes up. */
export interface EnglishBand {
  readonly words: readonly string[];
  readonly frequency: number;
}

/** The frequency of a word that no band has. */
const rare = 1e-6;

/** Log-odds beyond this tell nothing more: a name that occurs often is no more "of the field" than one that occurs a few times. */
export const mostLogOdds = 4;

/** ln(frequency in the curriculum / frequency in English) of each stemmed term of either, between −4 and 4, those near 0 left out. */
export function fieldLogOdds(texts: readonly string[], english: readonly EnglishBand[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of texts.flatMap(termsOf)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const inEnglish = new Map<string, number>();
  for (const { words, frequency } of english) {
    // Several spellings of one stem: the commonest tells.
    for (const term of words
      .flatMap(wordsOf)
      .filter((word) => !isStopWord(word))
      .map(stem)) {
      inEnglish.set(term, Math.max(inEnglish.get(term) ?? 0, frequency));
    }
  }
  const smoothing = 0.5;
  const odds = [...new Set([...counts.keys(), ...inEnglish.keys()])].map((term): [string, number] => {
    const here = ((counts.get(term) ?? 0) + smoothing) / (total + smoothing * counts.size);
    const there = inEnglish.get(term) ?? rare;
    return [term, Number(Math.max(-mostLogOdds, Math.min(mostLogOdds, Math.log(here / there))).toFixed(1))];
  });
  const unseen = unseenLogOdds(total + smoothing * counts.size);
  return new Map(odds.filter(([term, value]) => counts.has(term) || value < unseen));
}

/** The log-odds of a term that neither the curriculum nor the English list has, for a curriculum of `total` running terms. */
function unseenLogOdds(total: number): number {
  return Math.log(0.5 / total / rare);
}
