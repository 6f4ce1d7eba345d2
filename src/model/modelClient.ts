// A loaded model for a window. Every call is answered: by the model, by its process's end, by the watch over its silence,
// by the caller's own stop, or by `dispose`.

import type { ChatMessage, GenerateEvent, GenerateRequest, ModelCard, Priority } from '../core/model/language.ts';
import { ModelError } from '../core/model/modelError.ts';
import type { EngineStatistics, ToModel } from '../protocol/model.ts';
import type { Connection } from './connection.ts';
import { failureOf, generate } from './generation.ts';
import { createLink } from './link.ts';
import type { Answer, Link, LinkOptions } from './link.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import { readRunFile, removeStale } from './runFile.ts';

/** One process with one model. When it has ended, every call rejects with the reason, and openModel gets another. */
export interface ModelClient {
  readonly card: ModelCard;
  /** Of the model's process. */
  readonly pid: number;
  /**
   * Starts with the first `next`. Ends with an 'end' event, or throws a ModelError. Leaving the loop cancels. Aborting
   * cancels too: no more text comes, and the 'end' event only if the engine has it at once.
   */
  readonly generate: (request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GenerateEvent, undefined>;
  /** The tokens of each text. These and the following reject with a ModelError, or with the signal's reason. */
  readonly countTokens: (texts: readonly string[], signal?: AbortSignal) => Promise<readonly number[]>;
  /** The tokens of a whole prompt, chat template included. */
  readonly countPrompt: (messages: readonly ChatMessage[], signal?: AbortSignal) => Promise<number>;
  readonly embed: (
    texts: readonly string[],
    priority: Priority,
    signal?: AbortSignal,
  ) => Promise<readonly (readonly number[])[]>;
  /** One score a document, 0 to 1. */
  readonly rank: (
    query: string,
    documents: readonly string[],
    priority: Priority,
    signal?: AbortSignal,
  ) => Promise<readonly number[]>;
  readonly warm: (
    messages: readonly ChatMessage[],
    signal?: AbortSignal,
  ) => Promise<{ readonly tokens: number; readonly fresh: boolean }>;
  readonly statistics: (signal?: AbortSignal) => Promise<EngineStatistics>;
  /** Called once if the process ends without this client having asked for it; returns how to stop listening. */
  readonly onEnd: (listener: (reason: ModelError) => void) => () => void;
  /** Lets go of the model. The process ends by itself when no window uses it any more. */
  readonly dispose: () => Promise<void>;
  /** Ends the process for good, other windows or not. */
  readonly end: () => Promise<void>;
}

/** How long a process that was told to end may take to put things away. */
const endMs = 1_500;

export function createModelClient(
  connection: Connection,
  remote: RemoteProcess,
  card: ModelCard,
  options: LinkOptions & { readonly runFile: string },
): ModelClient {
  const link = createLink(connection, remote, options);
  return {
    card,
    pid: remote.pid,
    generate: (request, signal) => ({
      [Symbol.asyncIterator]: () => generate(link, request, signal),
    }),
    countTokens: (texts, signal) =>
      askOnce(link, 'counted', (id) => ({ type: 'countTokens', id, texts }), signal).then(({ counts }) => counts),
    countPrompt: async (messages, signal) => {
      const { counts } = await askOnce(link, 'counted', (id) => ({ type: 'countPrompt', id, messages }), signal);
      return counts[0] ?? 0;
    },
    embed: (texts, priority, signal) =>
      askOnce(link, 'embedded', (id) => ({ type: 'embed', id, texts, priority }), signal).then(
        ({ vectors }) => vectors,
      ),
    rank: (query, documents, priority, signal) =>
      askOnce(link, 'ranked', (id) => ({ type: 'rank', id, query, documents, priority }), signal).then(
        ({ scores }) => scores,
      ),
    warm: async (messages, signal) => {
      const { tokens, fresh } = await askOnce(link, 'warmed', (id) => ({ type: 'warm', id, messages }), signal);
      return { tokens, fresh };
    },
    statistics: (signal) =>
      askOnce(link, 'statistics', (id) => ({ type: 'statistics', id }), signal).then(({ statistics }) => statistics),
    onEnd: link.onEnd,
    dispose: () => link.close(new ModelError('ended', 'The model was let go.')),
    end: async () => {
      const closed = link.close(new ModelError('ended', 'The model was ended.'));
      remote.kill('SIGTERM');
      if ((await remote.endedWithin(endMs, false)) === undefined) {
        remote.kill('SIGKILL');
        await remote.endedWithin(endMs, false);
      }
      await closed;
      const left = readRunFile(options.runFile);
      if (left?.token === remote.token) removeStale(options.runFile, left);
    },
  };
}

/** Sends a request that has one answer, of type `type`. */
function askOnce<T extends Answer['type']>(
  link: Link,
  type: T,
  request: (id: number) => ToModel,
  signal?: AbortSignal,
): Promise<Extract<Answer, { readonly type: T }>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      asked.cancel();
      asked.forget();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const asked = link.ask(request, {
      receive: (answer) => {
        signal?.removeEventListener('abort', onAbort);
        if (isOfType(answer, type)) resolve(answer);
        else reject(failureOf(answer));
        return true;
      },
      fail: (error) => {
        signal?.removeEventListener('abort', onAbort);
        reject(error);
      },
    });
  });
}

function isOfType<T extends Answer['type']>(answer: Answer, type: T): answer is Extract<Answer, { readonly type: T }> {
  return answer.type === type;
}
