import type { AnswerSentence } from '../answer.ts';

/** What stands between two sentences of an answer in Markdown: steps are a list, what stands around it are paragraphs. */
export function sentenceGap(before: AnswerSentence | undefined, next: AnswerSentence): '' | ' ' | '\n' | '\n\n' {
  if (!before) return '';
  if (before.step === undefined && next.step === undefined) return ' ';
  return before.step === undefined || next.step === undefined ? '\n\n' : '\n';
}

/** The number that a step begins with in Markdown. */
export function stepMark({ step }: AnswerSentence): string {
  return step === undefined ? '' : `${step}. `;
}
