// Who answers: the model that is chosen, else the handbook's own sentences.

import * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/answer.ts';
import type { ChatMessage } from '../../core/model/language.ts';
import type { Question } from '../../core/question.ts';
import type { ModelLine } from '../../protocol/ask.ts';
import { quotingAnswers } from '../askAnswers.ts';
import type { AskAnswers } from '../askAnswers.ts';
import type { Study } from '../study.ts';
import type { LocalModel } from './localModel.ts';
import type { ModelAnswering } from './modelAnswering.ts';
import { PassageMeaning } from './passageMeaning.ts';

export class Answers implements AskAnswers, vscode.Disposable {
  readonly #study: Study;
  readonly #model: LocalModel;
  readonly #quoting: AskAnswers;
  readonly #meaning: PassageMeaning;
  readonly #changed = new vscode.EventEmitter<ModelLine>();
  readonly #listening: vscode.Disposable;
  #answering: Promise<ModelAnswering> | undefined;

  readonly onDidChangeModel = this.#changed.event;

  constructor(study: Study, model: LocalModel, log: vscode.LogOutputChannel) {
    this.#study = study;
    this.#model = model;
    this.#quoting = quotingAnswers(study);
    this.#meaning = new PassageMeaning(model, log);
    this.#listening = model.onDidChange((kind) => {
      if (kind === 'chat') this.#changed.fire(model.line);
    });
  }

  get model(): ModelLine {
    return this.#model.line;
  }

  /** What search by meaning is at. */
  get meaning(): PassageMeaning {
    return this.#meaning;
  }

  async *answer(question: Question, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    if (!this.#model.has('chat')) {
      yield* this.#quoting.answer(question, signal);
      return;
    }
    const { answer } = await this.#modelAnswering();
    if (!signal.aborted) yield* answer(question, signal);
  }

  /** What questions about a chapter begin with, for a model that is loaded. */
  async prefix(chapterId: string, signal: AbortSignal): Promise<readonly ChatMessage[] | undefined> {
    return (await this.#modelAnswering()).prefix(chapterId, signal);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#meaning.dispose();
    this.#changed.dispose();
  }

  async #modelAnswering(): Promise<ModelAnswering> {
    this.#answering ??= Promise.all([import('./modelAnswering.ts'), this.#study.text()]).then(
      ([{ createModelAnswering }, text]) => createModelAnswering(text, this.#model, this.#meaning),
    );
    try {
      return await this.#answering;
    } catch (error) {
      this.#answering = undefined;
      throw error;
    }
  }
}
