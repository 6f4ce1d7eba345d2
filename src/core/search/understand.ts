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
  /** Whether it leans on earlier questions, or on what it is asked about. */
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
const inherited = [0.7, 0.4, 0.2];

/** Works out what `question` asks for, correcting typos by the curriculum's own words. */
export function understand(question: Question, index: SearchIndex): UnderstoodQuestion {
  const here = readWords(question.text, index);
  const own = new Set(here.known.map(stem));
  const followUp = question.history.length > 0 && leansOnHistory(question.text, own);
  const weights = new Map<string, number>();
  const add = (terms: readonly string[], weight: number): void => {
    for (const term of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight));
  };
  add([...own], 1);
  if (followUp) {
    const before = question.history.slice(-inherited.length).reverse();
    for (const [n, text] of before.entries()) add(readWords(text, index).known.map(stem), inherited[n] ?? 0);
  }
  if (question.about?.text) add(readWords(question.about.text, index).known.map(stem), 0.4);
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight })),
    own,
    unknown: [...new Set(here.unknown)],
    followUp: followUp || question.about !== undefined,
  };
}

function readWords(text: string, index: SearchIndex): { known: string[]; unknown: string[] } {
  const known: string[] = [];
  const unknown: string[] = [];
  for (const word of wordsOf(text)) {
    if (isStopWord(word)) continue;
    if (index.terms.has(stem(word))) known.push(word);
    else {
      const meant = index.otherWords.has(word) ? undefined : nearestWord(word, index.vocabulary);
      if (meant === undefined) unknown.push(word);
      else if (!isStopWord(meant)) known.push(meant);
    }
  }
  return { known, unknown };
}

/** A short question, or one with a pronoun that stands for something said before. */
function leansOnHistory(text: string, own: ReadonlySet<string>): boolean {
  return own.size <= 2 || (own.size <= 6 && wordsOf(text).some((word) => pronouns.has(word)));
}
