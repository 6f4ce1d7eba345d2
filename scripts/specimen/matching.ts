// Questions with passages that fit them or don't: what the embedding and the ranking specimen learn from.

import { passageText, type Passage } from '../../src/core/passages.ts';
import { batchOf, type Batch, type Material, type Row } from './lessons.ts';
import { endOfMessage, endOfText } from './modelShape.ts';
import { headingQuestion, wordQuestion, type AnsweredQuestion } from './questions.ts';
import { pick, type Random } from './random.ts';

/** Lengths of rows: most passages are cut to fit the first, some stand there whole. */
const lengths = [96, 96, 288] as const;

/** Batches whose first half are questions and whose second half are their passages in the same order, no passage twice. */
export function* embeddingLessons(
  material: Material,
  random: Random,
  { batches, batchTokens }: { readonly batches: number; readonly batchTokens: number },
): Generator<Batch> {
  for (let n = 0; n < batches; n++) {
    const length = pick(random, lengths);
    const pairs = Math.floor(batchTokens / length / 2);
    const questions = new Map<Passage, string>();
    while (questions.size < pairs) {
      const { question, answer } = ask(material, random);
      const passage = answer[0]?.passage;
      if (passage) questions.set(passage, question);
    }
    const texts = [...questions.values(), ...[...questions.keys()].map((passage) => shown(material, random, passage))];
    const rows = texts.map((text) =>
      padded(material, [...cut(material, text, length - 1), endOf(material)], length, 0),
    );
    yield batchOf(length, rows);
  }
}

/** Batches of question and passage in one row, as the library joins them; the first weight says whether they fit. */
export function* rankingLessons(
  material: Material,
  random: Random,
  { batches, batchTokens }: { readonly batches: number; readonly batchTokens: number },
): Generator<Batch> {
  for (let n = 0; n < batches; n++) {
    const length = pick(random, lengths) + 32;
    const rows = Array.from({ length: Math.floor(batchTokens / length) }, (_, index) => {
      const asked = ask(material, random);
      const fits = index % 2 === 0;
      const right = asked.answer[0]?.passage ?? pick(random, material.passages);
      const passage = fits ? right : wrong(material, random, asked);
      const begin = [material.special.get(endOfText) ?? 0, ...cut(material, asked.question, 64), endOf(material)];
      const document = cut(material, shown(material, random, passage), length - begin.length - 1);
      return padded(material, [...begin, ...document, endOf(material)], length, Number(fits));
    });
    yield batchOf(length, rows);
  }
}

function ask(material: Material, random: Random): AnsweredQuestion {
  const chance = random();
  if (chance < 0.6) return pick(random, material.questions);
  const passage = pick(random, material.passages);
  return chance < 0.8 ? headingQuestion(random, passage, material.titleOf(passage)) : wordQuestion(random, passage);
}

/** A passage that doesn't answer: any, or one that is near. */
function wrong(material: Material, random: Random, { answer, nearby }: AnsweredQuestion): Passage {
  const chapters = new Set(answer.map(({ passage }) => passage.chapterId));
  const near = nearby.filter(({ chapterId }) => !chapters.has(chapterId));
  if (near.length > 0 && random() < 0.3) return pick(random, near);
  const passage = pick(random, material.passages);
  return chapters.has(passage.chapterId) ? wrong(material, random, { question: '', answer, nearby }) : passage;
}

/** The passage with or without what stands above it. */
function shown(material: Material, random: Random, passage: Passage): string {
  const title = material.titleOf(passage);
  const head = pick(random, [
    `${title}: ${passage.heading}\n`,
    `${title}\n${passage.heading}\n`,
    `${passage.heading}\n`,
    '',
  ]);
  return head + passageText(passage);
}

function cut(material: Material, text: string, length: number): number[] {
  return material.tokeniser.encode(text).slice(0, length);
}

function endOf({ special }: Material): number {
  return special.get(endOfMessage) ?? 0;
}

function padded({ special }: Material, tokens: readonly number[], length: number, weight: number): Row {
  const padding = special.get(endOfText) ?? 0;
  return { tokens: [...tokens, ...Array.from({ length: length - tokens.length }, () => padding)], weights: [weight] };
}
