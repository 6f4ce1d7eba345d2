// npm run specimen [-- --only language|embedding|ranking] [--share S]
// Trains the models that the tests use on the curriculum's text and writes them into test/model/fixtures.
// --share 0.05 trains on a twentieth of the lessons, to try. scripts/specimen/README.md says how, and what came out.

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
import type { Material } from './specimen/lessons.ts';
import { endOfText, metadataOf, specialTokens } from './specimen/modelShape.ts';
import { chapterQuestions } from './specimen/questions.ts';
import { recipeKey, recipeMark } from './specimen/recipeMark.ts';
import { recipes, vocabularySize } from './specimen/recipes.ts';
import { encodeWeights, type TensorType } from './specimen/tensorTypes.ts';
import { train } from './specimen/trainer.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    share: { type: 'string', default: '1' },
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

for (const recipe of recipes.filter(({ kind }) => (options.only ?? kind) === kind)) {
  const { file, name, lessons, ...training } = recipe;
  const batches = lessons(material, Number(options.share));
  const { tensors } = await train({ ...training, padding, batches }, threads);
  const metadata = new Map(metadataOf(training.shape, vocabulary, { name, fileType: 'f16' }));
  // A trial on a part of the lessons isn't what the recipe makes.
  if (Number(options.share) === 1) metadata.set(recipeKey, { type: 'string', value: recipeMark(recipe) });
  writeGguf(
    join(options.out, file),
    metadata,
    tensors.map(({ name: tensor, dimensions, weights }) => {
      const type: TensorType = dimensions.length > 1 ? 'f16' : 'f32';
      return { name: tensor, dimensions, type, data: () => [encodeWeights(type, weights)] };
    }),
  );
}
