// The line of a passage that shows why it was found.

import type { Passage } from '../passages.ts';
import { stem, wordsOf } from './words.ts';

export interface Snippet {
  readonly snippet: string;
  /** The matched words in `snippet`, as [start, end) offsets in UTF-16 units. */
  readonly matches: readonly (readonly [number, number])[];
}

/** Finds the snippet of a passage for words that `isMatch` accepts, each given as written (normalised) and stemmed. */
export type SnippetOf = (passage: Passage, isMatch: (word: string, stemmed: string) => boolean) => Snippet;

interface WordInText {
  readonly from: number;
  readonly to: number;
  readonly forms: readonly { readonly word: string; readonly stemmed: string }[];
}

const snippetLength = 110;

/** Snippets that remember how each passage falls into words: typing asks for the same passages again and again. */
export function createSnippets(): SnippetOf {
  const analysed = new Map<string, readonly (readonly WordInText[])[]>();
  return (passage, isMatch) => {
    const sentences = analysed.get(passage.id) ?? passage.sentences.map(({ text }) => wordsWithPlaces(text));
    analysed.set(passage.id, sentences);
    const ranges = sentences.map((words) =>
      words
        .filter(({ forms }) => forms.some(({ word, stemmed }) => isMatch(word, stemmed)))
        .map(({ from, to }): [number, number] => [from, to]),
    );
    const best = ranges.reduce((a, found, n) => (found.length > (ranges[a]?.length ?? 0) ? n : a), 0);
    return cut(passage.sentences[best]?.text ?? passage.unquoted, ranges[best] ?? []);
  };
}

/** The snippet of any text, for words that `isMatch` accepts. */
export function snippetOf(text: string, isMatch: (word: string, stemmed: string) => boolean): Snippet {
  const ranges = wordsWithPlaces(text)
    .filter(({ forms }) => forms.some(({ word, stemmed }) => isMatch(word, stemmed)))
    .map(({ from, to }): [number, number] => [from, to]);
  return cut(text, ranges);
}

function wordsWithPlaces(text: string): WordInText[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*\+{0,2}/gu)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    forms: wordsOf(found[0]).map((word) => ({ word, stemmed: stem(word) })),
  }));
}

/** At most `snippetLength` characters around the first match, cut at words. */
function cut(text: string, ranges: readonly (readonly [number, number])[]): Snippet {
  const first = ranges[0]?.[0] ?? 0;
  const start = first < snippetLength * 0.6 ? 0 : text.lastIndexOf(' ', first - 30) + 1;
  const longEnd = start + snippetLength >= text.length ? text.length : text.lastIndexOf(' ', start + snippetLength);
  const end = longEnd > start ? longEnd : Math.min(text.length, start + snippetLength);
  const before = start > 0 ? '… ' : '';
  const snippet = `${before}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
  const shift = before.length - start;
  const matches = ranges
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from + shift, to + shift]);
  return { snippet, matches };
}
