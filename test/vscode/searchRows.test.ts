import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish as t } from '../../src/core/translate.ts';
import { hitRow, savedRow, seenLine } from '../../src/vscode/searchRows.ts';

const hit = {
  passageId: 'rnn#why',
  chapterId: 'rnn',
  chapterTitle: 'Recurrent Neural Networks',
  heading: 'Why it matters',
  snippet: 'A network with memory.',
  matches: [[15, 21]],
} as const;

test('a hit shows its chapter, its heading and its line', () => {
  assert.deepEqual(hitRow(hit), {
    kind: 'passage',
    passageId: 'rnn#why',
    label: 'Recurrent Neural Networks',
    description: 'Why it matters',
    detail: 'A network with memory.',
  });
});

test('a chapter found by its own title isn’t named twice', () => {
  const row = hitRow({ ...hit, heading: hit.chapterTitle });
  assert.equal(row.kind === 'passage' && row.description, '');
});

test('a match far along the line is brought into sight, from a whole word on', () => {
  const snippet = `${'some words before it '.repeat(8)}the needle is here`;
  const at = snippet.indexOf('needle');
  const line = seenLine(snippet, [[at, at + 6]]);
  assert.ok(line.startsWith('…') && line.indexOf('needle') < 60, line);
  assert.match(line, /^…(some|words|before|it|the) /);
});

test('a line whose match is in sight, or that has none, stays as it is', () => {
  assert.equal(seenLine('x'.repeat(200), []), 'x'.repeat(200));
  assert.equal(seenLine(hit.snippet, hit.matches), hit.snippet);
});

test('a passage of the library says where it stands: heading, page, or time', () => {
  const saved = {
    documentId: 'd',
    form: 'main',
    number: 4,
    title: 'A paper',
    snippet: 'A line.',
    matches: [],
  } as const;
  assert.deepEqual(savedRow({ ...saved, heading: 'Method', page: 3 }, t), {
    kind: 'saved',
    documentId: 'd',
    place: { form: 'main', passage: 4 },
    label: 'A paper',
    description: 'Method · page 3',
    detail: 'A line.',
  });
  assert.equal(savedRow({ ...saved, heading: 'A paper' }, t).description, '');
  assert.equal(savedRow({ ...saved, heading: '', seconds: 3723 }, t).description, '1:02:03');
});
