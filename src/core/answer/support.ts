// Whether passages carry a sentence: by its words, weighed by how much each tells, its numbers, and what it denies. A check
// of words, not of meaning: it finds sentences that come from somewhere else, and altered ones, not every wrong one.

import { passageText, type Passage } from '../passages.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import { contentTerms, numbersOf, readClaim, type Claim } from './claim.ts';

/** A passage as sentences are held against it. */
export interface Ground {
  /** Everything it says, its heading and its chapter's title included. */
  readonly terms: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly sentences: readonly Claim[];
}

/** What is known of words. */
export interface WordKnowledge {
  /** A stemmed term's inverse document frequency. */
  readonly weightOf: (term: string) => number;
  /** Whether a term names a thing of the field: rare in English, not everywhere in the curriculum. */
  readonly isTelling: (term: string) => boolean;
}

export function wordKnowledge(index: Pick<SearchIndex, 'terms' | 'unknownWeight' | 'fieldLogOdds'>): WordKnowledge {
  const weightOf = (term: string): number => index.terms.get(term) ?? index.unknownWeight;
  return {
    weightOf,
    isTelling: (term) => weightOf(term) >= telling.weight && (index.fieldLogOdds.get(term) ?? 0) >= telling.odds,
  };
}

/** Reads a passage once for all sentences that are held against it. */
export function groundOf(passage: Passage, chapterTitle: string): Ground {
  const said = [passageText(passage), passage.unquoted].join(' ');
  return {
    terms: new Set(contentTerms(`${chapterTitle} ${passage.heading} ${said}`)),
    numbers: numbersOf(said, true),
    sentences: passage.sentences.map(({ text }) => readClaim(text)),
  };
}

export interface Support {
  /** The share of the sentence's weight that the passages have, half of it in one place; 0 to 1. */
  readonly share: number;
  /** It has a number that no passage has. */
  readonly missingNumber: boolean;
  /** It names a thing of the field that no passage names. */
  readonly foreign: boolean;
  /** It denies what the passage says, or says what the passage denies. */
  readonly contrary: boolean;
  /** It says what a sentence says, of something else. */
  readonly swapped: boolean;
  readonly supported: boolean;
}

/** A sentence is carried from this share on. This and `telling` are calibrated in test/core/answer/support.test.ts. */
const carried = 0.6;
/** Of a claim with at most so many unknown words of such weight, so much is in the sentence, and so much of the sentence in it. */
const swap = { most: 2, weight: 2.7, alike: 0.9, kept: 0.7 };
const telling = { weight: 3, odds: 2.5 };

/** A sentence says a claim from this share on, and the next one belongs to it if it adds so much. */
const saying = { own: 0.4, more: 0.2 };

/** A name tells more than another word: with another one the sentence is about something else. */
const nameWeight = 2;

/** How well grounds, taken together, carry a claim. */
export function supportOf(claim: Claim, grounds: readonly Ground[], { weightOf, isTelling }: WordKnowledge): Support {
  const weight = weighing(claim, weightOf);
  const whole = sumOf(claim.terms, weight) || 1;
  const missing = [...claim.terms].filter((term) => !grounds.some(({ terms }) => terms.has(term)));
  const everywhere = 1 - sumOf(missing, weight) / whole;
  let best = { share: 0, contrary: false, swapped: false };
  for (const { sentences } of grounds) {
    for (const { sentence, own, share } of placesIn(sentences, claim, weight)) {
      if (share + own > best.share)
        best = {
          share: share + own,
          contrary: own > 0.75 && turns(claim, sentence, weight),
          swapped: swaps(claim, sentence, missing, weight),
        };
    }
  }
  const share = 0.5 * everywhere + 0.25 * best.share;
  const missingNumber = [...claim.numbers].some((number) => !grounds.some(({ numbers }) => numbers.has(number)));
  const foreign = missing.some(isTelling);
  const { contrary, swapped } = best;
  const supported = share >= carried && !missingNumber && !foreign && !contrary && !swapped;
  return { share, missingNumber, foreign, contrary, swapped, supported };
}

/**
 * Which of a ground's sentences say a claim: the one that says most of it, and the next if that says more of it; the index
 * of the first and of the one after the last. Undefined if none says much of it.
 */
export function sayingSentences(
  claim: Claim,
  { sentences }: Ground,
  { weightOf }: WordKnowledge,
): { readonly from: number; readonly to: number } | undefined {
  let best: { from: number; own: number; share: number } | undefined;
  for (const [from, { own, share }] of placesIn(sentences, claim, weighing(claim, weightOf)).entries()) {
    if (own >= saying.own && (!best || own + share > best.own + best.share)) best = { from, own, share };
  }
  return best && { from: best.from, to: best.from + (best.share >= best.own + saying.more ? 2 : 1) };
}

/** For each sentence: which share of a claim's weight it has, and which it has with the next one. */
function placesIn(
  sentences: readonly Claim[],
  claim: Claim,
  weight: (term: string) => number,
): { readonly sentence: Claim; readonly own: number; readonly share: number }[] {
  const terms = [...claim.terms];
  const whole = sumOf(terms, weight) || 1;
  return sentences.map((sentence, n) => {
    const next = sentences[n + 1];
    const own = terms.filter((term) => sentence.terms.has(term));
    const both = terms.filter((term) => sentence.terms.has(term) || next?.terms.has(term));
    return { sentence, own: sumOf(own, weight) / whole, share: sumOf(both, weight) / whole };
  });
}

function weighing(claim: Claim, weightOf: WordKnowledge['weightOf']): (term: string) => number {
  return (term) => weightOf(term) * (claim.names.has(term) ? nameWeight : 1);
}

/**
 * Whether a claim that says otherwise the same as a sentence has a "not" more, or lacks one. A part of the sentence may well
 * do without the denial in another part.
 */
function turns(claim: Claim, sentence: Claim, weight: (term: string) => number): boolean {
  if (claim.denials > sentence.denials) return true;
  const shared = sumOf(
    [...sentence.terms].filter((term) => claim.terms.has(term)),
    weight,
  );
  return claim.denials < sentence.denials && shared > 0.75 * sumOf(sentence.terms, weight);
}

/**
 * Whether a claim is a sentence but for a thing or two, in place of which it names others that no passage names. Elsewhere
 * an unknown word may be the learner's own; here it stands where the sentence says something else.
 */
function swaps(claim: Claim, sentence: Claim, missing: readonly string[], weight: (term: string) => number): boolean {
  const others = missing.filter((term) => weight(term) >= swap.weight);
  const lost = [...sentence.terms].filter((term) => !claim.terms.has(term));
  if (others.length === 0 || others.length > swap.most || lost.length === 0) return false;
  const shared = sumOf(
    [...claim.terms].filter((term) => sentence.terms.has(term)),
    weight,
  );
  const rest = sumOf(claim.terms, weight) - sumOf(others, weight);
  return shared >= swap.alike * rest && shared >= swap.kept * sumOf(sentence.terms, weight);
}

function sumOf(terms: Iterable<string>, weight: (term: string) => number): number {
  let sum = 0;
  for (const term of terms) sum += weight(term);
  return sum;
}
