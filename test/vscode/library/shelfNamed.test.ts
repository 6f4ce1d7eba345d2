import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';
import { shelfNamed } from '../../../src/vscode/library/shelfNamed.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));
const section = curriculum.sections.find(({ resources }) => resources.length > 0);
const chapter = Object.values(curriculum.chapters).find(({ resources }) => resources.length > 2);
const [first, second] = Object.keys(curriculum.resources);

test('one resource, several, a chapter, a section, and what a section lists by itself', () => {
  assert.ok(section && chapter);
  const ids = (...args: readonly unknown[]) => shelfNamed(curriculum, args)?.resources.map(({ id }) => id);
  assert.deepEqual(ids(first), [first]);
  const rows = [{ resourceId: first }, { resourceId: second }, { resourceId: first }];
  assert.deepEqual(ids(rows[0], rows), [first, second]);
  assert.equal(shelfNamed(curriculum, [rows[0], rows])?.whole, false);
  const shelf = shelfNamed(curriculum, [{ chapterId: chapter.id }]);
  assert.deepEqual(
    [shelf?.whole, shelf?.title, shelf?.resources.length],
    [true, chapter.title, chapter.resources.length],
  );
  const whole = ids({ kind: 'section', sectionId: section.id }) ?? [];
  const group = ids({ kind: 'group', sectionId: section.id }) ?? [];
  assert.deepEqual(
    group,
    section.resources.map(({ resourceId }) => resourceId),
  );
  assert.ok(whole.length > group.length && group.every((id) => whole.includes(id)));
  // A chapter and a resource together are a whole shelf, each resource once.
  const both = [{ chapterId: chapter.id }, { resourceId: chapter.resources[0]?.resourceId }];
  assert.deepEqual(
    ids(both[0], both),
    chapter.resources.map(({ resourceId }) => resourceId),
  );
});

test('what names nothing of the handbook is nothing', () => {
  for (const args of [[], ['nothing'], [{ resourceId: 'toString' }], [{ sectionId: 5 }], [null], [[first]]]) {
    assert.equal(shelfNamed(curriculum, args), undefined);
  }
});
