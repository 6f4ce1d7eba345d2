import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SavedDocument } from '../../../src/core/library/savedDocument.ts';
import { inEnglish } from '../../../src/core/translate.ts';
import { chosenReading, otherReadings, placeFor, readingOf } from '../../../src/vscode/document/reading.ts';

const content = (type: 'pdf' | 'html') => ({ hash: 'ab'.repeat(32), type, bytes: 1, savedAt: 1 }) as const;
const copy = { address: '', optional: false, state: 'resting', done: 0 } as const;
const paper: SavedDocument = {
  id: 'd1',
  address: 'https://example.org/paper',
  title: 'A paper',
  creators: '',
  kind: 'paper',
  origin: 'resource',
  minutes: 0,
  addedAt: 1,
  copies: [
    { ...copy, form: 'main', content: content('pdf') },
    { ...copy, form: 'html', content: content('html') },
  ],
};
const pages = { form: 'main', pages: true } as const;
const asText = { form: 'main', pages: false } as const;
const page = { form: 'html', pages: false } as const;
const none = { wanted: undefined, last: undefined, pages: true, forms: ['html', 'main'] } as const;

test('a paper opens with its pages, and in what it was read as last', () => {
  assert.deepEqual(chosenReading(none), pages);
  assert.deepEqual(chosenReading({ ...none, last: { form: 'html', position: { anchor: 'b3', fraction: 0 } } }), page);
  assert.deepEqual(chosenReading({ ...none, last: { form: 'main', position: { anchor: 'p3', fraction: 0 } } }), asText);
  const onPage = { form: 'main', position: { anchor: 'page-3:auto', fraction: 0 } } as const;
  assert.deepEqual(chosenReading({ ...none, last: onPage }), pages);
  assert.deepEqual(chosenReading({ ...none, last: onPage, wanted: page }), page);
});

test('what isn’t there isn’t opened: a file that is gone, a text that hasn’t been read', () => {
  assert.deepEqual(chosenReading({ ...none, pages: false, wanted: pages }), page);
  assert.deepEqual(chosenReading({ ...none, forms: [], wanted: asText }), pages);
  assert.equal(chosenReading({ ...none, pages: false, forms: [] }), undefined);
});

test('a passage of the PDF opens on its page, one of the page in the page', () => {
  assert.deepEqual(readingOf(paper, 'main'), pages);
  assert.deepEqual(readingOf(paper, 'html'), page);
});

test('each reading offers the others', () => {
  const labels = (now: typeof pages | typeof asText | typeof page): string[] =>
    otherReadings(paper, none, now, inEnglish).map(({ label }) => label);
  assert.deepEqual(labels(pages), ['Read the page', 'Read as text']);
  assert.deepEqual(labels(asText), ['Read the PDF', 'Read the page']);
  assert.deepEqual(labels(page), ['Read the PDF', 'Read as text']);
});

test('the pages and the text lead to one another', () => {
  const passage = (number: number, on: number) =>
    ({ number, kind: 'text', heading: '', text: 'words', page: on, boxes: [] }) as const;
  const text = {
    form: 'main',
    passages: [passage(0, 1), passage(1, 1), passage(2, 3), passage(3, 4)],
    between: [],
  } as const;
  const onPage2 = { form: 'main', position: { anchor: 'page-2:1.5', fraction: 0.5 } } as const;
  assert.deepEqual(placeFor(asText, onPage2, text), { anchor: 'p2', fraction: 0 });
  assert.deepEqual(placeFor(pages, onPage2, text), onPage2.position);
  const inText = { form: 'main', position: { anchor: 'p3', fraction: 0.5 } } as const;
  assert.deepEqual(placeFor(pages, inText, text), { anchor: 'page-4:auto', fraction: 0 });
  assert.equal(placeFor(page, inText, undefined), undefined);
  assert.equal(placeFor(pages, { ...inText, position: { anchor: 'p99', fraction: 0 } }, text), undefined);
});
