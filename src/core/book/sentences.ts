// Cuts a paragraph's inline tokens into sentences without cutting a link, a formula or an emphasis in two.

import type { Token } from 'markdown-it';
import { sentenceEnds } from '../sentenceEnds.ts';
import { texText } from './tex.ts';

/** The sentences of one paragraph, each a balanced list of inline tokens. */
export function splitSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [];
  let current: Token[] = [];
  let depth = 0;
  const end = (): void => {
    if (current.some((token) => inlineText([token]).trim() !== '')) sentences.push(current);
    else sentences.at(-1)?.push(...current);
    current = [];
  };
  for (const token of tokens) {
    depth += token.nesting;
    if (token.type !== 'text' || depth > 0) {
      // A bold statement ("**X is Y.** But…") is a sentence of its own.
      const endsInside = depth === 0 && token.nesting === -1 && /[.!?]["'”’)]*$/.test(inlineText(current).trimEnd());
      current.push(token);
      if (endsInside) end();
      continue;
    }
    let from = 0;
    for (const to of sentenceEnds(token.content, inlineText(current))) {
      current.push(withText(token, token.content.slice(from, to)));
      end();
      from = to;
    }
    const rest = token.content.slice(from);
    if (rest !== '') current.push(withText(token, rest));
  }
  end();
  return sentences;
}

/** A copy of a token with other text. */
export function withText(token: Token, content: string): Token {
  // A copy that keeps the prototype: the renderer calls methods of tokens.
  return Object.assign(Object.create(Object.getPrototypeOf(token) as object) as Token, token, { content });
}

/** Inline tokens as plain text. */
export function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type.startsWith('math_')) return texText(token.content);
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      return token.nesting === 0 ? token.content : '';
    })
    .join('');
}
