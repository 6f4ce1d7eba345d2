// Tokens → text while they come. A character may take several tokens: none is shown before it is whole.

import type { LlamaModel, Token } from 'node-llama-cpp';

export interface TokenText {
  readonly push: (tokens: readonly Token[]) => string;
  /** What is left at the end, whole or not. */
  readonly end: () => string;
}

const unfinished = '�';

/** A character that isn't whole after so many tokens never will be. */
const mostTokens = 8;

/** How many tokens before a text decide how it is spelt, its leading space that is. */
const context = 3;

/**
 * @param before The tokens that the text goes on from.
 * @param marks Control tokens whose text is wanted, since it marks a thought or a stop; that of others isn't shown.
 */
export function createTokenText(model: LlamaModel, before: readonly Token[], marks: readonly string[]): TokenText {
  let recent = before.slice(-context);
  let waiting: Token[] = [];

  const take = (): string => {
    const text = model.detokenize(waiting, false, recent);
    recent = [...recent, ...waiting].slice(-context);
    waiting = [];
    return text;
  };

  const pushOne = (token: Token): string => {
    if (model.isSpecialToken(token)) {
      const control = model.detokenize([token], true);
      const shown = marks.some((mark) => mark.includes(control)) ? control : '';
      return (waiting.length > 0 ? take() : '') + shown;
    }
    waiting.push(token);
    const text = model.detokenize(waiting, false, recent);
    if (text.endsWith(unfinished) && waiting.length < mostTokens) return '';
    recent = [...recent, ...waiting].slice(-context);
    waiting = [];
    return text;
  };

  return {
    push: (tokens) => tokens.map(pushOne).join(''),
    end: () => (waiting.length > 0 ? take() : ''),
  };
}
