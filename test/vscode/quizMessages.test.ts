import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromQuiz } from '../../src/protocol/quiz.ts';
import { parseFromQuiz } from '../../src/vscode/quiz/quizMessages.ts';

const subject = 'rnn/state';
const every: readonly FromQuiz[] = [
  { type: 'ready' },
  { type: 'choose', subject, choice: 2 },
  { type: 'choose', subject },
  { type: 'reveal', subject, text: '' },
  { type: 'reveal', subject, text: 'x'.repeat(4000) },
  { type: 'grade', subject, grade: 'partly' },
  { type: 'askModel', subject },
  { type: 'stopModel', subject },
  { type: 'next', subject },
  { type: 'end' },
  { type: 'tryWrong' },
  { type: 'saveAgain' },
  { type: 'review' },
  { type: 'another' },
  { type: 'openPassage', passageId: 'rnn#why' },
  { type: 'openChapter', chapterId: 'rnn' },
];

test('every message of the page is understood', () => {
  for (const message of every) assert.deepEqual(parseFromQuiz(structuredClone(message)), message);
});

test('anything else is no message', () => {
  for (const junk of [
    undefined,
    null,
    7,
    'ready',
    [],
    {},
    { type: 'constructor' },
    { type: 'next' },
    { type: 'next', subject: '../../x' },
    { type: 'next', subject: 'rnn' },
    { type: 'next', subject: `rnn/${'x'.repeat(300)}` },
    { type: 'choose', subject, choice: -1 },
    { type: 'choose', subject, choice: 0.5 },
    { type: 'choose', subject, choice: '1' },
    { type: 'reveal', subject },
    { type: 'reveal', subject, text: 'x'.repeat(4001) },
    { type: 'grade', subject, grade: 'superb' },
    { type: 'openPassage', passageId: '<b>' },
    { type: 'openChapter' },
  ]) {
    assert.equal(parseFromQuiz(junk), undefined, JSON.stringify(junk));
  }
});
