// Scores of retrieval, refusal and quotation over a set of questions.

import { factsMentioned } from './facts.ts';

/** A question of an evaluation file. Without `chapters` it is one that should be declined; of a library they are its documents. */
export interface EvalQuestion {
  readonly id: string;
  readonly question: string;
  readonly type: string;
  readonly chapters?: readonly string[];
  readonly must_mention?: readonly string[];
  readonly history?: readonly string[];
}

/** What the companion made of it. */
export interface EvalOutcome {
  /** Chapters by their best passage, best first. */
  readonly chapters: readonly string[];
  readonly declined: boolean;
  readonly answer: string;
}

export interface RetrievalScore {
  readonly n: number;
  /** Share of questions with a right chapter first, among the first three, among the first five. */
  readonly recallAt1: number;
  readonly recallAt3: number;
  readonly recallAt5: number;
  /** Mean reciprocal rank of the first right chapter, 0 beyond the tenth. */
  readonly mrr: number;
  readonly falseRefusalRate: number;
  /** Mean share of a question's facts that the answer mentions, and the share of questions with all of them. */
  readonly factRecall: number;
  readonly allFacts: number;
}

export interface RefusalScore {
  readonly n: number;
  readonly refusalRate: number;
}

export type ByType<T> = T & { readonly byType: Readonly<Record<string, T>> };

type Scored = readonly { readonly question: EvalQuestion; readonly outcome: EvalOutcome }[];

export function scoreRetrieval(scored: Scored): ByType<RetrievalScore> {
  return { ...retrievalScore(scored), byType: byType(scored, retrievalScore) };
}

export function scoreRefusal(scored: Scored): ByType<RefusalScore> {
  return { ...refusalScore(scored), byType: byType(scored, refusalScore) };
}

const depth = 10;

function retrievalScore(scored: Scored): RetrievalScore {
  const ranks = scored.map(({ question, outcome }) => {
    const at = outcome.chapters.slice(0, depth).findIndex((id) => question.chapters?.includes(id));
    return at < 0 ? Infinity : at + 1;
  });
  const facts = scored
    .filter(({ question }) => (question.must_mention ?? []).length > 0)
    .map(
      ({ question, outcome }) =>
        factsMentioned(outcome.answer, question.must_mention ?? []) / (question.must_mention?.length ?? 1),
    );
  return {
    n: scored.length,
    recallAt1: share(ranks, (rank) => rank <= 1),
    recallAt3: share(ranks, (rank) => rank <= 3),
    recallAt5: share(ranks, (rank) => rank <= 5),
    mrr: mean(ranks.map((rank) => 1 / rank)),
    falseRefusalRate: share(scored, ({ outcome }) => outcome.declined),
    factRecall: mean(facts),
    allFacts: share(facts, (found) => found === 1),
  };
}

function refusalScore(scored: Scored): RefusalScore {
  return { n: scored.length, refusalRate: share(scored, ({ outcome }) => outcome.declined) };
}

function byType<T>(scored: Scored, score: (group: Scored) => T): Record<string, T> {
  const groups = Map.groupBy(scored, ({ question }) => question.type);
  return Object.fromEntries([...groups].map(([type, group]) => [type, score(group)]));
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return mean(items.map((item) => (holds(item) ? 1 : 0)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Reads an evaluation file: one JSON object a line. Throws with the line of the first that isn't a question. */
export function parseQuestions(text: string): EvalQuestion[] {
  return text
    .split('\n')
    .map((line, n) => ({ line: line.trim(), number: n + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        const { documents, ...read } = JSON.parse(line) as Partial<EvalQuestion> & {
          readonly documents?: readonly string[];
        };
        const value: Partial<EvalQuestion> = { ...read, ...(documents && { chapters: documents }) };
        const texts = (list: unknown): boolean =>
          list === undefined || (Array.isArray(list) && list.every((entry) => typeof entry === 'string'));
        if (typeof value.question !== 'string') throw new Error('"question" is missing');
        if (!texts(value.chapters) || !texts(value.must_mention))
          throw new Error('"chapters" and "must_mention" are lists of text');
        // Some files leave an empty text where there is no history.
        const history = Array.isArray(value.history) ? value.history.map(String) : undefined;
        const { history: _history, ...rest } = value;
        return {
          ...rest,
          id: value.id ?? `line ${number}`,
          type: value.type ?? 'all',
          question: value.question,
          ...(history && { history }),
        };
      } catch (error) {
        throw new Error(`Line ${number}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    });
}
