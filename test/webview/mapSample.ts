// The handbook's own map, as the extension would send it.

import { fileURLToPath } from 'node:url';
import { goalSubject } from '../../src/core/study/goals.ts';
import { chapterMap } from '../../src/core/study/chapterMap.ts';
import { noProgress } from '../../src/core/progress.ts';
import type { Progress } from '../../src/core/progress.ts';
import { inEnglish } from '../../src/core/translate.ts';
import type { ChapterMap } from '../../src/protocol/map.ts';
import { readCurriculum } from '../../src/store/curriculumFiles.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../dist/curriculum', import.meta.url)));

/** Somebody who has begun. */
export const begun: Progress = {
  ...noProgress,
  chapters: {
    introduction: 'studied',
    'preliminaries-math': 'studied',
    'preliminaries-programming': 'studied',
    'statistical-prediction-and-supervised-learning': 'studied',
    'statistical-prediction-with-neural-networks': 'skimmed',
    'embeddings-and-topic-modeling': 'skimmed',
  },
};

export function mapOf(progress: Progress, goalId?: string): ChapterMap {
  const plan = goalId === undefined ? undefined : goalSubject(curriculum, { type: 'authored', id: goalId });
  return chapterMap(curriculum, progress, plan, inEnglish);
}
