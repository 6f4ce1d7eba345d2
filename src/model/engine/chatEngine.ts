// A chat model at work: which request runs when, and on which sequence.

import { randomInt } from 'node:crypto';
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { ModelCard, Priority } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import { sharedPrefix } from '../../core/model/prefixPlan.ts';
import type { Engine, EngineOptions, GenerateEnd } from '../engine.ts';
import type { DraftModel } from './draftModel.ts';
import { grammarOf } from './grammar.ts';
import { createKeeping } from './keeping.ts';
import type { Keeping } from './keeping.ts';
import { orAborted } from './orAborted.ts';
import { foregroundPlace, onOwnSequence } from './place.ts';
import type { Place } from './place.ts';
import { prefill, reusePrefix } from './prefill.ts';
import { createPromptMaker } from './prompt.ts';
import type { Prompt } from './prompt.ts';
import { newCosts, statisticsOf } from './requestCosts.ts';
import type { RequestCosts } from './requestCosts.ts';
import { runRequest } from './runRequest.ts';
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

export function createChatEngine(
  parts: ChatParts,
): Pick<Engine, 'generate' | 'warm' | 'countPrompt'> & { readonly thinks: boolean } {
  const { model, sequence, card, files, turns, closing } = parts;
  const maker = createPromptMaker(model);
  const keeping = createKeeping(files, card, parts.track, parts.log);
  const foreground = foregroundPlace(sequence, card, keeping, parts.draftModel);

  /** Has work done when its turn comes. It may go on when nobody waits for it any more: a chunk can't be interrupted. */
  const inTurn = <T>(priority: Priority, signal: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> => {
    const running = (async () => {
      const turn = await turns.take(priority, signal);
      try {
        return await work(turn);
      } catch (error) {
        // Whatever the conversations' sequence holds now, it isn't sure.
        if (priority === 'foreground' && !signal.aborted && !sequence.disposed)
          await sequence.clearHistory().catch(() => undefined);
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
        let saved: Awaited<ReturnType<Keeping['save']>> | undefined;
        const wantsKeeping = await keeping.wants(keep);
        const run = (place: Place): ReturnType<typeof runRequest> => {
          const then = async (): Promise<void> => {
            saved = await keeping.save(place.sequence, keep);
          };
          return runRequest({
            place,
            prompt,
            request,
            sampling,
            ...(grammar && { grammar }),
            files,
            ...(wantsKeeping && { save: { tokens: keep.length, then } }),
            signal,
            costs,
            onEvent,
            betweenSteps: () => turn.giveWay(signal),
          });
        };
        try {
          if (request.priority === 'foreground') return await run(foreground);
          return await onOwnSequence(costs.prompt + request.maxTokens, card, parts.createContext, run);
        } finally {
          saved?.keep();
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
      if (!keeping.isWorth(tokens)) return { tokens: 0, fresh: false };
      if (await files.has(tokens)) return { tokens: tokens.length, fresh: false };
      const work = inTurn('background', signal, async (turn) => {
        if (await files.has(tokens)) return { tokens: tokens.length, fresh: false };
        const costs = newCosts(performance.now());
        const saved = await onOwnSequence(tokens.length, card, parts.createContext, async (place) => {
          const { sequence: own, chunk, tile } = place;
          const reused = await reusePrefix(own, tokens, files, place);
          costs.reused = reused.tokens;
          costs.restored = reused.restored;
          const betweenChunks = (): Promise<void> => turn.giveWay(signal);
          const onChunk = (evaluated: number): void => void (costs.evaluated = evaluated);
          const last = await prefill({ sequence: own, prompt: tokens, chunk, tile, signal, onChunk, betweenChunks });
          await own.evaluateWithoutGeneratingNewTokens([...last]);
          costs.evaluated += last.length;
          return files.save(tokens, (path) => own.saveStateToFile(path));
        });
        parts.onCosts(costs);
        await saved.keep();
        return { tokens: tokens.length, fresh: true };
      });
      return orAborted(work, signal, () => {
        throw asked.aborted ? (asked.reason as Error) : new ModelError('ended', 'The model was put away.');
      });
    },
  };
}
