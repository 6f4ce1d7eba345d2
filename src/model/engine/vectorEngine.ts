// Embedding and ranking models at work: texts one by one, between which others get their turn and work can be stopped.

import type { LlamaEmbeddingContext, LlamaRankingContext } from 'node-llama-cpp';
import type { Priority } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { Engine } from '../engine.ts';
import { orAborted } from './orAborted.ts';
import type { Turns } from './turns.ts';

export interface VectorParts {
  readonly contextTokens: number;
  readonly turns: Turns;
  readonly closing: AbortSignal;
  readonly track: (work: Promise<unknown>) => void;
  readonly onTokens: (evaluated: number) => void;
}

/** One vector of length 1 a text. */
export function createEmbed(context: LlamaEmbeddingContext, parts: VectorParts): Engine['embed'] {
  return (texts, priority, signal) =>
    oneByOne(texts, priority, signal, parts, {
      tokens: (text) => context.calculateInputLength(text),
      evaluate: async (text) => normalised((await context.getEmbeddingFor(text)).vector),
    });
}

/** One score a document, 0 to 1. */
export function createRank(context: LlamaRankingContext, parts: VectorParts): Engine['rank'] {
  return (query, documents, priority, signal) =>
    oneByOne(documents, priority, signal, parts, {
      tokens: (document) => context.calculateInputLength(query, document),
      evaluate: (document) => context.rank(query, document),
    });
}

async function oneByOne<T>(
  texts: readonly string[],
  priority: Priority,
  asked: AbortSignal,
  { contextTokens, turns, closing, track, onTokens }: VectorParts,
  work: { readonly tokens: (text: string) => number; readonly evaluate: (text: string) => Promise<T> },
): Promise<readonly T[]> {
  const signal = AbortSignal.any([asked, closing]);
  closing.throwIfAborted();
  signal.throwIfAborted();
  const lengths = texts.map((text) => work.tokens(text));
  const long = lengths.findIndex((length) => length >= contextTokens);
  if (long >= 0) {
    throw new ModelError(
      'prompt-too-long',
      `Text ${long + 1} of ${texts.length} has ${lengths[long] ?? 0} tokens, but this model takes fewer than ${contextTokens} at once. Split it.`,
    );
  }
  const running = (async () => {
    const turn = await turns.take(priority, signal);
    try {
      const results: T[] = [];
      for (const [index, text] of texts.entries()) {
        await turn.giveWay(signal);
        results.push(await work.evaluate(text));
        onTokens(lengths[index] ?? 0);
      }
      return results;
    } finally {
      turn.end();
    }
  })();
  track(running.catch(() => undefined));
  return orAborted(running, signal, () => {
    throw asked.aborted ? (asked.reason as Error) : new ModelError('ended', 'The model was put away. Ask again.');
  });
}

function normalised(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  if (length === 0) return [...vector];
  if (Number.isFinite(length)) return vector.map((value) => value / length);
  throw new ModelError(
    'bad-file',
    'The model computed something that is no number. Its file is damaged: get it again.',
  );
}
