// How well a text was read: are the letters right, and are they in the right order?

import { distance } from 'fastest-levenshtein';
import { plainSentences } from '../../../src/core/sentenceEnds.ts';

export interface Score {
  /** 1 less the share of characters to change to get the source's text (edit distance). */
  readonly characters: number;
  /** The share of sentences that are found and stand in order (longest increasing subsequence). */
  readonly order: number;
}

export function score(read: readonly string[], source: readonly string[]): Score {
  const [got, wanted] = [squeezed(read.join(' ')), squeezed(source.join(' '))];
  const places = source
    .flatMap((text) => plainSentences(text))
    .map((sentence) => squeezed(sentence))
    .filter((sentence) => sentence.length > 25)
    .map((sentence) => placeOf(got, sentence));
  return {
    characters: 1 - distance(got, wanted) / wanted.length,
    order: longestRise(places.filter((place) => place >= 0)) / places.length,
  };
}

/** Where a sentence starts in a text; if not whole, by a part of it: a wrong letter is no wrong order. -1 if nowhere. */
function placeOf(text: string, sentence: string): number {
  const whole = text.indexOf(sentence);
  if (whole >= 0) return whole;
  for (const from of [0, Math.floor(sentence.length / 2), sentence.length - 25]) {
    const place = text.indexOf(sentence.slice(Math.max(0, from), Math.max(0, from) + 25));
    if (place >= 0) return place - Math.max(0, from);
  }
  return -1;
}

/** White space and the form of quotation marks and dashes are the typesetter's; everything else counts. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]|''/g, '"')
    .replace(/[–—−]/g, '-');
}

function longestRise(values: readonly number[]): number {
  const best: number[] = [];
  for (const [at, value] of values.entries()) {
    best.push(1 + Math.max(0, ...best.filter((_, before) => (values[before] ?? 0) < value && before < at)));
  }
  return Math.max(0, ...best);
}
