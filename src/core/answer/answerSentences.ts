// The sentences of a model's paragraph, each with the citations that belong to it.

import type { Token } from 'markdown-it';
import { inlineText, splitSentences, withText } from '../book/sentences.ts';

/** One sentence as inline tokens. */
export interface TokenSentence {
  readonly tokens: readonly Token[];
  /** Plain text, formulas in readable characters, without citations. */
  readonly text: string;
  readonly citations: readonly number[];
}

/** Cuts a paragraph into sentences. A citation after the full stop belongs to the sentence before it. */
export function answerSentences(tokens: readonly Token[]): TokenSentence[] {
  const spaced = tokens.map((token, index) =>
    token.type === 'text' && tokens[index + 1]?.type === 'citation' && /[.!?…]["'”’)\]]*$/.test(token.content)
      ? withText(token, `${token.content} `)
      : token,
  );
  const groups: Token[][] = [];
  for (const group of splitSentences(spaced)) {
    const last = groups.at(-1);
    const first = group.findIndex(
      ({ type, content }) => type !== 'citation' && !(type === 'text' && content.trim() === ''),
    );
    if (last && first > 0) last.push(...group.splice(0, first));
    groups.push(group);
  }
  return groups.map((group) => ({
    tokens: group,
    text: inlineText(group).replace(/\s+/g, ' ').trim(),
    citations: [
      ...new Set(group.filter(({ type }) => type === 'citation').map(({ meta }) => Number(meta?.['number']))),
    ],
  }));
}
