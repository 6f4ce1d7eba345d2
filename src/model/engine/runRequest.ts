// One request on one sequence: reuse, evaluate, generate, and the text of it all.

import type { LlamaGrammar, Token } from 'node-llama-cpp';
import { createAnswerText } from '../../core/model/answerText.ts';
import type { TextPiece } from '../../core/model/answerText.ts';
import { createJsonEnd } from '../../core/model/jsonEnd.ts';
import type { GenerateRequest, Sampling } from '../../core/model/language.ts';
import type { Engine } from '../engine.ts';
import { generateTokens, generateWithGrammar } from './generateTokens.ts';
import type { GenerationEnd } from './generateTokens.ts';
import { createGuessing, noGuessing } from './guessing.ts';
import { prefill, reusePrefix } from './prefill.ts';
import type { Place } from './place.ts';
import type { Prompt } from './prompt.ts';
import type { RequestCosts } from './requestCosts.ts';
import type { StateFiles } from './stateFiles.ts';
import { createTokenText } from './tokenText.ts';

export interface RunOptions {
  readonly place: Place;
  readonly prompt: Prompt;
  readonly request: GenerateRequest;
  readonly sampling: Sampling;
  readonly grammar?: LlamaGrammar;
  readonly files: StateFiles;
  /** Save the state where it holds so many tokens of the prompt, if it comes past there. */
  readonly save?: { readonly tokens: number; readonly then: () => Promise<void> };
  readonly signal: AbortSignal;
  readonly costs: RequestCosts;
  readonly onEvent: Parameters<Engine['generate']>[2];
  /** Between two evaluations. */
  readonly betweenSteps: () => Promise<void>;
}

/**
 * So often, in milliseconds, tokens become text that is shown: faster than that nobody reads. A small model makes a token
 * every few milliseconds, on all cores; what is done for each takes its time from the model, the window that it wakes included.
 */
const showMs = 60;

/** Runs a request to its end. Rejects with the signal's reason while the prompt is evaluated. */
export async function runRequest(options: RunOptions): Promise<GenerationEnd> {
  const { place, prompt, request, files, signal, costs, onEvent } = options;
  const { sequence } = place;
  costs.prefillFrom = performance.now();
  const reused = await reusePrefix(sequence, prompt.tokens, files, place);
  costs.reused = reused.tokens;
  costs.restored = reused.restored;
  signal.throwIfAborted();
  onEvent({ type: 'prompt', tokens: prompt.tokens.length, reused: reused.tokens });
  const pending = await prefill({
    sequence,
    prompt: prompt.tokens,
    chunk: place.chunk,
    tile: place.tile,
    signal,
    ...(options.save && { pauseAt: options.save }),
    onChunk: (evaluated, total) => {
      costs.evaluated = evaluated;
      if (!signal.aborted) onEvent({ type: 'prefill', evaluated, total });
    },
    betweenChunks: options.betweenSteps,
  });
  const before = prompt.tokens.slice(0, prompt.tokens.length - pending.length);
  costs.evaluated += pending.length;

  const { answerStops, marks } = stopsOf(prompt, request);
  const text = createTokenText(sequence.model, prompt.rules.continues ? prompt.tokens : [], marks);
  const answer = createAnswerText({ ...prompt.rules, answerStops });
  const show = (pieces: readonly TextPiece[]): void => {
    if (signal.aborted) return;
    for (const { segment, text } of pieces) onEvent({ type: 'text', segment, text });
  };
  const json = options.grammar && createJsonEnd();
  let unread: Token[] = [];
  let shownAt = -Infinity;
  /** @returns Whether more is wanted. */
  const read = (): boolean => {
    const next = text.push(unread);
    unread = [];
    shownAt = performance.now();
    const end = json?.push(next);
    show(answer.push(next.slice(0, end)));
    return !answer.stopped() && end === undefined;
  };
  const generation = {
    sequence,
    pending,
    before,
    maxTokens: request.maxTokens,
    sampling: options.sampling,
    signal,
    onTokens: (tokens: readonly Token[]) => {
      costs.firstTokenAt ??= performance.now();
      costs.generated += tokens.length;
      unread.push(...tokens);
      return performance.now() - shownAt < showMs || read();
    },
    betweenSteps: options.betweenSteps,
  };
  const end =
    options.grammar === undefined
      ? await generateTokens(generation, guessingFor(place, prompt), (drafted, accepted) => {
          costs.drafted += drafted;
          costs.accepted += accepted;
        })
      : await generateWithGrammar(generation, options.grammar);
  costs.firstTokenAt ??= performance.now();
  const isWhole = !read();
  show(answer.push(text.end()));
  show(answer.end());
  return isWhole && end === 'length' ? 'finished' : end;
}

function guessingFor(place: Place, prompt: Prompt): ReturnType<typeof createGuessing> {
  return place.guesses.from === 'nothing'
    ? noGuessing
    : createGuessing(prompt.tokens, place.guesses.longest, place.guesses.draftModel);
}

/** What ends the answer, and the texts in which control tokens may occur. */
function stopsOf(
  prompt: Prompt,
  request: GenerateRequest,
): { answerStops: readonly string[]; marks: readonly string[] } {
  const answerStops = (request.stopAt ?? []).filter((text) => text !== '');
  const { thought, hidden, stops } = prompt.rules;
  return {
    answerStops,
    marks: [...(thought ? [thought.open, thought.close] : []), ...hidden, ...stops, ...answerStops],
  };
}
