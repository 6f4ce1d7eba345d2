import type { DeclineReason, Scope } from '../answer.ts';
import type { Translate } from '../translate.ts';

/**
 * What the learner reads when a question is declined.
 * @param missing the question's words that nothing that was searched has
 */
export function declineText(
  { reason, missing }: { readonly reason: DeclineReason; readonly missing: readonly string[] },
  scope: Scope | undefined,
  t: Translate,
): string {
  switch (reason) {
    case 'not-covered': {
      const words = missing
        .slice(0, 4)
        .map((word) => `“${word}”`)
        .join(', ');
      return missing.length === 0
        ? notCovered(scope, t)
        : `${notCovered(scope, t)} ${t('There is nothing about {0}.', words)}`;
    }
    case 'not-a-question':
      return t('There is nothing to look for in this. Ask about something the handbook teaches.');
    case 'instruction':
      return t(
        'This asks the companion to do something other than answer from what it has read, and that is all it does.',
      );
    case 'empty-library':
      return t(
        'There is nothing in your library to be read yet. Save a paper, a page or a file of your own, or ask the handbook.',
      );
  }
}

/** That what was searched has no answer. */
export function notCovered(scope: Scope | undefined, t: Translate): string {
  switch (scope?.kind) {
    case 'chapter':
      return t('The chapter “{0}” doesn’t cover this.', scope.chapterTitle);
    case 'library':
      return t('Your library doesn’t cover this.');
    case 'all':
      return t('Neither the handbook nor your library covers this.');
    case 'handbook':
    case undefined:
      return t('The handbook doesn’t cover this.');
  }
}
