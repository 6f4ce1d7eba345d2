// npm run specimen [-- --only language|embedding|ranking] [--tokens N]
// Trains the models that the tests use on the curriculum's text and writes them into test/model/fixtures.
// scripts/specimen/README.md says how, and what came out.

import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { marked } from '../src/core/answer/promptData.ts';
import { systemText, taskText } from '../src/core/answer/promptWords.ts';
import { passageText } from '../src/core/passages.ts';
import { readCurriculum, readPassages } from '../src/store/curriculumFiles.ts';
import { openStudy } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';
import { createTokeniser, learnVocabulary } from './specimen/bytePairs.ts';
import { writeGguf } from './specimen/gguf.ts';
import { languageLessons, type Material } from './specimen/lessons.ts';
import { embeddingLessons, rankingLessons } from './specimen/matching.ts';
import { endOfText, metadataOf, specialTokens, type ModelShape } from './specimen/modelShape.ts';
import { chapterQuestions } from './specimen/questions.ts';
import { seeded } from './specimen/random.ts';
import { encodeWeights, type TensorType } from './specimen/tensorTypes.ts';
import { train } from './specimen/trainer.ts';

const vocabularySize = 1792;
const languageShape: ModelShape = {
  architecture: 'llama',
  width: 192,
  layers: 5,
  heads: 6,
  kvHeads: 2,
  headWidth: 32,
  inner: 384,
  context: 4096,
  ropeBase: 500_000,
  vocabulary: vocabularySize,
  ownOutput: false,
};

const matchingShape = {
  architecture: 'qwen3',
  layers: 3,
  headWidth: 32,
  inner: 256,
  context: 2048,
  ropeBase: 500_000,
  vocabulary: vocabularySize,
  ownOutput: false,
} as const;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    tokens: { type: 'string', default: '7000000' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'test', 'model', 'fixtures') },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const threads = Number(options.threads);
mkdirSync(options.out, { recursive: true });

const folder = await builtCurriculum();
const curriculum = readCurriculum(folder);
const passages = readPassages(folder);
const chapters = Object.values(curriculum.chapters).map((chapter) =>
  [
    chapter.title,
    ...passages
      .filter(({ chapterId }) => chapterId === chapter.id)
      .map((passage) => `${passage.heading}\n${passageText(passage)}`),
  ].join('\n\n'),
);
const questions = await chapterQuestions(openStudy(folder), curriculum);
const frameTexts = [
  'system\n',
  'user\n',
  'assistant\n',
  systemText,
  marked('passages', ''),
  taskText({ kind: 'answer', question: '' }),
];
const vocabulary = learnVocabulary(
  [
    ...chapters,
    ...questions.map(({ question }) => question),
    // What stands in every prompt should take few tokens there.
    ...Array.from({ length: 40 }, () => frameTexts).flat(),
  ],
  vocabularySize,
  specialTokens,
);
const material: Material = {
  tokeniser: createTokeniser(vocabulary),
  special: vocabulary.special,
  passages,
  questions,
  titleOf: ({ chapterId }) => curriculum.chapters[chapterId]?.title ?? '',
  chapters,
};
const padding = vocabulary.special.get(endOfText) ?? 0;
console.log(`${chapters.length} chapters, ${passages.length} passages, ${questions.length} questions`);

if (wanted('language')) {
  const batches = languageLessons(material, seeded(6), {
    tokens: Number(options.tokens),
    batchTokens: 4096,
  });
  await make('specimen-f16.gguf', 'Handbook specimen (for tests, not an assistant)', {
    kind: 'language',
    shape: languageShape,
    seed: 6,
    innerRate: 0.02,
    rate: 8e-3,
    padding,
    batches,
  });
}

if (wanted('embedding')) {
  await make('specimen-embedding-f16.gguf', 'Handbook embedding specimen (for tests)', {
    kind: 'embedding',
    shape: { ...matchingShape, width: 96, heads: 3, kvHeads: 1, pooling: 'last' },
    seed: 7,
    innerRate: 0.02,
    rate: 8e-3,
    temperature: 0.05,
    padding,
    batches: embeddingLessons(material, seeded(7), { batches: 400, batchTokens: 8192 }),
  });
}
if (wanted('ranking')) {
  await make('specimen-ranking-f16.gguf', 'Handbook ranking specimen (for tests)', {
    kind: 'ranking',
    shape: { ...matchingShape, width: 128, heads: 4, kvHeads: 2, pooling: 'rank' },
    seed: 8,
    innerRate: 0.02,
    rate: 8e-3,
    padding,
    batches: rankingLessons(material, seeded(8), { batches: 500, batchTokens: 8192 }),
  });
}

function wanted(kind: string): boolean {
  return options.only === undefined || options.only === kind;
}

/** Trains a model and writes it in half precision. */
async function make(file: string, name: string, training: Parameters<typeof train>[0]): Promise<void> {
  const { tensors } = await train(training, threads);
  writeGguf(
    join(options.out, file),
    metadataOf(training.shape, vocabulary, { name, fileType: 'f16' }),
    tensors.map(({ name: tensor, dimensions, weights }) => {
      const type: TensorType = dimensions.length > 1 ? 'f16' : 'f32';
      return { name: tensor, dimensions, type, data: () => [encodeWeights(type, weights)] };
    }),
  );
}
