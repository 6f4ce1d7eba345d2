// Where requests are evaluated: the conversations' own sequence, or one made for a piece of background work.

import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { dropState, nothingDropped, rememberPrompt } from '../../core/model/droppedStates.ts';
import type { ModelCard } from '../../core/model/language.ts';
import { createChunkSize } from './chunkSize.ts';
import type { ChunkSize } from './chunkSize.ts';
import type { DraftModel } from './draftModel.ts';
import type { Keeping } from './keeping.ts';

export interface Place {
  readonly sequence: LlamaContextSequence;
  readonly chunk: ChunkSize;
  /** Called before the tokens that the sequence holds are cut back, for a prompt that takes over so many of its own. */
  readonly onDrop: (drop: Drop) => Promise<void>;
  readonly guesses:
    | { readonly from: 'nothing' }
    | { readonly from: 'prompt'; readonly longest: number; readonly draftModel?: DraftModel };
  /** How many tokens are evaluated fastest together; undefined where that makes no difference. */
  readonly tile: number | undefined;
}

export interface Drop {
  readonly held: readonly Token[];
  /** How many of those the sequence will hold afterwards. */
  readonly kept: number;
  readonly prompt: readonly Token[];
  readonly reuse: number;
}

/**
 * How long a chunk of what the learner waits for may take: Stop ends the answer at once, but what is asked then waits for the
 * chunk. Halves of a batch cost a twentieth more, less than a tile much more: those would make every prompt slower for that.
 */
const foregroundChunkMs = 3000;

/** Background work is to be overtaken soon. */
const backgroundChunkMs = 90;
const backgroundBatch = 64;
const smallestBackgroundChunk = 16;

/** FlashAttention on the CPU works in tiles of so many tokens; fewer it takes one by one, at more than twice the cost of each. */
const attentionTile = 64;

/** Guesses as long as a tile at most: their logits are kept, a row of the vocabulary's size for each. */
const longestGuess = attentionTile - 1;

/** The conversations' place. A state that it loses is parked on disk where losing one before has proved a mistake. */
export function foregroundPlace(
  sequence: LlamaContextSequence,
  card: ModelCard,
  keeping: Keeping,
  draftModel: DraftModel | undefined,
): Place {
  let dropped = nothingDropped;
  return {
    sequence,
    chunk: createChunkSize({
      batch: card.batchTokens,
      first: card.batchTokens,
      smallest: attentionTile,
      longestMs: foregroundChunkMs,
    }),
    tile: tileOf(card),
    guesses:
      card.speculation === 'off'
        ? { from: 'nothing' }
        : {
            from: 'prompt',
            longest: Math.min(longestGuess, card.batchTokens - 1),
            ...(draftModel && { draftModel }),
          },
    onDrop: async ({ held, kept, prompt, reuse }) => {
      const next = dropState(rememberPrompt(dropped, prompt, reuse), held, kept);
      dropped = next.dropped;
      if (next.park) await keeping.park(sequence, held);
    },
  };
}

/**
 * Has work done on a sequence of its own, which is gone afterwards: it must not cost the conversations their state, nor take
 * memory when there is nothing to do.
 * @param createContext Makes a context like that of the conversations.
 */
export async function onOwnSequence<T>(
  tokens: number,
  card: ModelCard,
  createContext: (tokens: number, batch: number) => Promise<LlamaContext>,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const batch = Math.min(backgroundBatch, card.batchTokens);
  const context = await createContext(Math.min(tokens + 1, card.contextTokens), batch);
  try {
    return await work({
      sequence: context.getSequence(),
      chunk: createChunkSize({
        batch,
        first: smallestBackgroundChunk,
        smallest: smallestBackgroundChunk,
        longestMs: backgroundChunkMs,
      }),
      tile: tileOf(card),
      guesses: { from: 'nothing' },
      onDrop: () => Promise.resolve(),
    });
  } finally {
    await context.dispose();
  }
}

function tileOf({ gpu, flashAttention, kvCache }: ModelCard): number | undefined {
  return gpu === 'none' && flashAttention && kvCache === 'f16' ? attentionTile : undefined;
}
