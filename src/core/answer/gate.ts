// Whether the material covers a question. Declining is a feature: an answer without support is worse than none.

import type { Coverage, DeclineReason } from '../answer.ts';
import type { Evidence, Retrieval } from '../search/retrieve.ts';

export interface Verdict {
  readonly coverage: Coverage;
  readonly reason?: DeclineReason;
  /** How sure the gate is that the material covers the question; 0 to 1. */
  readonly confidence: number;
}

/** The gate is a logistic regression on the evidence; `npm run eval:fit` prints these from eval/training.jsonl. */
const fitted = { bias: -3.2, chapter: 3, passage: 2.5, question: 3, known: 1.5 };

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

/** Decides on a question's text and what was found for it. */
export function judge(text: string, retrieval: Retrieval): Verdict {
  if (orders.some((order) => order.test(text)))
    return { coverage: 'not-covered', reason: 'instruction', confidence: 1 };
  const { question, evidence } = retrieval;
  if (question.terms.length === 0 && question.unknown.length === 0)
    return { coverage: 'not-covered', reason: 'not-a-question', confidence: 1 };
  // What leans on the conversation is judged by the conversation: its own few words prove nothing either way.
  const bonus = question.followUp ? 0.35 : 0;
  const confidence = Math.min(1, covered(evidence) + bonus);
  if (confidence < thresholds.declined) return { coverage: 'not-covered', reason: 'not-covered', confidence };
  return { coverage: confidence < thresholds.partly ? 'partly' : 'covered', confidence };
}

function covered(evidence: Evidence): number {
  const sum =
    fitted.bias +
    fitted.chapter * evidence.chapter +
    fitted.passage * evidence.passage +
    fitted.question * evidence.question +
    fitted.known * evidence.known;
  return 1 / (1 + Math.exp(-sum));
}
