// What each specimen is: its shape, what it learns from and how fast. `recipeMark.ts` tells whether a file was made so.

import { languageLessons, type Batch, type Material } from './lessons.ts';
import { embeddingLessons, rankingLessons } from './matching.ts';
import type { ModelShape } from './modelShape.ts';
import { seeded } from './random.ts';
import type { Training } from './trainer.ts';

export interface Recipe extends Omit<Training, 'padding' | 'batches'> {
  readonly file: string;
  readonly name: string;
  /** The batches in their order. `share`: how much of the training, from 0 to 1. */
  readonly lessons: (material: Material, share: number) => Iterable<Batch>;
}

export const vocabularySize = 1792;

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

const rates = { innerRate: 0.02, rate: 8e-3 };

export const recipes: readonly Recipe[] = [
  {
    kind: 'language',
    file: 'specimen-f16.gguf',
    name: 'Handbook specimen (for tests, not an assistant)',
    shape: languageShape,
    seed: 6,
    ...rates,
    lessons: (material, share) =>
      languageLessons(material, seeded(6), { tokens: 7_000_000 * share, batchTokens: 4096 }),
  },
  {
    kind: 'embedding',
    file: 'specimen-embedding-f16.gguf',
    name: 'Handbook embedding specimen (for tests)',
    shape: { ...matchingShape, width: 96, heads: 3, kvHeads: 1, pooling: 'last' },
    seed: 7,
    ...rates,
    temperature: 0.05,
    lessons: (material, share) =>
      embeddingLessons(material, seeded(7), { batches: Math.ceil(400 * share), batchTokens: 8192 }),
  },
  {
    kind: 'ranking',
    file: 'specimen-ranking-f16.gguf',
    name: 'Handbook ranking specimen (for tests)',
    shape: { ...matchingShape, width: 128, heads: 4, kvHeads: 2, pooling: 'rank' },
    seed: 8,
    ...rates,
    lessons: (material, share) =>
      rankingLessons(material, seeded(8), { batches: Math.ceil(500 * share), batchTokens: 8192 }),
  },
];
