// Every number of every worked example is recomputed.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { passageText } from '../../src/core/passages.ts';
import { readCurriculum, readPassages } from '../../src/store/curriculumFiles.ts';
import { numbersIn, type Example } from './example.ts';

const built = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const passages = readPassages(built);
const folder = new URL('./examples/', import.meta.url);

test('every chapter written in full has its example recomputed', () => {
  const full = Object.values(readCurriculum(built).chapters).filter(({ status }) => status === 'full');
  const recomputed = new Set(readdirSync(folder));
  assert.deepEqual(
    full.map(({ id }) => `${id}.ts`).filter((file) => !recomputed.has(file)),
    [],
  );
});

for (const file of readdirSync(folder)) {
  const chapterId = file.replace(/\.ts$/, '');
  test(`the numbers of the example in ${chapterId} come out right`, async () => {
    const { given, computed } = ((await import(new URL(file, folder).href)) as { default: Example }).default;
    // Parts of the example may stand under ### headings of their own, {#example-…}.
    const parts = passages.filter((passage) => passage.chapterId === chapterId && /^example(-|$)/.test(passage.anchor));
    assert.ok(parts.length > 0, 'the chapter has no passage {#example}');
    const stated = parts.flatMap((passage) => numbersIn(`${passageText(passage)} ${passage.unquoted}`));
    const sameValue = (a: string, b: string | number): boolean =>
      a === String(b) || a === `-${String(b)}` || `-${a}` === String(b);
    const unexplained = stated.filter((number) => ![...given, ...computed].some((known) => sameValue(number, known)));
    assert.deepEqual([...new Set(unexplained)], [], 'numbers that the script neither takes as given nor computes');
    const unstated = computed.filter((number) => !stated.some((text) => sameValue(text, number)));
    assert.deepEqual(unstated, [], 'computed numbers that the text does not state');
  });
}
