// Notes on saved documents: by what they know their document, and how they are anchored, listed and written out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOfSubject, documentSubject, isDocumentSubject } from '../../../src/core/study/documentSubject.ts';
import { documentWords, parseDocumentAnchor } from '../../../src/core/study/documentWords.ts';
import { findPlace, quoteAt } from '../../../src/core/study/findPlace.ts';
import { goneChapters } from '../../../src/core/study/goneChapters.ts';
import { editionOf } from '../../../src/core/study/edition.ts';
import { noteFile, noteMarkdown } from '../../../src/core/study/noteFile.ts';
import { noteRows } from '../../../src/core/study/noteRows.ts';
import type { PlacedNote } from '../../../src/core/study/placedNote.ts';
import { smallCurriculum } from '../smallCurriculum.ts';

const content = { hash: 'ab'.repeat(32), type: 'pdf', bytes: 1, savedAt: 1 } as const;
const copy = { form: 'main', address: '', optional: false, state: 'resting', done: 0, content } as const;

test('a document is known by its address, a file by its bytes, whatever id it has on the shelf', () => {
  const paper = { id: 'one', address: 'https://example.org/paper.pdf', copies: [copy] };
  assert.equal(documentSubject(paper), 'saved:https://example.org/paper.pdf');
  assert.equal(documentSubject({ ...paper, id: 'two' }), documentSubject(paper));
  assert.equal(addressOfSubject(documentSubject(paper)), paper.address);
  const own = documentSubject({ id: 'one', address: '', copies: [copy] });
  assert.equal(own, `saved:sha256:${content.hash}`);
  assert.equal(addressOfSubject(own), undefined);
  // An event holds so much and no more.
  const long = documentSubject({ id: 'one', address: `https://example.org/${'x'.repeat(300)}`, copies: [] });
  assert.equal(long, 'saved:one');
  for (const subject of [own, long, documentSubject(paper)]) {
    assert.ok(isDocumentSubject(subject) && subject.length <= 200);
  }
  assert.ok(!isDocumentSubject('flashattention'));
});

const passages = [
  { passage: 0, text: 'Attention reads and writes much memory.' },
  { passage: 1, text: 'Tiling keeps the scores in fast memory, block by block, and never writes them all.' },
];

test('a quote of a document is found again when the document was read anew otherwise', () => {
  const words = documentWords('main', passages);
  const start = words.text.indexOf('keeps the scores');
  const quote = quoteAt(words, start, start + 'keeps the scores in fast memory'.length);
  assert.equal(quote.anchor, 'main:1');
  assert.deepEqual(parseDocumentAnchor(quote.anchor), { form: 'main', passage: 1 });
  const anew = documentWords('main', [
    { passage: 0, text: 'A new preface.' },
    ...passages.map(({ passage, text }) => ({ passage: passage + 1, text })),
  ]);
  const place = findPlace(anew, quote);
  assert.equal(place?.how, 'moved');
  assert.equal(anew.text.slice(place.start, place.end), quote.quote);
  assert.equal(parseDocumentAnchor('why'), undefined);
  assert.equal(parseDocumentAnchor('film:3'), undefined);
});

function note(id: string, more: Partial<PlacedNote> = {}): PlacedNote {
  return {
    id,
    chapterId: 'saved:https://example.org/paper.pdf',
    document: { id: 'd1', title: 'A *paper*', page: 3, heading: 'Method' },
    anchor: 'main:1',
    quote: 'keeps the scores',
    before: '',
    after: '',
    text: '',
    madeAt: 1,
    changedAt: 1,
    place: { start: 7, end: 23, how: 'same', anchor: 'main:1' },
    ...more,
  };
}

test('they are listed under the document’s title, after the chapters; those without a place are kept', () => {
  const rows = noteRows(smallCurriculum, [
    note('b', { text: 'Mine', place: { start: 40, end: 50, how: 'same', anchor: 'main:1' } }),
    note('a'),
    note('lost', { place: undefined, document: { title: 'A *paper*' } }),
  ]);
  assert.deepEqual(
    rows.map(({ kind, label, description }) => [kind, label, description]),
    [
      ['document', 'A *paper*', '2 notes'],
      ['lost', 'Not found any more', '1 note'],
    ],
  );
  assert.deepEqual(
    rows[0]?.children.map(({ label, description }) => [label, description]),
    [
      ['“keeps the scores”', 'Method, page 3'],
      ['Mine', '“keeps the scores”'],
    ],
  );
  assert.match(rows[1]?.children[0]?.description ?? '', /A \*paper\*/);
});

test('an export names the document, the heading and the page, and leads back', () => {
  const source = { kind: 'document', id: 'd1', title: 'A *paper*' } as const;
  assert.match(
    noteMarkdown(source, note('n1', { text: 'Mine' })),
    /^> keeps the scores\n\nMine\n\n— “A \\\*paper\\\*”, Method, page 3 · \[open\]\(command:handbook\.openNote\?/,
  );
  const file = noteFile(source, [note('n1')], () => 'digest', 'a-paper-123456');
  assert.match(file, /^<!-- handbook-notes a-paper-123456 digest /);
  assert.match(file, /From “A \\\*paper\\\*” · \[open the document\]\(command:handbook\.openSaved\?/);
  const gone = noteFile({ kind: 'document', title: 'A paper' }, [note('n1', { place: undefined })], () => 'd', 'a');
  assert.doesNotMatch(gone, /openSaved/);
  assert.match(gone, /## Not found in the document any more/);
});

test('a document that notes are on is no chapter that the handbook has lost', () => {
  const kept = { notes: 2, cards: 0, quizAnswers: 0, read: false };
  const everything = [
    { chapterId: 'saved:https://example.org/paper.pdf', ...kept },
    { chapterId: 'gone-chapter', ...kept },
  ];
  assert.deepEqual(
    goneChapters(smallCurriculum, editionOf(smallCurriculum), everything).map(({ chapterId }) => chapterId),
    ['gone-chapter'],
  );
});
