// Whether what the learner has saved covers a question. A gate of its own: the handbook's knows what the handbook is about,
// and a library may be about anything.

import type { SavedRetrieval } from '../search/savedRetrieval.ts';
import { worldlyCues, type Verdict } from './gate.ts';
import { isOrder } from './orders.ts';

/** A bias, then a weight for each of `savedFeatures`; `npm run fit` prints them. */
const fitted = [-4.88, 1.73, 1.24, 2.75, 1.97, 2.01, -1.52];

/** Below the first the question is declined, below the second it counts as partly covered. */
const thresholds = { declined: 0.4, partly: 0.6 };

/** What the gate looks at, each 0 to 1. */
export function savedFeatures(text: string, { evidence }: SavedRetrieval): number[] {
  const { passage, sentence, together, known, amount } = evidence;
  return [passage, sentence, together, known, amount, worldlyCues(text)];
}

/** Decides on a question's text and what the library has on it. */
export function judgeSaved(text: string, retrieval: SavedRetrieval): Verdict {
  if (isOrder(text)) return { coverage: 'not-covered', reason: 'instruction', confidence: 1 };
  if (retrieval.question.terms.length === 0)
    return { coverage: 'not-covered', reason: 'not-a-question', confidence: 1 };
  if (retrieval.empty) return { coverage: 'not-covered', reason: 'empty-library', confidence: 1 };
  const total = [1, ...savedFeatures(text, retrieval)].reduce((sum, value, n) => sum + value * (fitted[n] ?? 0), 0);
  const confidence = 1 / (1 + Math.exp(-total));
  if (confidence < thresholds.declined) return { coverage: 'not-covered', reason: 'not-covered', confidence };
  return { coverage: confidence < thresholds.partly ? 'partly' : 'covered', confidence };
}
