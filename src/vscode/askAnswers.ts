// Who answers questions, as the Ask view and VS Code's chat see it: the handbook quoted, or a model.

import * as vscode from 'vscode';
import type { AnswerEvent } from '../core/answer.ts';
import type { Question } from '../core/question.ts';
import type { ModelLine } from '../protocol/ask.ts';
import type { Study } from './study.ts';

export interface AskAnswers {
  /** Answers as an `Answerer` does; an aborted `signal` ends it, whatever it is doing. */
  readonly answer: (question: Question, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** Who will answer the next question. */
  readonly model: ModelLine;
  readonly onDidChangeModel: vscode.Event<ModelLine>;
}

/** Answers by quoting: what there is without a model. */
export function quotingAnswers(study: Pick<Study, 'text'>): AskAnswers {
  return {
    answer: (question, signal) => quote(study, question, signal),
    model: { state: 'none', name: '' },
    onDidChangeModel: () => new vscode.Disposable(() => undefined),
  };
}

async function* quote(
  study: Pick<Study, 'text'>,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void> {
  const { answer } = await study.text();
  if (!signal.aborted) yield* answer(question);
}
