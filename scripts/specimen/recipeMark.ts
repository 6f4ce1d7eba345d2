// Whether a committed specimen is what `npm run specimen` would make. The training takes too long for the tests; they
// compare this mark instead, which the file carries. The curriculum isn't part of it: chapters are edited every week, and a
// specimen needn't know the newest sentence.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passage } from '../../src/core/passages.ts';
import { createTokeniser, learnVocabulary } from './bytePairs.ts';
import type { Material } from './lessons.ts';
import { specialTokens } from './modelShape.ts';
import { between, pick, seeded, type Random } from './random.ts';
import type { Recipe } from './recipes.ts';

/** The key in a specimen's metadata that holds its recipe's mark. */
export const recipeKey = 'handbook.recipe';

/** How much of the training on the sample below is looked at. */
const sampleShare = 0.05;

/**
 * The mark of a recipe, 16 hexadecimal digits: of its shape, seed and rates, of the code that trains, and of the batches
 * that it makes of a small invented curriculum. It stays the same when code is only moved or comments are reworded.
 */
export function recipeMark({ lessons, ...recipe }: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe)).update(trainingCode());
  for (const { rows, length, tokens, weights } of lessons(sampleMaterial(), sampleShare)) {
    hash.update(`${rows} x ${length}`).update(tokens).update(weights);
  }
  return hash.digest('hex').slice(0, 16);
}

/** What train.py does, without what it says about it. */
function trainingCode(): string {
  return readFileSync(join(import.meta.dirname, 'train.py'), 'utf8').replaceAll(/"""[^]*?"""|#.*$|\s+/gm, '');
}

/** A curriculum of made-up words, the same each time. */
function sampleMaterial(): Material {
  const random = seeded(1);
  const words = Array.from({ length: 200 }, () => word(random));
  const sentence = (): string =>
    `${Array.from({ length: between(random, 4, 12) }, () => pick(random, words)).join(' ')}.`;
  const passages = Array.from({ length: 80 }, (_, n): Passage => {
    const [chapterId, anchor] = [`c${Math.floor(n / 8)}`, `p${n}`];
    const sentences = Array.from({ length: between(random, 2, 8) }, sentence).map((text) => ({ text, html: text }));
    return { id: `${chapterId}#${anchor}`, chapterId, anchor, heading: pick(random, words), sentences, unquoted: '' };
  });
  const chapters = passages.map(({ sentences }) => sentences.map(({ text }) => text).join(' '));
  const vocabulary = learnVocabulary(chapters, 400, specialTokens);
  return {
    tokeniser: createTokeniser(vocabulary),
    special: vocabulary.special,
    passages,
    questions: passages.map((passage, n) => ({
      question: `What is ${passage.heading}?`,
      answer: passage.sentences.slice(0, 1 + (n % 2)).map(({ text }) => ({ passage, text })),
      nearby: passages.slice(n + 1, n + 4),
    })),
    titleOf: ({ chapterId }) => `Chapter ${chapterId}`,
    chapters,
  };
}

const letters = Array.from('abcdefghiklmnoprstuvw');

function word(random: Random): string {
  return Array.from({ length: between(random, 2, 8) }, () => pick(random, letters)).join('');
}
