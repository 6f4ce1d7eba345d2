import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChapterState, ProgressEvent, ResourceState } from '../../src/core/progress.ts';
import { chapterTick, resourceTick } from '../../src/core/tick.ts';

const chapter = (at: number, state: ChapterState, subject = 'rnn'): ProgressEvent => ({
  id: String(at),
  at,
  kind: 'chapter',
  subject,
  state,
});
const resource = (at: number, state: ResourceState): ProgressEvent => ({
  id: String(at),
  at,
  kind: 'resource',
  subject: 'rnn',
  state,
});

test('a tick means studied, or done', () => {
  assert.equal(chapterTick([], 'rnn', true), 'studied');
  assert.equal(resourceTick([], 'paper', true), 'done');
});

test('unticking gives back the mark from before the tick', () => {
  assert.equal(chapterTick([chapter(1, 'skimmed'), chapter(2, 'studied')], 'rnn', false), 'skimmed');
  assert.equal(resourceTick([resource(1, 'doing'), resource(2, 'done')], 'rnn', false), 'doing');
});

test('without an earlier mark unticking goes back to the start', () => {
  assert.equal(chapterTick([chapter(2, 'studied')], 'rnn', false), 'not-started');
  assert.equal(resourceTick([], 'rnn', false), 'to-do');
});

test('the newest earlier mark counts, whatever the order of the events, and only of that subject and kind', () => {
  const events = [
    chapter(3, 'not-started'),
    chapter(1, 'skimmed'),
    chapter(5, 'skimmed', 'flash'),
    chapter(4, 'studied'),
  ];
  assert.equal(chapterTick(events, 'rnn', false), 'not-started');
  assert.equal(resourceTick(events, 'rnn', false), 'to-do');
});
