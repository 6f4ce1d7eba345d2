import type { DeclineReason } from '../answer.ts';

/** What the learner reads when a question is declined. `missing` are the question's words that the curriculum doesn't know. */
export function declineText(reason: DeclineReason, missing: readonly string[]): string {
  switch (reason) {
    case 'not-covered':
      return missing.length === 0
        ? 'The handbook doesn’t cover this.'
        : `The handbook doesn’t cover this: it says nothing about ${missing
            .slice(0, 4)
            .map((word) => `“${word}”`)
            .join(', ')}.`;
    case 'not-a-question':
      return 'There is nothing to look for in this. Ask about something the handbook teaches.';
    case 'instruction':
      return 'This asks the companion to do something other than answer from the handbook, and that is all it does.';
  }
}
