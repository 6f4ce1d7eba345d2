// The book as a whole is what the README and the changelog say it is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chaptersInOrder, type Term } from '../../src/core/curriculum.ts';
import { readCurriculum, readPassages } from '../../src/store/curriculumFiles.ts';

const built = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const curriculum = readCurriculum(built);
const chapters = chaptersInOrder(curriculum);
const glossary = JSON.parse(readFileSync(`${built}/glossary.json`, 'utf8')) as readonly Term[];

test('orientation and nine sections, three chapters and fifty-two, all written in full', () => {
  assert.deepEqual(
    curriculum.sections.map(({ chapterIds }) => chapterIds.length),
    [3, 5, 6, 6, 6, 10, 5, 5, 6, 3],
  );
  assert.deepEqual(
    chapters.filter(({ status }) => status !== 'full').map(({ id }) => id),
    [],
  );
});

test('the handbook’s 391 links and 199 newer ones, each with a note', () => {
  const entries = [...chapters, ...curriculum.sections].flatMap(({ resources }) => resources);
  assert.ok(entries.length >= 391 + 199, `${entries.length} entries`);
  assert.deepEqual(
    entries.filter(({ note }) => note.trim() === ''),
    [],
  );
});

test('at least 250 terms, each taught by a passage that is there', () => {
  const passages = new Set(readPassages(built).map(({ id }) => id));
  assert.ok(glossary.length >= 250, `${glossary.length} terms`);
  assert.deepEqual(
    glossary.filter(({ passageId }) => !passages.has(passageId)),
    [],
  );
});
