// A chat model at work: which request runs when, and on which sequence.

import { randomInt } from 'node:crypto';
import type { LlamaContext, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { dropState, nothingDropped, rememberPrompt } from '../../core/model/droppedStates.ts';
import type { ModelCard, Priority } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import { sharedPrefix } from '../../core/model/prefixPlan.ts';
import type { Engine, EngineOptions, GenerateEnd } from '../engine.ts';
import type { DraftModel } from './draftModel.ts';
import { grammarOf } from './grammar.ts';
import { orAborted } from './orAborted.ts';
import { createChunkSize, prefill, reusePrefix } from './prefill.ts';
import { createPromptMaker } from './prompt.ts';
import type { Prompt } from './prompt.ts';
import { newCosts, statisticsOf } from './requestCosts.ts';
import type { RequestCosts } from './requestCosts.ts';
import { runRequest } from './runRequest.ts';
import type { Place } from './runRequest.ts';
import type { StateFiles } from './stateFiles.ts';
import type { Turn, Turns } from './turns.ts';

export interface ChatParts {
  readonly model: LlamaModel;
  /** The conversations' sequence: alone in its context. */
  readonly sequence: LlamaContextSequence;
  /** Another context like that of the conversations, for as many tokens. The caller disposes it. */
  readonly createContext: (tokens: number, batch: number) => Promise<LlamaContext>;
  readonly card: ModelCard;
  readonly draftModel?: DraftModel;
  readonly files: StateFiles;
  readonly turns: Turns;
  /** Aborts when the engine goes. */
  readonly closing: AbortSignal;
  /** Something that runs on when its request is answered; the engine waits for it before it goes. */
  readonly track: (work: Promise<unknown>) => void;
  readonly onCosts: (costs: RequestCosts) => void;
  readonly log: EngineOptions['log'];
}

/** A prefix that is evaluated as fast as it is read from disk isn't worth a file. */
const worthKeeping = 200;

/** A conversation whose state would take more of the quota than this isn't parked. */
const mostParked = 0.25;

/** What the learner waits for is evaluated in chunks of a second at most, background work so that it can be overtaken soon. */
const foregroundChunkMs = 1000;
const backgroundChunkMs = 90;
const backgroundBatch = 64;
const firstBackgroundChunk = 16;

/** FlashAttention on the CPU works in tiles of so many tokens; fewer it takes one by one, at more than twice the cost of each. */
const attentionTile = 64;

/** Guesses as long as a tile at most: their logits are kept, a row of the vocabulary's size for each. */
const longestGuess = attentionTile - 1;

export function createChatEngine(
  parts: ChatParts,
): Pick<Engine, 'generate' | 'warm' | 'countPrompt'> & { readonly thinks: boolean } {
  const { model, sequence, card, files, turns, closing, log } = parts;
  const maker = createPromptMaker(model);
  const tile = card.gpu === 'none' && card.flashAttention && card.kvCache === 'f16' ? attentionTile : undefined;
  let dropped = nothingDropped;

  const stateBytes = (tokens: number): number => tokens * (card.memory.kvBytesPerToken + 64);

  /** Keeps a state in the background, once nothing waits for it. */
  const keepLater = (keep: () => Promise<void>): void => {
    parts.track(
      keep().catch((error: unknown) => {
        log('warn', `A state couldn’t be kept: ${String(error)}`);
      }),
    );
  };

  const save = async (from: LlamaContextSequence, tokens: readonly Token[]): Promise<() => Promise<void>> => {
    const { keep } = await files.save(tokens, (path) => from.saveStateToFile(path));
    return keep;
  };

  const foreground: Place = {
    sequence,
    chunk: createChunkSize(card.batchTokens, card.batchTokens, foregroundChunkMs),
    guesses:
      card.speculation === 'off'
        ? { from: 'nothing' }
        : {
            from: 'prompt',
            longest: Math.min(longestGuess, card.batchTokens - 1),
            ...(parts.draftModel && { draftModel: parts.draftModel }),
          },
    tile,
    onDrop: async (held, kept) => {
      const next = dropState(dropped, held, kept);
      dropped = next.dropped;
      const bytes = stateBytes(held.length);
      if (!next.park || bytes > files.statistics().quota * mostParked || (await files.has(held))) return;
      keepLater(await save(sequence, held));
    },
  };

  /** Runs on a sequence of its own, which is gone afterwards: background work must not cost the conversations their state. */
  const onOwnSequence = async <T>(tokens: number, work: (place: Place) => Promise<T>): Promise<T> => {
    const batch = Math.min(backgroundBatch, card.batchTokens);
    const context = await parts.createContext(Math.min(tokens + 1, card.contextTokens), batch);
    try {
      return await work({
        sequence: context.getSequence(),
        chunk: createChunkSize(batch, firstBackgroundChunk, backgroundChunkMs),
        guesses: { from: 'nothing' },
        tile,
        onDrop: () => Promise.resolve(),
      });
    } finally {
      await context.dispose();
    }
  };

  /** Has work done when its turn comes. It may go on when nobody waits for it any more: a chunk can't be interrupted. */
  const inTurn = <T>(priority: Priority, signal: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> => {
    const running = (async () => {
      const turn = await turns.take(priority, signal);
      try {
        return await work(turn);
      } catch (error) {
        // Whatever the sequence holds now, it isn't sure.
        if (!signal.aborted && !sequence.disposed) await sequence.clearHistory().catch(() => undefined);
        throw error;
      } finally {
        turn.end();
      }
    })();
    parts.track(running.catch(() => undefined));
    return running;
  };

  const mustFit = (prompt: Prompt, maxTokens: number): void => {
    const tokens = prompt.tokens.length;
    if (tokens === 0) {
      throw new ModelError(
        'bad-file',
        'The model’s vocabulary has no tokens for this question: its file may be damaged. Get it again, or choose another model.',
      );
    }
    if (tokens + maxTokens <= card.contextTokens) return;
    throw new ModelError(
      'prompt-too-long',
      `The prompt has ${tokens} tokens and the answer may have ${maxTokens}, but the context holds only ${card.contextTokens}. Ask with less, or set a larger context.`,
    );
  };

  return {
    thinks: maker.thinks,
    countPrompt: (messages) => {
      closing.throwIfAborted();
      const count = (thoughts: 'auto' | 'off'): number => maker.make(messages, thoughts).tokens.length;
      return maker.thinks ? Math.max(count('auto'), count('off')) : count('auto');
    },

    generate: async (request, asked, onEvent) => {
      closing.throwIfAborted();
      const costs = newCosts(performance.now());
      const signal = AbortSignal.any([asked, closing]);
      const thoughts = request.jsonSchema === undefined ? (request.thoughts ?? 'auto') : 'off';
      const prompt = maker.make(request.messages, thoughts);
      costs.prompt = prompt.tokens.length;
      mustFit(prompt, request.maxTokens);
      const grammar = request.jsonSchema && (await grammarOf(model.llama, request.jsonSchema));
      const sampling = { seed: randomInt(2 ** 31), ...(request.sampling ?? { temperature: 0 }) };
      const kept = request.keepMessages
        ? maker.stablePrefix(request.messages.slice(0, request.keepMessages), thoughts)
        : [];
      const keep = prompt.tokens.slice(0, Math.min(sharedPrefix(kept, prompt.tokens), prompt.tokens.length - 1));

      const work = inTurn(request.priority, signal, async (turn) => {
        let later: (() => Promise<void>) | undefined;
        const isKept = keep.length < worthKeeping || !files.fits(stateBytes(keep.length)) || (await files.has(keep));
        const run = (place: Place): ReturnType<typeof runRequest> =>
          runRequest({
            place,
            prompt,
            request,
            sampling,
            ...(grammar && { grammar }),
            files,
            ...(!isKept && {
              save: {
                tokens: keep.length,
                then: async () => {
                  later = await save(place.sequence, keep);
                },
              },
            }),
            signal,
            costs,
            onEvent,
            betweenSteps: () => turn.giveWay(signal),
          });
        try {
          if (request.priority === 'background') return await onOwnSequence(costs.prompt + request.maxTokens, run);
          const reuse = sharedPrefix(sequence.contextTokens, prompt.tokens);
          dropped = rememberPrompt(dropped, prompt.tokens, reuse);
          return await run(foreground);
        } finally {
          if (later) keepLater(later);
          parts.onCosts(costs);
        }
      });
      const reason = await orAborted(work, signal, () => 'stopped' as const);
      if (closing.aborted && !asked.aborted) throw new ModelError('ended', 'The model was put away. Ask again.');
      const end: GenerateEnd = { type: 'end', reason, statistics: statisticsOf(costs, performance.now()) };
      return end;
    },

    warm: async (messages, asked) => {
      closing.throwIfAborted();
      const signal = AbortSignal.any([asked, closing]);
      signal.throwIfAborted();
      const tokens = maker.stablePrefix(messages, 'auto');
      if (tokens.length >= card.contextTokens) {
        throw new ModelError(
          'prompt-too-long',
          `This has ${tokens.length} tokens, but the context holds only ${card.contextTokens}.`,
        );
      }
      if (tokens.length < worthKeeping || !files.fits(stateBytes(tokens.length))) return { tokens: 0, fresh: false };
      if (await files.has(tokens)) return { tokens: tokens.length, fresh: false };
      const work = inTurn('background', signal, async (turn) => {
        if (await files.has(tokens)) return { tokens: tokens.length, fresh: false };
        const costs = newCosts(performance.now());
        const keep = await onOwnSequence(tokens.length, async (place) => {
          const { sequence: own, chunk } = place;
          const reused = await reusePrefix(own, tokens, files, place);
          costs.reused = reused.tokens;
          costs.restored = reused.restored;
          const betweenChunks = (): Promise<void> => turn.giveWay(signal);
          const onChunk = (evaluated: number): void => void (costs.evaluated = evaluated);
          const last = await prefill({ sequence: own, prompt: tokens, chunk, signal, onChunk, betweenChunks });
          await own.evaluateWithoutGeneratingNewTokens([...last]);
          costs.evaluated += last.length;
          return save(own, tokens);
        });
        parts.onCosts(costs);
        await keep();
        return { tokens: tokens.length, fresh: true };
      });
      return orAborted(work, signal, () => {
        throw asked.aborted ? (asked.reason as Error) : new ModelError('ended', 'The model was put away.');
      });
    },
  };
}
