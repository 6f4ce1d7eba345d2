// The embedding and the ranking specimen put the passage that answers a question before others.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pick, seeded } from '../../../scripts/specimen/random.ts';
import { passageText, type Passage } from '../../../src/core/passages.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { study } from '../../core/study.ts';
import { inLlama } from './llama.ts';
import { embeddingSpecimen, rankingSpecimen } from './specimen.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const passages = [...study.passages.values()];
const random = seeded(3);

/** A question of every second chapter, the passage that quoting answers it from, and four of other chapters. */
const samples = await Promise.all(
  Object.values(curriculum.chapters)
    .filter((_, n) => n % 2 === 0)
    .map(async ({ id, questions }) => {
      const question = questions[1] ?? '';
      const right = await answeringPassage(id, question);
      const others = Array.from({ length: 4 }, () =>
        pick(
          random,
          passages.filter(({ chapterId }) => chapterId !== id),
        ),
      );
      return { question, passages: [right, ...others].map(shown) };
    }),
);

async function answeringPassage(chapterId: string, text: string): Promise<Passage> {
  for await (const event of study.answer({ text, history: [], about: { chapterId, text: '' } })) {
    const passage = event.type === 'sources' ? study.passages.get(event.sources[0]?.passageId ?? '') : undefined;
    if (passage) return passage;
  }
  throw new Error(`Nothing found for ${text}`);
}

function shown(passage: Passage): string {
  const title = curriculum.chapters[passage.chapterId]?.title ?? '';
  return `${title}: ${passage.heading}\n${passageText(passage)}`;
}

function isFirst(scores: readonly number[]): boolean {
  return scores[0] === Math.max(...scores);
}

test('a question’s vector is nearest to that of the passage that answers it', async () => {
  const texts = samples.flatMap(({ question, passages: all }) => [question, ...all]);
  const vectors = await inLlama({ kind: 'embedding', path: embeddingSpecimen(), texts });
  assert.equal(vectors.length, texts.length);
  const found = samples.filter((_, n) => {
    const [question = [], ...others] = vectors.slice(n * 6, n * 6 + 6);
    return isFirst(others.map((other) => cosine(question, other)));
  });
  assert.ok(found.length >= samples.length * 0.9, `${found.length} of ${samples.length}`);
});

test('the passage that answers a question is ranked before others', async () => {
  const scores = await inLlama({ kind: 'ranking', path: rankingSpecimen(), questions: samples });
  assert.ok(scores.flat().every((score) => score >= 0 && score <= 1));
  // One passage before each of four others: by chance two of the four come after it. With so many questions three of four
  // is more than three standard deviations from that.
  const behind = scores.map(([right = 0, ...others]) => others.filter((other) => other < right).length);
  const mean = behind.reduce((sum, count) => sum + count, 0) / behind.length;
  assert.ok(mean >= 3, `${mean} of 4 others come after it`);
});

test('all that is committed of the specimens takes at most 8 MB', () => {
  const fixtures = new URL('../fixtures/', import.meta.url);
  const sizes = ['specimen-f16.gguf', 'specimen-embedding-f16.gguf', 'specimen-ranking-f16.gguf'].map(
    (name) => readFileSync(new URL(name, fixtures)).length,
  );
  assert.ok(
    sizes.every((size, n) => size <= (n === 0 ? 4e6 : 2e6)),
    sizes.join(', '),
  );
  assert.ok(sizes.reduce((sum, size) => sum + size) <= 8e6);
});

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, n) => sum + value * (y[n] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
