// The passages of a prompt as the numbered sources of one answer. Numbers are given once: a passage that turns out to be
// cited later gets the next.

import type { Source } from '../answer.ts';
import type { Passage } from '../passages.ts';
import type { Found, RankedPassage } from '../search/retrieve.ts';
import { termsOf } from '../search/words.ts';
import { excerpt } from './quote.ts';

export interface AnswerSources {
  readonly list: () => readonly Source[];
  readonly passageOf: (number: number) => Passage | undefined;
  readonly numberOf: (passage: Passage) => number;
}

export interface SourceParts {
  readonly found: Found;
  readonly ranked: readonly RankedPassage[];
  readonly chapterTitle: (chapterId: string) => string;
}

/** Sources 1 to n are `passages`, in their order. */
export function createSources(passages: readonly Passage[], parts: SourceParts): AnswerSources {
  const scores = new Map(parts.ranked.map(({ passage, score }) => [passage.id, score]));
  const shown: Passage[] = [];
  const sources: Source[] = [];
  const add = (passage: Passage): number => {
    shown.push(passage);
    sources.push({
      number: shown.length,
      passageId: passage.id,
      chapterId: passage.chapterId,
      chapterTitle: parts.chapterTitle(passage.chapterId),
      heading: passage.heading,
      ...(passage.document !== undefined && { fromLibrary: true }),
      excerpt: excerpt(bestSentence(passage, parts)),
      score: scores.get(passage.id) ?? 0,
    });
    return shown.length;
  };
  for (const passage of passages) add(passage);
  return {
    list: () => [...sources],
    passageOf: (number) => shown[number - 1],
    numberOf: (passage) => {
      const at = shown.findIndex(({ id }) => id === passage.id);
      return at < 0 ? add(passage) : at + 1;
    },
  };
}

/** The sentence that holds most of the question. */
function bestSentence(passage: Passage, { found: { wanted } }: SourceParts): string {
  let best = { text: '', score: -1 };
  for (const { text } of passage.sentences) {
    const score = [...new Set(termsOf(text))].reduce((sum, term) => sum + (wanted.get(term) ?? 0), 0);
    if (score > best.score) best = { text, score };
  }
  return best.text;
}
