import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromDashboard } from '../../src/protocol/dashboard.ts';
import { parseFromDashboard } from '../../src/vscode/dashboard/dashboardMessages.ts';

const messages: readonly FromDashboard[] = [
  { type: 'ready' },
  { type: 'drawn' },
  { type: 'review' },
  { type: 'continue' },
  { type: 'planGoal' },
  { type: 'quiz', chapterId: 'rnn' },
  { type: 'openChapter', chapterId: 'rnn' },
  { type: 'openPassage', passageId: 'rnn#why' },
];

test('every message of the page is understood, and nothing else with it', () => {
  for (const message of messages) assert.deepEqual(parseFromDashboard({ ...message, extra: 1 }), message);
});

test('anything else is no message', () => {
  for (const value of [
    undefined,
    null,
    'ready',
    [],
    { type: 'constructor' },
    { type: 'quiz' },
    { type: 'openChapter', chapterId: '../../etc/passwd' },
    { type: 'openChapter', passageId: 'rnn#why' },
    { type: 'openPassage', passageId: { toString: () => 'rnn#why' } },
  ]) {
    assert.equal(parseFromDashboard(value), undefined, JSON.stringify(value));
  }
});
