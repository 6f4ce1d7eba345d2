import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromReader } from '../../src/protocol/reader.ts';
import { parseFromReader, parseReaderState } from '../../src/vscode/readerMessages.ts';

const position = { anchor: 'why', fraction: 0.5 };
const quote = { anchor: 'why', quote: 'words', before: 'the ', after: '.' };
const every: readonly FromReader[] = [
  { type: 'ready' },
  { type: 'openChapter', chapterId: 'rnn', anchor: 'why', beside: true },
  { type: 'openResource', resourceId: 'attention' },
  { type: 'copyResource', resourceId: 'attention' },
  { type: 'openLink', url: 'https://example.org/a?b=c' },
  { type: 'markChapter', chapterId: 'rnn', state: 'skimmed' },
  { type: 'markResource', resourceId: 'attention', state: 'doing' },
  { type: 'askAbout', chapterId: 'rnn', text: 'hidden state' },
  { type: 'quizMe', chapterId: 'rnn' },
  { type: 'position', chapterId: 'rnn', position },
  { type: 'reading', chapterId: 'rnn', reading: true },
  { type: 'keepNote', request: 1, chapterId: 'rnn', quote, text: 'Mine' },
  { type: 'keepNote', request: 2, chapterId: 'rnn', noteId: 'n', text: '' },
  { type: 'keepNote', request: 3, chapterId: 'rnn', noteId: 'n', quote },
  { type: 'deleteNote', noteId: 'n' },
  { type: 'restoreNote', noteId: 'n' },
  { type: 'readNotes', noteIds: ['n', 'm'] },
  { type: 'copyNote', noteId: 'n' },
  { type: 'makeCard', chapterId: 'rnn', quote },
];

test('every message of the page is understood', () => {
  for (const message of every) assert.deepEqual(parseFromReader(structuredClone(message)), message);
});

test('what the page doesn’t say is left out', () => {
  assert.deepEqual(parseFromReader({ type: 'openChapter', chapterId: 'rnn' }), {
    type: 'openChapter',
    chapterId: 'rnn',
    beside: false,
  });
});

const junk: readonly unknown[] = [
  undefined,
  null,
  7,
  'ready',
  [],
  ['ready'],
  {},
  { type: 7 },
  { type: 'constructor' },
  { type: 'keepNote', request: 1, chapterId: 'rnn', text: 'no place' },
  { type: 'keepNote', request: 1, chapterId: 'rnn', quote },
  { type: 'keepNote', request: '1', chapterId: 'rnn', quote, text: '' },
  { type: 'keepNote', request: 1, chapterId: 'rnn', quote: { anchor: 'why' }, text: '' },
  { type: 'keepNote', request: 1, chapterId: 'rnn', quote, text: 'x'.repeat(100_001) },
  { type: 'keepNote', request: 1, chapterId: 'rnn', quote, text: '\ud800' },
  { type: 'keepNote', request: 1, chapterId: '../x', quote, text: '' },
  { type: 'deleteNote' },
  { type: 'readNotes', noteIds: 'n' },
  { type: 'makeCard', chapterId: 'rnn' },
  { type: 'openChapter' },
  { type: 'openChapter', chapterId: '../../etc/passwd' },
  { type: 'openChapter', chapterId: ['rnn'] },
  { type: 'openResource', resourceId: 'x'.repeat(201) },
  { type: 'openLink', url: { toString: () => 'https://example.org' } },
  { type: 'openLink', url: 'x'.repeat(4001) },
  { type: 'markChapter', chapterId: 'rnn', state: 'done' },
  { type: 'markResource', resourceId: 'r', state: 'studied' },
  { type: 'askAbout', chapterId: 'rnn' },
  { type: 'askAbout', chapterId: 'rnn', text: 'x'.repeat(20_001) },
  { type: 'position', chapterId: 'rnn', position: { anchor: 'why', fraction: Number.NaN } },
  { type: 'position', chapterId: 'rnn', position: { anchor: '<b>', fraction: 0 } },
  { type: 'position', chapterId: 'rnn' },
  { type: 'reading', chapterId: 'rnn' },
  { type: 'reading', reading: true },
];

test('anything else is no message', () => {
  for (const value of junk) assert.equal(parseFromReader(value), undefined, JSON.stringify(value));
});

test('a position outside its passage is brought back into it', () => {
  const message = parseFromReader({ type: 'position', chapterId: 'rnn', position: { anchor: 'why', fraction: 3 } });
  assert.deepEqual(message, { type: 'position', chapterId: 'rnn', position: { anchor: 'why', fraction: 1 } });
});

test('the state a page kept is read, and without a usable position begins at the top', () => {
  assert.deepEqual(parseReaderState({ chapterId: 'rnn', position }), { chapterId: 'rnn', position });
  assert.deepEqual(parseReaderState({ chapterId: 'rnn', position: 'x' })?.position, { anchor: '', fraction: 0 });
});

test('a state that names no chapter is none', () => {
  for (const value of junk.slice(0, 9)) assert.equal(parseReaderState(value), undefined);
});
