import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { NewStudyEvent } from '../../src/core/study/studyEvent.ts';
import { dashboardContent } from '../../src/vscode/dashboard/dashboardContent.ts';
import { smallCurriculum } from '../core/smallCurriculum.ts';
import { freshPath, open } from '../store/support.ts';

const due = { learning: 1, review: 4, new: 2, ahead: 9 };
const quizzes = {
  rnn: [
    { id: 'rnn-1', anchor: 'why' },
    { id: 'rnn-2', anchor: 'gone' },
  ],
};
const now = Date.UTC(2026, 2, 4, 12);

function content(t: TestContext, events: readonly NewStudyEvent[]) {
  const { store } = open(t, freshPath(t), { now: () => now });
  store.recordAll(events);
  return dashboardContent({ store, curriculum: smallCurriculum, quizzes, due, now, offset: () => 0 });
}

const answers = (subject: string, ...correct: readonly boolean[]): NewStudyEvent[] =>
  correct.map((right) => ({ kind: 'quiz', subject, correct: right, grader: 'choice' }));

test('what is due is told without what can only be taken early', (t) => {
  assert.deepEqual(content(t, []).due, { reviews: 5, fresh: 2, hasCards: false });
});

test('weak places have their titles, and the way to a quiz where there is one', (t) => {
  const { weakChapters, weakPassages } = content(t, [
    ...answers('rnn/rnn-1', false, false, true, false),
    ...answers('flash/flash-1', false, true, true),
  ]);
  assert.deepEqual(
    weakChapters.map(({ title, canQuiz }) => [title, canQuiz]),
    [
      ['Title of rnn', true],
      ['Title of flash', false],
    ],
  );
  assert.deepEqual(
    weakPassages.map(({ title, inChapter, passageId, quiz }) => [title, inChapter, passageId, quiz]),
    [['Why it matters', 'Title of rnn', 'rnn#why', { wrong: 3, all: 4 }]],
  );
});

test('what the handbook hasn’t got any more isn’t listed', (t) => {
  const { weakChapters, weakPassages } = content(t, [
    ...answers('removed/removed-1', false, false, false),
    ...answers('__proto__/x', false, false, false),
    ...answers('rnn/rnn-2', false, false, false),
  ]);
  assert.deepEqual(
    weakChapters.map(({ chapterId }) => chapterId),
    ['rnn'],
  );
  assert.deepEqual(weakPassages, []);
});
