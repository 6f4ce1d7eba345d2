// What VS Code's own chat needs of whoever answers there.

import type * as vscode from 'vscode';
import type { GenerateEvent, GenerateRequest, ModelCard } from '../../core/model/language.ts';
import type { ModelLine } from '../../protocol/ask.ts';

/** What the provider needs of the local model. */
export interface ChatModel {
  readonly line: ModelLine;
  readonly onDidChange: vscode.Event<unknown>;
  /** Undefined until the model has been loaded. */
  readonly card: ModelCard | undefined;
  readonly load: (signal: AbortSignal) => Promise<void>;
  readonly generate: (request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GenerateEvent>;
  readonly countTokens: (texts: readonly string[], signal: AbortSignal) => Promise<readonly number[]>;
}

/** Answers in place of a model while none is chosen. */
export type StandIn = (question: string, signal: AbortSignal) => AsyncIterable<string>;

/** The tokens that an answer may have in a context of so many. */
export function outputTokens(context: number): number {
  return Math.floor(context / 4);
}
