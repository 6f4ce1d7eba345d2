import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { chaptersInOrder } from '../../../src/core/curriculum.ts';
import { noProgress } from '../../../src/core/progress.ts';
import { chapterMap } from '../../../src/core/study/chapterMap.ts';
import type { MapView } from '../../../src/core/study/chapterMap.ts';
import { goalSubject } from '../../../src/core/study/goals.ts';
import { allNeeds } from '../../../src/core/study/needs.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const progress = { ...noProgress, chapters: { 'preliminaries-math': 'studied' } } as const;
const plan = goalSubject(curriculum, { type: 'authored', id: 'build-rag' });
const map = chapterMap(curriculum, progress, plan, inEnglish);

/** Pairs of which the second can be reached from the first. */
function reachable({ nodeIds, edges }: Pick<MapView, 'nodeIds' | 'edges'>): Set<string> {
  const pairs = new Set<string>();
  const visit = (start: string, at: string): void => {
    for (const [from, to] of edges) {
      if (from !== at || pairs.has(`${start} ${to}`)) continue;
      pairs.add(`${start} ${to}`);
      visit(start, to);
    }
  };
  for (const id of nodeIds) visit(id, id);
  return pairs;
}

test('the map has every chapter, and a view of all, the plan, each section and each goal that isn’t everything', () => {
  assert.equal(map.nodes.length, 55);
  assert.deepEqual(
    map.views[0]?.nodeIds,
    chaptersInOrder(curriculum).map(({ id }) => id),
  );
  assert.equal(map.views.length, 1 + 1 + curriculum.sections.length + curriculum.goals.length - 1);
  assert.equal(new Set(map.views.map(({ id }) => id)).size, map.views.length);
  assert.equal(map.nodes.find(({ id }) => id === 'preliminaries-math')?.stateWord, 'studied');
});

test('in every view the arrows say exactly what builds on what, and none of them is superfluous', () => {
  for (const view of map.views) {
    const expected = new Set(
      view.nodeIds.flatMap((id) => {
        const chapter = curriculum.chapters[id] ?? assert.fail(id);
        return allNeeds(curriculum, chapter)
          .filter((needed) => view.nodeIds.includes(needed.id))
          .map((needed) => `${needed.id} ${id}`);
      }),
    );
    assert.deepEqual(reachable(view), expected, view.id);
    for (const edge of view.edges) {
      const without = { nodeIds: view.nodeIds, edges: view.edges.filter((other) => other !== edge) };
      assert.equal(reachable(without).has(edge.join(' ')), false, `${view.id}: ${edge.join(' → ')}`);
    }
  }
});

test('the plan’s view is the way to its goal; without a plan there is none', () => {
  const view = map.views.find(({ id }) => id === 'plan') ?? assert.fail();
  assert.deepEqual(view.nodeIds, map.planIds);
  assert.deepEqual(view.ownIds, ['vector-databases-and-reranking', 'retrieval-augmented-generation']);
  const without = chapterMap(curriculum, progress, undefined, inEnglish);
  assert.equal(without.planIds.length, 0);
  assert.equal(
    without.views.some(({ id }) => id === 'plan'),
    false,
  );
});
