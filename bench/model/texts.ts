// What the model is given to read. Of a shape that was made here it is known what it says and how long a text is; a real
// model gets the curriculum.

import { passageText } from '../../src/core/passages.ts';
import type { Passage } from '../../src/core/passages.ts';
import { between, seeded } from '../../scripts/specimen/random.ts';
import { chainOf } from '../../test/model/specimen/shapes.ts';

/** How the prompt relates to the answer. */
export type Likeness = 'verbatim' | 'tenth changed' | 'nothing alike' | 'misleading';

export interface Texts {
  /** About so many tokens that have not been used before. */
  readonly fresh: (tokens: number) => Promise<string>;
  /** A question whose answer quotes it so. */
  readonly question: (likeness: Likeness) => string;
  /** Which of these the model can be relied on to show. */
  readonly likenesses: readonly Likeness[];
}

/** Longer than any answer that is measured. */
const quotedWords = 320;

/** A chain model says word 0, 1, 2, … whatever it is asked. */
export function chainTexts(): Texts {
  const { text, words } = chainOf('half-billion');
  const random = seeded(2026);
  const anyWord = (): number => between(random, quotedWords * 2, words);
  const quoted = (change: (word: number) => readonly number[]): string =>
    text(Array.from({ length: quotedWords }, (_, word) => change(word)).flat());
  return {
    likenesses: ['verbatim', 'tenth changed', 'nothing alike', 'misleading'],
    fresh: (tokens) => Promise.resolve(text(Array.from({ length: tokens }, anyWord))),
    question: (likeness) => {
      switch (likeness) {
        case 'verbatim':
          return quoted((word) => [word]);
        case 'tenth changed':
          return quoted((word) => [word % 10 === 9 ? anyWord() : word]);
        case 'nothing alike':
          return quoted(() => [anyWord()]);
        case 'misleading':
          // Every three words of the answer stand in the prompt, and something else follows them.
          return quoted((word) => [word, word + 1, word + 2, anyWord()]);
      }
    },
  };
}

/** @param count Tokens of a text. */
export function curriculumTexts(passages: readonly Passage[], count: (text: string) => Promise<number>): Texts {
  const all = passages.map(passageText);
  let used = 0;
  const next = (): string => all[used++ % all.length] ?? '';
  return {
    likenesses: ['verbatim', 'nothing alike'],
    fresh: async (tokens) => {
      // The number makes it new even when the passages begin again.
      let text = `${used}. ${next()}`;
      while ((await count(text)) < tokens) text += `\n\n${next()}`;
      const characters = Math.floor((text.length * tokens) / (await count(text)));
      return text.slice(0, characters);
    },
    question: (likeness) => {
      const passage = all.find((text) => text.length > 900) ?? '';
      return likeness === 'verbatim'
        ? `Repeat this text word for word, and write nothing else:\n\n${passage}`
        : `Tell a long story about a lighthouse keeper and her dog. Don't mention any of this:\n\n${passage}`;
    },
  };
}
