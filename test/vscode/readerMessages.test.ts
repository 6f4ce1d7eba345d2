import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromReader } from '../../src/protocol/reader.ts';
import { parseFromReader, parseReaderState } from '../../src/vscode/readerMessages.ts';

const position = { anchor: 'why', fraction: 0.5 };
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
