// Why a saved document isn't found by the search, in words for the learner.

import type { Translate } from '../translate.ts';
import type { ExtractProblem } from './documentText.ts';

export const extractProblems = [
  'damaged',
  'password',
  'scanned',
  'empty',
  'too-large',
  'too-slow',
  'too-much-memory',
  'crashed',
] as const satisfies readonly ExtractProblem[];

/** For a row, where there is little room. */
export function problemWord(problem: ExtractProblem, t: Translate): string {
  switch (problem) {
    case 'damaged':
      return t('not searched: damaged');
    case 'password':
      return t('not searched: needs a password');
    case 'scanned':
      return t('not searched: pictures of pages');
    case 'empty':
      return t('not searched: no text');
    case 'too-large':
      return t('not searched: too large');
    case 'too-slow':
      return t('not searched: took too long');
    case 'too-much-memory':
      return t('not searched: needs too much memory');
    case 'crashed':
      return t('not searched: reading it failed');
  }
}

/** All of it, with what can be done. */
export function problemWords(problem: ExtractProblem, t: Translate): string {
  switch (problem) {
    case 'damaged':
      return t('Damaged: its text can’t be read. Fetch it again, or add another copy of it.');
    case 'password':
      return t('It needs a password: it can be opened, not searched. Add a copy without one.');
    case 'scanned':
      return t('Pictures of pages without text: it can be opened, not searched.');
    case 'empty':
      return t('There is hardly any text in it: it can be opened, not searched.');
    case 'too-large':
      return t('It is too large to be read for the search: it can be opened, not searched.');
    case 'too-slow':
      return t('Reading it for the search took too long: it can be opened, not searched. Try again.');
    case 'too-much-memory':
      return t('Reading it for the search needs too much memory: it can be opened, not searched.');
    case 'crashed':
      return t('Reading it for the search failed: it can be opened, not searched. Try again; the log says why.');
  }
}
