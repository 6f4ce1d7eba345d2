// Whether the material covers a question. Declining is a feature: an answer without support is worse than none.

import type { Coverage, DeclineReason } from '../answer.ts';
import type { Retrieval } from '../search/retrieve.ts';

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
const fitted = [-3.2, 3, 2.5, 3, 1.5, 1.5];

/** Below the first the question is declined, below the second it counts as partly covered. */
const thresholds = { declined: 0.5, partly: 0.75 };

/** Orders to the program instead of questions about the subject: nothing here can carry them out, nor should it pretend to. */
const orders = [
  /\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|earlier|all|your|the)\b.{0,30}\b(instructions?|rules?|prompts?|guidelines?|passages?|sources?)\b/i,
  /\b(pretend|imagine|act as if|assume|claim|say)\b.{0,40}\b(handbook|chapter|book|passages?|sources?)\b.{0,20}\b(says?|said|states?|contains?|claims?|proves?)\b/i,
  /\b(reveal|print|show|repeat|output|leak)\b.{0,30}\b(system|hidden|initial|secret)\b.{0,10}\b(prompts?|instructions?|messages?)\b/i,
  /\byou are (now|no longer)\b|\bfrom now on\b.{0,30}\byou\b|\b(developer|jailbreak|dan|god) mode\b/i,
  /\b(run|execute|launch|delete|open|type|call)\b.{0,40}\b(rm -rf|sudo|terminal|shell|command line|powershell|cmd\.exe|my files|home directory|curl|wget|eval\()/i,
  /\b(send|upload|post|e-?mail|exfiltrate)\b.{0,40}\b(my|the|this|all)\b.{0,40}\b(to|at)\b.{0,20}(https?:|@|server|address|webhook)/i,
  /\b(make up|invent|fabricate)\b.{0,30}\b(citations?|quotes?|sources?|chapters?|passages?)\b/i,
];

/** Whether a text gives orders to the program. */
export function isOrder(text: string): boolean {
  return orders.some((order) => order.test(text));
}

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

/** What the gate looks at, each −1 to 1. */
export function evidenceFeatures(text: string, { question, evidence }: Retrieval): number[] {
  const { chapter, passage, question: similar, known, topic, field, leastField, amount } = evidence;
  const cues = worldly.filter((pattern) => pattern.test(text)).length;
  return [chapter, passage, similar, known, topic, field, leastField, amount, cues / 2, question.followUp ? 1 : 0];
}

/** Decides on a question's text and what was found for it. */
export function judge(text: string, retrieval: Retrieval): Verdict {
  if (orders.some((order) => order.test(text)))
    return { coverage: 'not-covered', reason: 'instruction', confidence: 1 };
  const { question } = retrieval;
  if (question.terms.length === 0 && question.unknown.length === 0) {
    return { coverage: 'not-covered', reason: 'not-a-question', confidence: 1 };
  }
  const sum = [1, ...evidenceFeatures(text, retrieval)].reduce(
    (total, value, i) => total + value * (fitted[i] ?? 0),
    0,
  );
  const confidence = 1 / (1 + Math.exp(-sum));
  if (confidence < thresholds.declined) return { coverage: 'not-covered', reason: 'not-covered', confidence };
  return { coverage: confidence < thresholds.partly ? 'partly' : 'covered', confidence };
}
