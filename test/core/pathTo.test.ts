import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import type { Chapter } from '../../src/core/curriculum.ts';
import { chaptersInOrder } from '../../src/core/curriculum.ts';
import { pathTo } from '../../src/core/pathTo.ts';
import { noProgress } from '../../src/core/progress.ts';
import { readCurriculum } from '../../src/store/curriculumFiles.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../dist/curriculum', import.meta.url)));
const chapter = (id: string): Chapter => {
  const found = curriculum.chapters[id];
  assert.ok(found, id);
  return found;
};

test('a path has every prerequisite before what needs it, and the goal last', () => {
  for (const goal of chaptersInOrder(curriculum)) {
    const path = pathTo(curriculum, goal, noProgress).map(({ id }) => id);
    assert.equal(path.at(-1), goal.id);
    for (const [at, id] of path.entries()) {
      for (const needed of chapter(id).prerequisites) assert.ok(path.indexOf(needed) < at && path.includes(needed));
    }
  }
});

test('what is studied, and what only that needed, is left out', () => {
  const goal = chaptersInOrder(curriculum).find(({ prerequisites }) => prerequisites.length > 0);
  assert.ok(goal);
  const studied = Object.fromEntries(goal.prerequisites.map((id) => [id, 'studied' as const]));
  assert.deepEqual(pathTo(curriculum, goal, { ...noProgress, chapters: studied }), [goal]);
  assert.deepEqual(pathTo(curriculum, goal, { ...noProgress, chapters: { ...studied, [goal.id]: 'studied' } }), []);
});
