import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chapterToContinue, recentChapters, suggestedQuestions } from '../../src/core/continueReading.ts';
import { noProgress } from '../../src/core/progress.ts';
import type { ProgressEvent } from '../../src/core/progress.ts';
import { smallCurriculum } from './smallCurriculum.ts';

const read = (subject: string, at: number): ProgressEvent => ({
  id: `${subject}-${at}`,
  at,
  kind: 'position',
  subject,
  position: { anchor: 'why', fraction: 0 },
});

test('whoever has read nothing begins at the beginning', () => {
  assert.equal(chapterToContinue(smallCurriculum, noProgress)?.id, 'intro');
});

test('the chapter read last is gone on with until it is studied, then the next that isn’t', () => {
  const progress = { ...noProgress, lastChapter: 'markov' };
  assert.equal(chapterToContinue(smallCurriculum, progress)?.id, 'markov');
  const studied = { ...progress, chapters: { markov: 'studied', rnn: 'studied' } as const };
  assert.equal(chapterToContinue(smallCurriculum, studied)?.id, 'flash');
});

test('after the end it begins again with what was left out', () => {
  const progress = { ...noProgress, lastChapter: 'quant', chapters: { quant: 'studied', intro: 'studied' } as const };
  assert.equal(chapterToContinue(smallCurriculum, progress)?.id, 'markov');
});

test('with everything studied there is nothing to continue', () => {
  const chapters = Object.fromEntries(Object.keys(smallCurriculum.chapters).map((id) => [id, 'studied' as const]));
  assert.equal(chapterToContinue(smallCurriculum, { ...noProgress, chapters, lastChapter: 'rnn' }), undefined);
});

test('a last chapter that is no longer in the handbook is forgotten', () => {
  assert.equal(chapterToContinue(smallCurriculum, { ...noProgress, lastChapter: 'gone' })?.id, 'intro');
});

test('the chapters read lately come the latest first, each once, unknown ones not at all', () => {
  const events = [read('markov', 1), read('gone', 5), read('rnn', 2), read('markov', 9), read('constructor', 8)];
  assert.deepEqual(
    recentChapters(smallCurriculum, events, 5).map(({ id }) => id),
    ['markov', 'rnn'],
  );
  assert.equal(recentChapters(smallCurriculum, events, 1).length, 1);
});

test('questions are suggested from the chapter to continue and those after it', () => {
  assert.deepEqual(suggestedQuestions(smallCurriculum, { ...noProgress, lastChapter: 'rnn' }, 4), [
    'what is rnn?',
    'why rnn?',
    'what is flash?',
    'what is quant?',
  ]);
});
