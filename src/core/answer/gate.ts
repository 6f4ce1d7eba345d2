// Whether the material covers a question. Declining is a feature: an answer without support is worse than none.

import type { Coverage, DeclineReason } from '../answer.ts';
import type { Retrieval } from '../search/retrieve.ts';
import { isOrder } from './orders.ts';

export interface Verdict {
  readonly coverage: Coverage;
  readonly reason?: DeclineReason;
  /** How sure the gate is that the material covers the question; 0 to 1. */
  readonly confidence: number;
}

/**
 * The gate is a logistic regression on the evidence: a bias, then a weight for each of `evidenceFeatures`. `npm run fit`
 * prints these from eval/training-*.jsonl.
 */
const fitted = [-9.88, 5.13, 1.15, 2.36, 1.29, 2.96, 2.38, -0.99, 0.9, 2.26, -3.3, 2.38];

/** Below the first the question is declined, below the second it counts as partly covered. */
const thresholds = { declined: 0.47, partly: 0.65 };
/** Who keeps a question to one chapter has reason to: a chapter says less than the whole handbook, and is believed sooner. */
const inChapter: typeof thresholds = { declined: 0.25, partly: 0.5 };

/**
 * The state of the world: prices, news, accounts, what is newest. A book can't know it, however many of the words it has, so
 * this counts against being covered.
 */
const worldly = [
  /\b(price|pricing|costs? (of|per|in)|how much (is|are|for|does)|discount|coupon|refund|billing|invoice|subscription|subscribe|salary|salaries|wage|shares?|stocks?|revenue|valuation|raised|funding|founded|ceo|euros?|dollars?)\b|[$€£]\s?\d/i,
  /\b(today|tonight|tomorrow|yesterday|right now|currently|these days|this (week|month|year|season)|last (week|month|night|year)|next (week|quarter|year)|newest|latest|upcoming|release date|deadline|who won|who is|who's|whos)\b/i,
  /\b(account|log ?in|password|sign ?up|api key|customer|support (team|desk)|warranty|error (code )?\d{3}|app store|plus plan|pro plan|free trial)\b/i,
  /\b(buy|buying|purchase|order online|rent|hire|hiring|lawyer|legal|sue|visa|insurance|doctor|symptoms?|recipe|restaurant|hotel|flight)\b/i,
  /\b(aws|sagemaker|azure|kubernetes|terraform|docker|vercel|heroku|bedrock|vertex)\b/i,
];

/** How much a question asks for the state of the world, from 0 on. */
export function worldlyCues(text: string): number {
  return worldly.filter((pattern) => pattern.test(text)).length / 2;
}

/** What the gate looks at, each −1 to 1. */
export function evidenceFeatures(text: string, { question, evidence }: Retrieval): number[] {
  const { chapter, passage, question: similar, known, topic, field, leastField, mostField, amount } = evidence;
  return [
    chapter,
    passage,
    similar,
    known,
    topic,
    field,
    leastField,
    mostField,
    amount,
    worldlyCues(text),
    question.followUp ? 1 : 0,
  ];
}

/**
 * Decides on a question's text and what was found for it.
 * @param scope of the handbook, what was searched
 */
export function judge(text: string, retrieval: Retrieval, scope: 'handbook' | 'chapter' = 'handbook'): Verdict {
  if (isOrder(text)) return { coverage: 'not-covered', reason: 'instruction', confidence: 1 };
  const { question } = retrieval;
  if (question.terms.length === 0 && question.unknown.length === 0) {
    return { coverage: 'not-covered', reason: 'not-a-question', confidence: 1 };
  }
  const sum = [1, ...evidenceFeatures(text, retrieval)].reduce(
    (total, value, i) => total + value * (fitted[i] ?? 0),
    0,
  );
  const confidence = 1 / (1 + Math.exp(-sum));
  const { declined, partly } = scope === 'chapter' ? inChapter : thresholds;
  if (confidence < declined) return { coverage: 'not-covered', reason: 'not-covered', confidence };
  return { coverage: confidence < partly ? 'partly' : 'covered', confidence };
}
