// Chapters that are revised: passages of paragraphs of sentences, and what an author does to them.

import { chapterWords, type ChapterWords, type PassageSpan } from '../../../src/core/study/chapterWords.ts';

export interface Draft {
  readonly passages: readonly { readonly anchor: string; readonly paragraphs: readonly (readonly string[])[] }[];
}

/** Where a sentence stands in a draft. */
export interface Spot {
  readonly passage: number;
  readonly paragraph: number;
  readonly sentence: number;
}

/** A chapter's words taken apart. */
export function draftOf(summary: string, html: string): Draft {
  const { text, passages } = chapterWords(summary, html);
  return {
    passages: passages.map(({ anchor, start, end }) => ({
      anchor,
      paragraphs: text
        .slice(start, end)
        .split('\n')
        .filter((paragraph) => paragraph !== '')
        .map((paragraph) => paragraph.split(/(?<=[.!?]) /)),
    })),
  };
}

/** The words of a draft, and where its sentences start. */
export function wordsOf(draft: Draft): { readonly words: ChapterWords; readonly startOf: (spot: Spot) => number } {
  let text = '';
  const passages: PassageSpan[] = [];
  const starts = new Map<string, number>();
  draft.passages.forEach(({ anchor, paragraphs }, p) => {
    const start = text.length;
    paragraphs.forEach((sentences, g) => {
      sentences.forEach((sentence, s) => {
        starts.set(`${p}/${g}/${s}`, text.length);
        text += sentence + (s === sentences.length - 1 ? '\n' : ' ');
      });
    });
    passages.push({ anchor, start, end: text.length });
  });
  return {
    words: { text, passages },
    startOf: ({ passage, paragraph, sentence }) => starts.get(`${passage}/${paragraph}/${sentence}`) ?? -1,
  };
}

export function sentenceAt(draft: Draft, { passage, paragraph, sentence }: Spot): string {
  return draft.passages[passage]?.paragraphs[paragraph]?.[sentence] ?? '';
}

/** The draft with one paragraph changed. */
export function withParagraph(
  draft: Draft,
  spot: Spot,
  change: (sentences: readonly string[]) => readonly string[],
): Draft {
  return {
    passages: draft.passages.map((passage, p) =>
      p !== spot.passage
        ? passage
        : {
            ...passage,
            paragraphs: passage.paragraphs
              .map((sentences, g) => (g === spot.paragraph ? change(sentences) : sentences))
              .filter((sentences) => sentences.length > 0),
          },
    ),
  };
}

/** A sentence with about `share` of its words replaced by `others`. */
export function reworded(sentence: string, share: number, random: () => number, others: readonly string[]): string {
  return sentence
    .split(' ')
    .map((word) => (random() < share ? (others[Math.floor(random() * others.length)] ?? word) : word))
    .join(' ');
}

/** Repeatable numbers from 0 to below 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
