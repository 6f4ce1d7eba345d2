// A question → the weighted terms that are looked for, and what of it the curriculum has no word for.

import type { Question } from '../question.ts';
import type { SearchIndex, WeightedTerm } from './searchIndex.ts';
import { nearestWord } from './typos.ts';
import { isStopWord, stem, wordsOf } from './words.ts';

export interface UnderstoodQuestion {
  /** Terms that the curriculum knows: those of the question itself weigh 1, those it inherits from the conversation less. */
  readonly terms: readonly WeightedTerm[];
  /** The question's own terms, known ones. */
  readonly own: ReadonlySet<string>;
  /** Words of the question that the curriculum doesn't know, as typed (lower-cased). */
  readonly unknown: readonly string[];
  /** Whether its own words are too few to say what it is about. */
  readonly leans: boolean;
  /** Whether it is understood from earlier questions or from what it is asked about. */
  readonly followUp: boolean;
}

const pronouns = new Set([
  'it',
  'its',
  'they',
  'them',
  'their',
  'that',
  'those',
  'this',
  'these',
  'one',
  'ones',
  'he',
  'she',
  'so',
  'then',
  'instead',
]);

/** Weight of a term of the question before, and of each one before that. */
export const inherited = [0.7, 0.4, 0.2];

/** Works out what `question` asks for, correcting typos by the curriculum's own words. */
export function understand(question: Question, index: SearchIndex): UnderstoodQuestion {
  const here = readWords(question.text, index);
  const own = new Set(here.known.keys());
  const leans = leansOnContext(question.text, here.count);
  const followUp = leans && question.history.length > 0;
  const weights = new Map<string, number>();
  const add = (terms: ReadonlyMap<string, number>, factor: number): void => {
    for (const [term, weight] of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight * factor));
  };
  add(here.known, 1);
  if (followUp) {
    const before = question.history.slice(-inherited.length).reverse();
    for (const [n, text] of before.entries()) add(readWords(text, index).known, inherited[n] ?? 0);
  }
  if (question.about?.text) add(readWords(question.about.text, index).known, 0.4);
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight })),
    own,
    unknown: [...new Set(here.unknown)],
    leans,
    followUp: followUp || question.about !== undefined,
  };
}

interface ReadWords {
  /** Known terms with their weights. */
  readonly known: ReadonlyMap<string, number>;
  /** Words that mean nothing here. */
  readonly unknown: readonly string[];
  /** How many words tell something, "trade-off" counting once. */
  readonly count: number;
}

function readWords(text: string, index: SearchIndex): ReadWords {
  const known = new Map<string, number>();
  const unknown: string[] = [];
  let count = 0;
  for (const written of text.split(/\s+/)) {
    const forms = wordsOf(written).filter((word) => !isStopWord(word));
    if (forms.length > 0) count++;
    // "trade-off" is looked for as three words, but it is one thing to ask for.
    const weight = forms.length > 1 ? 1.5 / forms.length : 1;
    for (const word of forms) {
      const meant =
        index.terms.has(stem(word)) || index.otherWords.has(word) ? word : nearestWord(word, index.vocabulary);
      if (meant === undefined || !index.terms.has(stem(meant))) unknown.push(word);
      else if (!isStopWord(meant)) known.set(stem(meant), Math.max(known.get(stem(meant)) ?? 0, weight));
    }
  }
  return { known, unknown, count };
}

/**
 * Whether a question is short, or has a pronoun that stands for something said before.
 * @param count how many of its words tell something
 */
export function leansOnContext(text: string, count: number): boolean {
  return count <= 1 || (count <= 6 && wordsOf(text).some((word) => pronouns.has(word)));
}
