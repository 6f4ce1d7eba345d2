// A question → passages, best first, with the evidence on which the gate decides.

import type { Passage } from '../passages.ts';
import type { Question } from '../question.ts';
import { greatest, hits, type Hit, type SearchIndex } from './searchIndex.ts';
import { mostLogOdds } from './termWeights.ts';
import { understand, type UnderstoodQuestion } from './understand.ts';
import { stem } from './words.ts';

export interface RankedPassage {
  readonly passage: Passage;
  /** 0 to 1; comparable within one retrieval only. */
  readonly score: number;
}

/** How much of the question's own weight (summed inverse document frequencies, unknown words included) was found where; 0 to 1. */
export interface Evidence {
  /** In the best single chapter. */
  readonly chapter: number;
  /** In the best single passage. */
  readonly passage: number;
  /** Overlap with the most similar question that a chapter says it answers: shared weight over the larger of both. */
  readonly question: number;
  /** Anywhere in the curriculum. */
  readonly known: number;
  /** In the title and keywords of the best single chapter. */
  readonly topic: number;
  /** How much commoner the question's words are here than in English: mean, least and greatest logarithm, as shares of the most. */
  readonly field: number;
  readonly leastField: number;
  readonly mostField: number;
  /** How much of the question was found at all, as a share of what a long question brings. */
  readonly amount: number;
}

/** What was found for a question, wherever it was looked up. */
export interface Found {
  readonly question: UnderstoodQuestion;
  /** Best first. */
  readonly ranked: readonly RankedPassage[];
  /** The rankings of which `ranked` was fused; another one joins by fusing them all anew. */
  readonly lists: readonly (readonly RankedPassage[])[];
  /** How much each term of the question tells. */
  readonly wanted: ReadonlyMap<string, number>;
}

export interface Retrieval extends Found {
  readonly evidence: Evidence;
}

/** Finds passages of the handbook, or of the chapter that the question is kept to. */
export type Retriever = (question: Question) => Retrieval;

// What each index says is scaled to its best hit of the question, then added with these weights.
// A question about a chapter may still be answered elsewhere, unless it hardly says what it asks.
const weights = { chapter: 1, question: 0.8, passage: 0.4, about: 0.6, leaningAbout: 2.5 };

/** The summed weight of the terms of a long question. */
const longQuestion = 25;

const chapterFields = ['title', 'keywords', 'questions', 'summary', 'text', 'resources'];

export function createRetriever(index: SearchIndex, passages: readonly Passage[]): Retriever {
  return (question) => {
    const understood = understand(question, index);
    const only = question.scope?.kind === 'chapter' ? question.scope.chapterId : undefined;
    const chapterHits = kept(hits(index.chapters, understood.terms, chapterFields), only);
    const passageHits = kept(hits(index.passages, understood.terms, ['heading', 'text']), only);
    const questionHits = kept(hits(index.questions, understood.terms, ['question']), only);

    const about = understood.leans ? weights.leaningAbout : weights.about;
    const byChapter = relative(chapterHits);
    const byPassage = relative(passageHits);
    const byQuestion = bestByChapter(relative(questionHits));
    const from = only === undefined ? passages : passages.filter(({ chapterId }) => chapterId === only);
    const scored = from.map((passage) => ({
      passage,
      score:
        weights.chapter * (byChapter.get(passage.chapterId) ?? 0) +
        weights.question * (byQuestion.get(passage.chapterId) ?? 0) +
        weights.passage * (byPassage.get(passage.id) ?? 0) +
        (question.about?.chapterId === passage.chapterId ? about : 0),
    }));
    const sorted = scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || compare(a.passage.id, b.passage.id));
    const best = sorted[0]?.score ?? 1;
    const ranked = sorted.map(({ passage, score }) => ({ passage, score: score / best }));
    return {
      question: understood,
      ranked,
      lists: [ranked],
      wanted: new Map(understood.terms.map(({ term, weight }) => [term, weight * (index.terms.get(term) ?? 0)])),
      evidence: weigh(understood, index, { chapterHits, passageHits, questionHits }, only),
    };
  };
}

interface Hits {
  readonly chapterHits: ReadonlyMap<string, Hit>;
  readonly passageHits: ReadonlyMap<string, Hit>;
  readonly questionHits: ReadonlyMap<string, Hit>;
}

function weigh(question: UnderstoodQuestion, index: SearchIndex, found: Hits, only: string | undefined): Evidence {
  const weightOf = (terms: readonly string[]): number =>
    terms.reduce((sum, term) => sum + (question.own.has(term) ? (index.terms.get(term) ?? 0) : 0), 0);
  const own = weightOf([...question.own]);
  const whole = own + question.unknown.length * index.unknownWeight;
  if (whole === 0)
    return {
      chapter: 0,
      passage: 0,
      question: 0,
      known: 0,
      topic: 0,
      field: 0,
      leastField: 0,
      mostField: 0,
      amount: 0,
    };
  const best = (hitsOf: ReadonlyMap<string, Hit>): number =>
    greatest([...hitsOf.values()].map(({ matched }) => weightOf(matched))) / whole;
  const similar = [...found.questionHits].map(
    ([ref, { matched }]) => weightOf(matched) / Math.max(whole, index.questionWeights.get(ref) ?? 0),
  );
  const ownTerms = [...question.own].map((term) => ({ term, weight: 1 }));
  const odds = [...question.own, ...question.unknown.map(stem)].map(
    (term) => (index.fieldLogOdds.get(term) ?? 0) / mostLogOdds,
  );
  return {
    chapter: best(found.chapterHits),
    passage: best(found.passageHits),
    question: greatest(similar),
    known: own / whole,
    topic: best(kept(hits(index.chapters, ownTerms, ['title', 'keywords']), only)),
    field: odds.reduce((sum, value) => sum + value, 0) / odds.length,
    leastField: Math.min(...odds),
    mostField: Math.max(...odds),
    amount: Math.min(1, own / longQuestion),
  };
}

/** Those in one chapter, if it is to be one: a reference begins with the chapter's id. */
function kept(found: ReadonlyMap<string, Hit>, chapterId: string | undefined): ReadonlyMap<string, Hit> {
  if (chapterId === undefined) return found;
  return new Map([...found].filter(([ref]) => /^[^#?]*/.exec(ref)?.[0] === chapterId));
}

function relative(found: ReadonlyMap<string, Hit>): Map<string, number> {
  const best = greatest([...found.values()].map(({ score }) => score));
  return new Map([...found].map(([ref, { score }]) => [ref, score / best]));
}

/** The best score among each chapter's questions, whose references are `chapterId?n`. */
function bestByChapter(found: ReadonlyMap<string, number>): Map<string, number> {
  const best = new Map<string, number>();
  for (const [ref, score] of found) {
    const chapterId = ref.slice(0, ref.indexOf('?'));
    best.set(chapterId, Math.max(best.get(chapterId) ?? 0, score));
  }
  return best;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
