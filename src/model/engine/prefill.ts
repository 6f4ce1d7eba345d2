// Prompt → KV cache: what is held already is kept, what lies on disk is read, the rest is evaluated in chunks between which
// it can be stopped or made to wait.

import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { chunkEnd } from '../../core/model/chunkEnd.ts';
import { fillTile, planPrefix, sharedPrefix } from '../../core/model/prefixPlan.ts';
import type { StoredState } from '../../core/model/prefixPlan.ts';
import type { ChunkSize } from './chunkSize.ts';
import type { Place } from './place.ts';
import type { StateFiles } from './stateFiles.ts';

export interface Reused {
  /** Leading tokens of the prompt that needn't be evaluated. */
  readonly tokens: number;
  /** Of these, read from a file. */
  readonly restored: number;
}

/**
 * Brings a sequence to where it holds as much of the prompt's beginning as can be had without evaluating, or a little less
 * where that makes the rest faster.
 */
export async function reusePrefix(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  files: StateFiles,
  { onDrop, tile }: Pick<Place, 'onDrop' | 'tile'>,
): Promise<Reused> {
  const rewinds = !sequence.needsCheckpoints;
  let stored: readonly StoredState<string>[] = (await files.list()).filter(
    ({ tokens }) => tokens.length < sequence.contextSize,
  );
  const held = sequence.contextTokens;
  const reuseOf = (reuse: number): number =>
    tile !== undefined && rewinds ? fillTile(prompt.length, reuse, tile) : reuse;
  for (;;) {
    const plan = planPrefix(prompt, sequence.contextTokens, stored, rewinds);
    const file = stored.find((state) => state.file === plan.restore);
    if (file === undefined) {
      if (sequence.nextTokenIndex > 0) await onDrop({ held, kept: plan.reuse, prompt, reuse: plan.reuse });
      const reuse = reuseOf(plan.reuse);
      await cutBack(sequence, reuse);
      return { tokens: reuse, restored: 0 };
    }
    const path = await files.take(file);
    if (path !== undefined) {
      if (sequence.nextTokenIndex > 0) {
        await onDrop({ held, kept: sharedPrefix(held, file.tokens), prompt, reuse: plan.reuse });
      }
      try {
        await sequence.loadStateFromFile(path, { acceptRisk: true });
        const reuse = reuseOf(plan.reuse);
        await cutBack(sequence, reuse);
        return { tokens: reuse, restored: reuse };
      } catch (error) {
        await sequence.clearHistory();
        await files.remove(file.file, String(error));
      }
    }
    stored = stored.filter((state) => state !== file);
  }
}

async function cutBack(sequence: LlamaContextSequence, length: number): Promise<void> {
  const held = sequence.nextTokenIndex;
  if (length < held) await sequence.eraseContextTokenRanges([{ start: length, end: held }]);
}

export interface PrefillOptions {
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  /** How many tokens to evaluate at once. */
  readonly chunk: ChunkSize;
  readonly tile: Place['tile'];
  readonly signal: AbortSignal;
  /** A chunk ends where so many tokens are held, and this is called. */
  readonly pauseAt?: { readonly tokens: number; readonly then: () => Promise<void> };
  readonly onChunk: (evaluated: number, total: number) => void;
  readonly betweenChunks: () => Promise<void>;
}

/**
 * Evaluates a prompt but for its last chunk, which generation begins with. Rejects with the signal's reason.
 * @returns The tokens that are left, at least one.
 */
export async function prefill(options: PrefillOptions): Promise<readonly Token[]> {
  const { sequence, prompt, chunk, tile, signal, pauseAt } = options;
  const from = sequence.nextTokenIndex;
  for (let at = from; ; at = sequence.nextTokenIndex) {
    signal.throwIfAborted();
    if (at === pauseAt?.tokens) await pauseAt.then();
    const size = chunk.size();
    const pause = pauseAt !== undefined && at < pauseAt.tokens ? pauseAt.tokens : Infinity;
    const end = Math.min(pause, chunkEnd({ at, size, tile, length: prompt.length }));
    if (end >= prompt.length) return prompt.slice(at);
    const startedAt = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, end));
    if (end - at === size) chunk.took(performance.now() - startedAt);
    options.onChunk(end - from, prompt.length - from);
    await options.betweenChunks();
  }
}
