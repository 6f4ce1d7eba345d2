// The history of reviews as FSRS's optimiser reads it: a CSV, and beside it the parameters that it improves upon.

import type { CardReview } from './cardHistory.ts';
import { cardStates, learningSteps, relearningSteps } from './schedule.ts';
import type { Scheduling } from './schedule.ts';

/** The lines of the CSV, its head first. Times and durations are in milliseconds, states counted from 0, new. */
export function* reviewLogLines(
  reviews: Iterable<{ readonly cardId: string; readonly review: CardReview }>,
): Generator<string, void, undefined> {
  yield 'card_id,review_time,review_rating,review_state,review_duration';
  for (const { cardId, review } of reviews) {
    const { at, rating, state, ms } = review;
    yield [quoted(cardId), at, rating, cardStates.indexOf(state), ms ?? ''].join(',');
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What else the optimiser wants to know: how the reviews were scheduled, and when the learner's days begin. */
export function optimiserParameters(scheduling: Scheduling, timezone: string, dayStartsAt: number): string {
  const parameters = {
    w: scheduling.weights,
    request_retention: scheduling.retention,
    enable_short_term: true,
    learning_steps: learningSteps,
    relearning_steps: relearningSteps,
    timezone,
    day_start: dayStartsAt,
  };
  return `${JSON.stringify(parameters, undefined, 2)}\n`;
}
