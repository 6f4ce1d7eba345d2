// The loop of generation: evaluate the last token (and a guess of what follows), choose the next ones, hand them on.

import type { ControlledEvaluateInputItem, LlamaContextSequence, LlamaGrammar, Token } from 'node-llama-cpp';
import { LlamaGrammarEvaluationState } from 'node-llama-cpp';
import type { Sampling } from '../../core/model/language.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { Guessing } from './guessing.ts';
import { penalisedTokens, samplingAt } from './sampling.ts';

export interface GenerationOptions {
  readonly sequence: LlamaContextSequence;
  /** The prompt's last tokens, at least one, that haven't been evaluated yet. */
  readonly pending: readonly Token[];
  /** The tokens before those, for the repeat penalty. */
  readonly before: readonly Token[];
  readonly maxTokens: number;
  readonly sampling: Sampling;
  readonly signal: AbortSignal;
  /** Takes the next tokens; false to end. */
  readonly onTokens: (tokens: readonly Token[]) => boolean;
  /** Between two steps. */
  readonly betweenSteps: () => Promise<void>;
}

export type GenerationEnd = 'finished' | 'length' | 'stopped';

/**
 * Generates until the model ends its text, `maxTokens` are there, `onTokens` has enough, or the signal aborts. The output
 * doesn't depend on the guesses: of a guess, only what the model itself would have chosen is kept.
 */
export async function generateTokens(
  options: GenerationOptions,
  guessing: Guessing,
  onGuess: (drafted: number, accepted: number) => void,
): Promise<GenerationEnd> {
  const { sequence, maxTokens, signal, sampling } = options;
  const past = [...options.before.slice(-penalisedTokens), ...options.pending];
  const isStopped = (): boolean => signal.aborted;
  const single = singleSteps(options, () => past.slice(-penalisedTokens));
  let pending = options.pending;
  try {
    for (let generated = 0; ;) {
      if (isStopped()) return 'stopped';
      const startedAt = performance.now();
      // The first step is still part of the prompt.
      const guess = generated === 0 ? [] : await guessing.guess(maxTokens - generated - 1, signal);
      const start = sequence.nextTokenIndex;
      const chosen =
        guess.length === 0 && single !== undefined
          ? [await single.next(generated === 0 ? undefined : pending[0])]
          : await step(sequence, pending, guess, (ahead) =>
              samplingAt(sampling, start + pending.length + ahead, () =>
                [...past, ...guess.slice(0, ahead)].slice(-penalisedTokens),
              ),
            );
      const accepted = chosen.length - 1;
      if (accepted < guess.length) {
        const wrong = start + pending.length + accepted;
        await sequence.eraseContextTokenRanges([{ start: wrong, end: sequence.nextTokenIndex }]);
      }
      const ms = generated === 0 ? undefined : performance.now() - startedAt;
      guessing.came(chosen, guess.length, accepted, ms);
      if (guess.length > 0) onGuess(guess.length, accepted);

      const end = chosen.findIndex((token) => sequence.model.isEogToken(token));
      const shown = end < 0 ? chosen : chosen.slice(0, end);
      generated += shown.length;
      past.push(...shown);
      if (past.length > 4 * penalisedTokens) past.splice(0, past.length - penalisedTokens);
      if (isStopped()) return 'stopped';
      const wantsMore = shown.length === 0 || options.onTokens(shown);
      if (end >= 0 || !wantsMore) return 'finished';
      if (generated >= maxTokens) return 'length';
      pending = chosen.slice(-1);
      await options.betweenSteps();
    }
  } finally {
    await single?.end();
  }
}

/**
 * Steps without a guess, for greedy generation. The library's own loop keeps its sampler, with its buffers for the whole
 * vocabulary, from step to step: with a large one that is worth half a millisecond a token. Between two of its steps the
 * sequence may be evaluated and cut back by others. Sampling needs another seed at each position, which that loop can't have.
 */
function singleSteps(
  { sequence, pending, sampling }: GenerationOptions,
  recent: () => Token[],
): { readonly next: (token: Token | undefined) => Promise<Token>; readonly end: () => Promise<unknown> } | undefined {
  if (sampling.temperature > 0) return undefined;
  const { repeatPenalty = 1 } = sampling;
  const steps = sequence.evaluate([...pending], {
    temperature: 0,
    yieldEogToken: true,
    ...(repeatPenalty !== 1 && { repeatPenalty: { penalty: repeatPenalty, punishTokens: recent } }),
  });
  return {
    next: async (token) => {
      const { value, done } = await steps.next(token);
      if (done) throw new ModelError('bad-file', 'The model chose no token. Its file may be damaged.');
      return value;
    },
    end: () => steps.return(),
  };
}

/**
 * Evaluates `pending` and a guess behind it.
 * @param options The sampling of the n-th token after `pending`.
 * @returns The tokens that the model chooses: those of the guess that it agrees with, and the one that follows.
 */
async function step(
  sequence: LlamaContextSequence,
  pending: readonly Token[],
  guess: readonly Token[],
  options: (ahead: number) => ReturnType<typeof samplingAt>,
): Promise<Token[]> {
  const first = pending.length - 1;
  const input: ControlledEvaluateInputItem[] = [...pending, ...guess];
  for (let ahead = 0; ahead <= guess.length; ahead++) {
    const token = input[first + ahead];
    if (typeof token === 'number')
      input[first + ahead] = [token, { generateNext: { token: true, options: options(ahead) } }];
  }
  const results = await sequence.controlledEvaluate(
    input,
    guess.length === 0
      ? undefined
      : {
          onTokenResult: (index, { next }) => {
            // Behind the first token that differs nothing needs to be sampled: the library looks its input up as it goes.
            if (next.token === guess[index - first]) return;
            for (let later = index - first; later < guess.length; later++) {
              const token = guess[later];
              if (token !== undefined) input[first + later + 1] = token;
            }
          },
        },
  );
  const chosen: Token[] = [];
  for (let ahead = 0; ahead <= guess.length; ahead++) {
    const token = results[first + ahead]?.next.token;
    if (token === undefined || token === null) break;
    chosen.push(token);
    if (token !== guess[ahead]) break;
  }
  if (chosen.length === 0) throw new ModelError('bad-file', 'The model chose no token. Its file may be damaged.');
  return chosen;
}

/** The same under a grammar, which the library applies token by token. */
export async function generateWithGrammar(options: GenerationOptions, grammar: LlamaGrammar): Promise<GenerationEnd> {
  const { sequence, maxTokens, signal, sampling } = options;
  const past = [...options.before.slice(-penalisedTokens), ...options.pending];
  const { seed, ...chosenSampling } = samplingAt(sampling, 0, () => []);
  const { repeatPenalty = 1 } = sampling;
  const tokens = sequence.evaluate([...options.pending], {
    ...chosenSampling,
    ...(seed !== undefined && { seed }),
    ...(repeatPenalty !== 1 && {
      repeatPenalty: { penalty: repeatPenalty, punishTokens: () => past.slice(-penalisedTokens) },
    }),
    grammarEvaluationState: new LlamaGrammarEvaluationState({ model: sequence.model, grammar }),
  });
  let generated = 0;
  for await (const token of tokens) {
    if (signal.aborted) return 'stopped';
    past.push(token);
    generated++;
    if (!options.onTokens([token])) return 'finished';
    if (generated >= maxTokens) return 'length';
    await options.betweenSteps();
  }
  return 'finished';
}
