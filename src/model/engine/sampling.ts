// How the next token is chosen: the request's sampling → what the library takes, position by position.

import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp';
import type { Sampling } from '../../core/model/language.ts';

type GenerateNext = NonNullable<Exclude<ControlledEvaluateInputItem, number>[1]['generateNext']>;
export type SamplingOptions = NonNullable<GenerateNext['options']>;

/** Tokens of the past that a repeat penalty counts. */
export const penalisedTokens = 64;

/**
 * Without a limit the sampler sorts the whole vocabulary, ten times the cost of the likeliest few: 0, "all", is never passed on.
 */
const defaultTopK = 40;

export const greedy: SamplingOptions = { temperature: 0 };

/**
 * Options for one position. The seed differs from position to position, since every evaluation starts its sampler anew;
 * and it depends on nothing else, so that guessing ahead samples the same tokens as single steps do.
 * @param recent The tokens before this position, for the repeat penalty.
 */
export function samplingAt(sampling: Sampling, position: number, recent: () => Token[]): SamplingOptions {
  const { temperature, topK = defaultTopK, topP, minP, seed = 0, repeatPenalty = 1 } = sampling;
  const penalty = repeatPenalty === 1 ? undefined : { penalty: repeatPenalty, punishTokens: recent() };
  if (temperature <= 0) return penalty === undefined ? greedy : { ...greedy, repeatPenalty: penalty };
  return {
    temperature,
    topK: topK < 1 ? defaultTopK : Math.floor(topK),
    ...(topP !== undefined && { topP }),
    ...(minP !== undefined && { minP }),
    ...(penalty && { repeatPenalty: penalty }),
    seed: seedAt(seed, position),
  };
}

/** Mixes seed and position into 31 bits (the finaliser of MurmurHash3, A. Appleby). */
function seedAt(seed: number, position: number): number {
  let mixed = (Math.floor(seed) ^ Math.imul(position + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 1;
}
