// What we write is what we read, in each format.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { citeHandbook } from '../../../src/core/library/bibliography/cite.ts';
import { bibliographyFormats, writeBibliography } from '../../../src/core/library/bibliography/formats.ts';
import type { KeyedReference } from '../../../src/core/library/bibliography/reference.ts';
import { readBibliography } from '../../../src/library/bibliography/readBibliography.ts';
import { readCurriculum } from '../../../src/store/curriculumFiles.ts';

const curriculum = readCurriculum(fileURLToPath(new URL('../../../dist/curriculum', import.meta.url)));

function again(references: readonly KeyedReference[], format: (typeof bibliographyFormats)[number]): unknown[] {
  const end = readBibliography(new TextEncoder().encode(writeBibliography(references, format)));
  assert.ok('references' in end, format);
  assert.deepEqual(end.problems, [], format);
  return end.references.map(({ files: _, ...reference }) => reference);
}

const texts: readonly KeyedReference[] = [
  {
    kind: 'paper',
    key: 'ångström2021größe',
    title: '100 % of $5 & #1_a ~ ^ \\ {b} “quoted” — naïve? 1 < 2',
    creators: [
      { family: 'Ångström', given: 'Anders Ö.' },
      { family: 'van der Berg', given: 'Anna' },
      { family: 'Smith', given: 'John', suffix: 'Jr' },
      { name: 'Ben and Jerry' },
      { name: 'OpenAI' },
    ],
    others: true,
    year: 2021,
    arxiv: '2101.00042',
    arxivClass: 'cs.LG',
    url: 'https://arxiv.org/abs/2101.00042',
    accessed: '2026-11-29',
    abstract: 'A first sentence; a second: with 50 % and $x_1$.',
    note: 'Best for its {figures}.',
  },
  {
    kind: 'paper',
    key: 'a',
    title: 'In a journal',
    publication: 'journal',
    venue: 'Acta & Examples',
    doi: '10.1234/a_(b)',
  },
  { kind: 'paper', key: 'b', title: 'At a conference', publication: 'proceedings', venue: 'Examples 2020', year: 2020 },
  { kind: 'paper', key: 'c', title: 'A thesis', publication: 'thesis', publisher: 'ETH Zürich', year: 1999 },
  { kind: 'paper', key: 'd', title: 'A report', publication: 'report', publisher: 'Examples Inc.' },
  { kind: 'book', key: 'e', title: 'A book', publisher: 'Example Press', year: 2000 },
  { kind: 'book-chapter', key: 'f', title: 'A chapter', venue: 'A book of chapters' },
  { kind: 'page', key: 'g', title: 'A page', url: 'https://example.org/a_b?c=%20d&e=~f#g' },
  { kind: 'blog', key: 'h', title: 'A post', url: 'http://example.org/old' },
  { kind: 'video', key: 'i', title: 'A film' },
  { kind: 'tool', key: 'j', title: 'A tool' },
  { kind: 'lecture-notes', key: 'k', title: 'Notes' },
];

test('every kind of text comes back as it was', () => {
  for (const format of bibliographyFormats) {
    const back = again(texts, format);
    for (const [at, text] of texts.entries()) {
      // RIS has no place for the class of a preprint.
      const { arxivClass, ...rest } = text;
      const wanted = format === 'ris' || arxivClass === undefined ? rest : text;
      assert.deepEqual(back[at], wanted, format);
    }
  }
});

test('the whole handbook comes back', () => {
  const all = citeHandbook(curriculum);
  for (const format of bibliographyFormats) {
    const back = again(all, format);
    assert.equal(back.length, all.length);
    for (const [at, reference] of all.entries()) assert.deepEqual(back[at], reference, format);
  }
});
