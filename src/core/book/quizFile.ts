import { parseFieldsList, type Fields } from './fields.ts';
import type { Report } from './problem.ts';
import { idField } from './resourceFile.ts';

export interface Choice {
  readonly text: string;
  readonly correct: boolean;
  readonly reason: string;
}

interface ItemBase {
  readonly id: string;
  readonly prompt: string;
  /** Anchor, in the same chapter, of the passage that answers it. */
  readonly passage: string;
  readonly line: number;
}

export type QuizItem = ItemBase &
  (
    | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
    | { readonly kind: 'recall'; readonly answer: string }
  );

export function parseQuizFile(text: string, report: Report): QuizItem[] {
  const seen = new Set<string>();
  return parseFieldsList(text, report).map((fields) => {
    const item = parseItem(fields, report);
    if (seen.has(item.id)) report(fields.lineOf('id'), `quiz item "${item.id}" stands twice`);
    seen.add(item.id);
    fields.finish();
    return item;
  });
}

function parseItem(fields: Fields, report: Report): QuizItem {
  const base = {
    id: idField(fields, report),
    prompt: fields.text('prompt'),
    passage: fields.text('passage'),
    line: fields.lineOf('passage'),
  };
  switch (fields.oneOf('kind', ['choice', 'recall'])) {
    case 'recall':
      return { ...base, kind: 'recall', answer: fields.text('answer') };
    case 'choice': {
      const choices = fields.list('choices').map((choice) => {
        const parsed = { text: choice.text('text'), correct: choice.flag('correct'), reason: choice.text('reason') };
        choice.finish();
        return parsed;
      });
      if (choices.length < 3 || choices.length > 4) report(fields.line, `quiz item "${base.id}" needs 3 or 4 choices`);
      if (choices.filter((choice) => choice.correct).length !== 1) {
        report(fields.line, `quiz item "${base.id}" needs exactly one correct choice`);
      }
      return { ...base, kind: 'choice', choices };
    }
  }
}
