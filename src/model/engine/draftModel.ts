// A second, smaller model of the same vocabulary that runs ahead.

import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';

export interface DraftModel {
  /** What the small model thinks comes after these tokens; less than `most` where it thinks that the text ends. */
  readonly guess: (tokens: readonly Token[], most: number, signal: AbortSignal) => Promise<readonly Token[]>;
}

/** Whether one model's token ids mean the same to the other. */
export function sharesVocabulary(model: LlamaModel, draft: LlamaModel): boolean {
  const [own, other] = [model, draft].map(({ fileInfo }) => fileInfo.metadata.tokenizer.ggml.tokens);
  if (own === undefined || other === undefined || model.vocabularyType !== draft.vocabularyType) return false;
  const shared = Math.min(own.length, other.length);
  // Models of one family differ at most in unused tokens at the end.
  if (Math.max(own.length, other.length) - shared > 128) return false;
  for (let token = 0; token < shared; token++) if (own[token] !== other[token]) return false;
  return true;
}

/** @param chunk Tokens evaluated at once. */
export function createDraftModel(sequence: LlamaContextSequence, chunk: number): DraftModel {
  const greedy = { generateNext: { token: true, options: { temperature: 0 } } };
  return {
    guess: async (tokens, most, signal) => {
      if (tokens.length + most >= sequence.contextSize) return [];
      // Its last token is evaluated anew, for its logits.
      const { firstDifferentIndex } = sequence.compareContextTokens([...tokens]);
      const from = Math.min(firstDifferentIndex, tokens.length - 1);
      if (from < sequence.nextTokenIndex) {
        await sequence.eraseContextTokenRanges([{ start: from, end: sequence.nextTokenIndex }]);
      }
      const rest = tokens.slice(from);
      while (rest.length > chunk && !signal.aborted) {
        await sequence.evaluateWithoutGeneratingNewTokens(rest.splice(0, chunk));
      }
      const guessed: Token[] = [];
      let next: Token[] = rest;
      while (guessed.length < most && !signal.aborted) {
        const last = next.at(-1);
        if (last === undefined) break;
        const results = await sequence.controlledEvaluate([...next.slice(0, -1), [last, greedy]]);
        const token = results.at(-1)?.next.token;
        if (token === undefined || token === null || sequence.model.isEogToken(token)) break;
        guessed.push(token);
        next = [token];
      }
      return guessed;
    },
  };
}
