import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyEvent,
  changedMarks,
  chapterState,
  noProgress,
  progressFrom,
  resourceState,
  tally,
} from '../../src/core/progress.ts';
import type { ProgressEvent } from '../../src/core/progress.ts';
import { compareEvents } from '../../src/core/study/eventBase.ts';

const events: readonly ProgressEvent[] = [
  { id: 'a', at: 1, kind: 'chapter', subject: 'lstm', state: 'skimmed' },
  { id: 'c', at: 2, kind: 'chapter', subject: 'lstm', state: 'studied' },
  { id: 'b', at: 2, kind: 'chapter', subject: 'lstm', state: 'not-started' },
  { id: 'd', at: 3, kind: 'position', subject: 'lstm', position: { anchor: 'why', fraction: 0 } },
  { id: 'e', at: 4, kind: 'position', subject: 'vae', position: { anchor: 'elbo', fraction: 1 } },
  { id: 'f', at: 5, kind: 'resource', subject: 'paper', state: 'doing' },
  { id: 'g', at: 6, kind: 'chapter', subject: '__proto__', state: 'skimmed' },
];

test('the newest event of a subject wins; of equal times the greater id', () => {
  const progress = progressFrom(events);
  assert.equal(chapterState(progress, 'lstm'), 'studied');
  assert.equal(resourceState(progress, 'paper'), 'doing');
  assert.equal(progress.lastChapter, 'vae');
  assert.deepEqual(progressFrom(events.toReversed()), progress);
});

test('applying events one by one gives the same marks as reading them at once', () => {
  assert.deepEqual([...events].sort(compareEvents).reduce(applyEvent, noProgress), progressFrom(events));
});

test('a subject without a mark has the first state, whatever it is called', () => {
  for (const subject of ['lstm', 'constructor', '__proto__', 'toString']) {
    assert.equal(chapterState(noProgress, subject), 'not-started');
    assert.equal(resourceState(noProgress, subject), 'to-do');
  }
  assert.equal(chapterState(progressFrom(events), '__proto__'), 'skimmed');
});

test('changed marks are counted by subject, and positions are no marks', () => {
  const before = progressFrom(events.slice(0, 1));
  assert.equal(changedMarks(before, progressFrom(events)), 3);
  assert.equal(changedMarks(before, before), 0);
  assert.equal(changedMarks(noProgress, progressFrom(events.slice(3, 5))), 0);
});

test('a tally counts the chapters it is asked about', () => {
  assert.deepEqual(tally(progressFrom(events), ['lstm', 'vae', '__proto__']), { studied: 1, skimmed: 1, total: 3 });
});
