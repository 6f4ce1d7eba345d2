// Files cut into entries.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitBibtex } from '../../../../src/core/library/bibliography/bibtexEntries.ts';
import { splitRis } from '../../../../src/core/library/bibliography/risEntries.ts';

test('BibTeX is cut where braces say so', () => {
  const text = `% Encoding: UTF-8
ann@example.org wrote {this}
@string{jmlr = "Journal"}
@Article(one, title = {A (b) {c}}, note = "x")
@comment{jabref-meta: databaseType:bibtex;}
  @ misc { two,
    title = {An @article{inside} of it},
  }
`;
  assert.deepEqual(
    splitBibtex(text).map(({ type, line, finished }) => [type, line, finished]),
    [
      ['string', 3, true],
      ['article', 4, true],
      ['misc', 6, true],
    ],
  );
});

test('an entry without an end doesn’t take the next with it', () => {
  const entries = splitBibtex('@misc{a,\n title = {Open\n}\n\n@misc{b,\n title = {B}}\n@misc{c, title = {');
  assert.deepEqual(
    entries.map(({ line, finished }) => [line, finished]),
    [
      [1, false],
      [5, true],
      [7, false],
    ],
  );
});

test('a file of nothing but braces or at signs is cut in one go', () => {
  assert.equal(splitBibtex(`@misc{${'{'.repeat(1_000_000)}`).length, 1);
  assert.equal(splitBibtex('@misc{'.repeat(100_000)).length, 1);
  assert.equal(splitBibtex('@'.repeat(1_000_000)).length, 0);
});

test('RIS is cut at types; lines without a tag go on with the one before', () => {
  const entries = splitRis(
    '\ufeffjunk\nTY  - JOUR\r\nTI  - A\r\n long title\r\nAU  - B, C\r\nAU  - D\r\nER  - \r\n\r\nTY  - BOOK\nT1  - C',
  );
  assert.deepEqual(
    entries.map(({ line, values }) => [line, values('TI'), values('AU')]),
    [
      [2, ['A long title'], ['B, C', 'D']],
      [9, [], []],
    ],
  );
});
