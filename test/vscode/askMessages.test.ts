import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromAsk } from '../../src/protocol/ask.ts';
import { parseFromAsk } from '../../src/vscode/askMessages.ts';

const about = { chapterId: 'rnn', chapterTitle: 'Recurrent Neural Networks', text: '' };
const every: readonly FromAsk[] = [
  { type: 'ready' },
  { type: 'ask', turnId: '0a1b', text: 'why?', about },
  { type: 'ask', turnId: '0a1b', text: 'why?', about, mode: 'quiz', again: 'continue' },
  { type: 'ask', turnId: '0a1b', text: 'why?', scope: { kind: 'library' } },
  { type: 'ask', turnId: '0a1b', text: 'why?', scope: { kind: 'chapter', chapterId: 'rnn', chapterTitle: 'RNNs' } },
  { type: 'scope', kind: 'all' },
  { type: 'stop', turnId: '0a1b' },
  { type: 'openPassage', passageId: 'saved:6f1c0a52-9d9b-4f5e-8f38-3f3b3a1d6a10:html:12' },
  { type: 'copyText', text: 'x = 1' },
  { type: 'pickChapter', text: '' },
  { type: 'chooseModel' },
  { type: 'showModel' },
  { type: 'showLog' },
  { type: 'openPassage', passageId: 'rnn#why', sentence: 'It remembers.' },
  { type: 'copyAnswer', turnId: '0a1b' },
  { type: 'openQuiz', chapterId: 'rnn' },
  { type: 'newConversation' },
  { type: 'showConversation', conversationId: 'c-1' },
  { type: 'removeConversation', conversationId: 'c-1' },
];

test('every message of the page is understood', () => {
  for (const message of every) assert.deepEqual(parseFromAsk(structuredClone(message)), message);
});

test('a question is understood however long it is: whoever asks is answered', () => {
  const text = 'x'.repeat(100_000);
  assert.deepEqual(parseFromAsk({ type: 'ask', turnId: 't', text }), { type: 'ask', turnId: 't', text });
});

test('a question about something unusable, or in a way nobody knows, is still a question', () => {
  const odd = { about: { chapterId: 7 }, mode: 'sing', again: true, scope: { kind: 'chapter' } };
  assert.deepEqual(parseFromAsk({ type: 'ask', turnId: 't', text: 'q', ...odd }), {
    type: 'ask',
    turnId: 't',
    text: 'q',
  });
});

test('anything else is no message', () => {
  const junk: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: '__proto__' },
    { type: 'ask', text: 'no turn' },
    { type: 'ask', turnId: 't', text: 7 },
    { type: 'stop', turnId: {} },
    { type: 'copyText', text: 'x'.repeat(1_000_000) },
    { type: 'pickChapter' },
    { type: 'openPassage', passageId: 'rnn why' },
    { type: 'showConversation' },
    { type: 'removeConversation', conversationId: '' },
  ];
  for (const value of junk) assert.equal(parseFromAsk(value), undefined, JSON.stringify(value));
});
