// Why a bibliography, or an entry of it, couldn't be read, in words for the learner.

import type { Translate } from '../../core/translate.ts';
import type { EntryProblem, Refusal } from '../../library/bibliography/readingTask.ts';

/** Of one entry. */
export function problemText({ line, reason }: EntryProblem, t: Translate): string {
  switch (reason) {
    case 'unfinished':
      return t('The entry in line {0} has no end: a brace or a quotation mark is missing.', line);
    case 'unreadable':
      return t('The entry in line {0} isn’t written as its format asks.', line);
    case 'no-title':
      return t('The entry in line {0} has no title.', line);
  }
}

/** Of a whole file. */
export function refusalText({ reason, line }: Refusal, t: Translate): string {
  switch (reason) {
    case 'unknown-format':
      return t('It is neither BibTeX nor RIS nor CSL-JSON.');
    case 'empty':
      return t('There is no entry in it.');
    case 'broken-json':
      return line === undefined
        ? t('Its JSON is broken. Export it again.')
        : t('Its JSON is broken in line {0}. Export it again.', line);
    case 'no-entry':
      return line === undefined
        ? t('None of its entries could be read.')
        : t('None of its entries could be read; the first stands in line {0}.', line);
  }
}
