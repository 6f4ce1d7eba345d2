// What the library has on a question, with the evidence on which its own gate decides. The handbook's evidence says nothing
// here: the learner's documents are about whatever they are about.

import { asPassage } from '../library/asPassage.ts';
import type { SavedFinds, SavedPassage } from '../library/savedPassage.ts';
import type { Question } from '../question.ts';
import { plainSentences } from '../sentenceEnds.ts';
import type { Translate } from '../translate.ts';
import { fullTextTerms, type FullTextTerm } from './fullText.ts';
import { countWords, rarity } from './rankSaved.ts';
import type { Found } from './retrieve.ts';
import type { SearchIndex } from './searchIndex.ts';
import { inherited, leansOnContext } from './understand.ts';

/** How much of the question's weight (its words, the rarer the more) was found where; 0 to 1. */
export interface SavedEvidence {
  /** In the best single passage, its title and heading included. */
  readonly passage: number;
  /** In the best single sentence. */
  readonly sentence: number;
  /** In the first few passages of the best document together. */
  readonly together: number;
  /** Anywhere in the library. */
  readonly known: number;
  /** How much of the question was found in the best passage at all, as a share of what a long question brings. */
  readonly amount: number;
}

export interface SavedRetrieval extends Found {
  readonly evidence: SavedEvidence;
  /** There is nothing in the library that could be found. */
  readonly empty: boolean;
}

/** How many passages are read for evidence, and how many of them count together. */
const read = 8;
const together = 3;
/** The summed weight of the words of a long question. */
const longQuestion = 25;

/** What the library is to be searched for: a question that leans on the one before it brings that one's words along. */
export function savedQuery({ text, history }: Question): string {
  const before = history.at(-1);
  return before !== undefined && leans(text) ? `${text}\n${before}` : text;
}

/** What was found for `savedQuery` of a question. */
export function savedRetrieval(
  question: Question,
  finds: SavedFinds,
  index: SearchIndex,
  t: Translate,
): SavedRetrieval {
  const { found, words, passages } = finds;
  const counts = new Map(words.map(({ word, passages: n }) => [word, n]));
  const weightOf = ({ word, stem }: Pick<FullTextTerm, 'word' | 'stem'>): number =>
    weigh(rarity(counts.get(word) ?? 0, passages) / rarity(0, passages), stem, index);
  const terms = fullTextTerms(question.text, { unfinished: false });
  const own = new Set(terms.map(({ word }) => word));
  const best = found[0]?.score ?? 1;
  const ranked = found.map(({ passage, score }) => ({ passage: asPassage(passage, t), score: score / best }));
  const asked = words.map((word) => ({ ...word, weight: own.has(word.word) ? 1 : (inherited[0] ?? 0) }));
  const follows = question.history.length > 0 && leans(question.text);
  return {
    question: {
      terms: asked.map(({ stem, weight }) => ({ term: stem, weight })),
      own: new Set(terms.map(({ stem }) => stem)),
      unknown: terms.filter(({ word }) => !counts.get(word)).map(({ word }) => word),
      leans: leans(question.text),
      followUp: follows || question.about !== undefined,
    },
    ranked,
    lists: [ranked],
    wanted: new Map(asked.map((word) => [word.stem, word.weight * weightOf(word)])),
    evidence: evidenceOf(
      (follows ? fullTextTerms(savedQuery(question), { unfinished: false }) : terms).map((term) => ({
        term,
        weight: weightOf(term),
        known: (counts.get(term.word) ?? 0) > 0,
      })),
      found.slice(0, read).map(({ passage }) => passage),
    ),
    empty: passages === 0,
  };
}

function leans(text: string): boolean {
  return leansOnContext(text, fullTextTerms(text, { unfinished: false }).length);
}

/**
 * A word that the library hardly has may still be an everyday one: how much it tells in the handbook, where that is known,
 * and how common it is in English keep it down.
 * @param rare its rarity in the library, as a share of the most
 */
function weigh(rare: number, stem: string, { terms, unknownWeight, fieldLogOdds }: SearchIndex): number {
  const inHandbook = terms.get(stem);
  if (inHandbook !== undefined) return Math.min(rare * unknownWeight, inHandbook);
  const everyday = (fieldLogOdds.get(stem) ?? 0) < 0 ? 0.6 : 1;
  return rare * unknownWeight * everyday;
}

interface Weighed {
  readonly term: FullTextTerm;
  readonly weight: number;
  readonly known: boolean;
}

function evidenceOf(terms: readonly Weighed[], passages: readonly SavedPassage[]): SavedEvidence {
  const whole = sum(terms);
  if (whole === 0) return { passage: 0, sentence: 0, together: 0, known: 0, amount: 0 };
  const inText = (text: string): Weighed[] => {
    const words = countWords(text);
    return terms.filter(({ term }) => term.occurrences(words) > 0);
  };
  const covered = passages.map(({ title, heading, text }) => inText(`${title} ${heading} ${text}`));
  const sentences = passages.flatMap(({ text }) => plainSentences(text).map((sentence) => sum(inText(sentence))));
  const ofBest = covered.filter((_, n) => passages[n]?.documentId === passages[0]?.documentId);
  const passage = Math.max(0, ...covered.map(sum));
  return {
    passage: passage / whole,
    sentence: Math.max(0, ...sentences) / whole,
    together: sum([...new Set(ofBest.slice(0, together).flat())]) / whole,
    known: sum(terms.filter(({ known }) => known)) / whole,
    amount: Math.min(1, passage / longQuestion),
  };
}

function sum(terms: readonly Weighed[]): number {
  return terms.reduce((total, { weight }) => total + weight, 0);
}
