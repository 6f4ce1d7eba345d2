// Several rankings of the same passages → one. By words and by meaning each finds what the other misses.

import type { Passage } from '../passages.ts';
import type { Question } from '../question.ts';
import type { Found, RankedPassage } from './retrieve.ts';

/** Finds more than the words do: with an embedding model, and a ranking model on top. Best first, scores 0 to 1. */
export type RetrieveMore = (question: Question, found: Found) => Promise<readonly RankedPassage[]>;

/** What was found, in the order of whoever finds more; in its own where nobody does, or that fails. */
export async function rankedWith(
  retrieveMore: RetrieveMore | undefined,
  question: Question,
  found: Found,
): Promise<readonly RankedPassage[]> {
  if (!retrieveMore) return found.ranked;
  try {
    return await retrieveMore(question, found);
  } catch {
    // Whoever runs that model has logged why.
    return found.ranked;
  }
}

/** A thing with what one ranking gives it. */
export interface Scored {
  readonly id: string;
  readonly score: number;
}

/** From Cormack, Clarke and Büttcher, "Reciprocal rank fusion" (SIGIR 2009): how little the first few ranks differ. */
const k = 60;

/**
 * Reciprocal rank fusion: each ranking gives Σ 1 / (60 + rank). Scores of different kinds needn't be comparable.
 * @param rankings ids, best first
 * @returns every id, best first; scores are shares of the most that could be had, ties in order of id
 */
export function fuseRankings(rankings: readonly (readonly string[])[]): Scored[] {
  const sums = new Map<string, number>();
  for (const ranking of rankings) {
    for (const [n, id] of ranking.entries()) sums.set(id, (sums.get(id) ?? 0) + 1 / (k + n + 1));
  }
  const most = rankings.length / (k + 1);
  return [...sums].map(([id, sum]) => ({ id, score: sum / most })).sort(byScore);
}

/**
 * The first places of a ranking in the order of a ranking model's scores, the others as they were behind them.
 * @param scores one for each of the first, 0 to 1
 */
export function rerank(ranked: readonly Scored[], scores: readonly number[]): Scored[] {
  const first = ranked.slice(0, scores.length).map(({ id }, n) => ({ id, score: scores[n] ?? 0 }));
  const rest = ranked.slice(scores.length);
  const lowest = Math.min(...first.map(({ score }) => score));
  const best = rest[0]?.score ?? 1;
  return [
    ...first.sort(byScore),
    // Behind the lowest, still in their order.
    ...rest.map(({ id, score }) => ({ id, score: best > 0 && first.length > 0 ? (score / best) * lowest : score })),
  ];
}

/**
 * What was found, fused with the passages nearest in meaning.
 * @param nearest lists of passages, each in the order of their cosines with the question, best first
 */
export function fuseRetrieval(
  { ranked, lists }: Pick<Found, 'ranked' | 'lists'>,
  nearest: readonly (readonly Passage[])[],
): RankedPassage[] {
  const known = [...ranked.map(({ passage }) => passage), ...nearest.flat()];
  const fused = fuseRankings([...lists.map(idsOf), ...nearest.map((list) => list.map(({ id }) => id))]);
  return rankedPassages(fused, new Map(known.map((passage) => [passage.id, passage])));
}

/**
 * What was found in two places as one: ordered by reciprocal rank, each passage with the score it had where it was found,
 * since how far one passage is from the best of its own kind is what chooses sentences.
 */
export function fuseFound(one: Found, other: Found): Found {
  const lists = [...one.lists, ...other.lists];
  const all = new Map(lists.flat().map((ranked) => [ranked.passage.id, ranked]));
  const unknown = new Set(other.question.unknown);
  return {
    question: {
      terms: [...one.question.terms, ...other.question.terms.filter(({ term }) => !one.wanted.has(term))],
      own: new Set([...one.question.own, ...other.question.own]),
      unknown: one.question.unknown.filter((word) => unknown.has(word)),
      leans: one.question.leans,
      followUp: one.question.followUp || other.question.followUp,
    },
    ranked: fuseRankings(lists.map(idsOf)).flatMap(({ id }) => all.get(id) ?? []),
    lists,
    wanted: new Map(
      [...one.wanted, ...other.wanted].map(([term]) => [
        term,
        Math.max(one.wanted.get(term) ?? 0, other.wanted.get(term) ?? 0),
      ]),
    ),
  };
}

function idsOf(ranked: readonly RankedPassage[]): string[] {
  return ranked.map(({ passage }) => passage.id);
}

/** Scored ids as passages, scores relative to the best; ids that name none are left out. */
export function rankedPassages(scored: readonly Scored[], passages: ReadonlyMap<string, Passage>): RankedPassage[] {
  const best = scored[0]?.score ?? 0;
  return scored.flatMap(({ id, score }) => {
    const passage = passages.get(id);
    return passage ? [{ passage, score: best > 0 ? score / best : 0 }] : [];
  });
}

function byScore(a: Scored, b: Scored): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
