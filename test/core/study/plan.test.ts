import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Curriculum } from '../../../src/core/curriculum.ts';
import type { ChapterState, ProgressEvent, ResourceState } from '../../../src/core/progress.ts';
import { goalMatcher, goalNow, goalSubject } from '../../../src/core/study/goals.ts';
import type { GoalRef } from '../../../src/core/study/goals.ts';
import { mondayOf, sundayOf } from '../../../src/core/study/days.ts';
import { paceOf, storedPace } from '../../../src/core/study/pace.ts';
import { makePlan } from '../../../src/core/study/plan.ts';
import type { PlanParts, Step } from '../../../src/core/study/plan.ts';
import { smallCurriculum } from '../smallCurriculum.ts';

const day = 86_400_000;
const today = 20_000;
/** Noon of a day, so many days from today. */
const noon = (days: number): number => (today + days) * day + day / 2;

const { markov, rnn } = smallCurriculum.chapters;
assert.ok(markov && rnn);
/** With an essential resource of each of the first two chapters. */
const curriculum: Curriculum = {
  ...smallCurriculum,
  chapters: {
    ...smallCurriculum.chapters,
    markov: { ...markov, resources: [{ resourceId: 'paper', note: 'Read it first.', essential: true }] },
    rnn: { ...rnn, resources: [{ resourceId: 'course', note: 'Its first part.', essential: true }] },
  },
};

let n = 0;
const marked = (subject: string, state: ChapterState, days = 0): ProgressEvent => ({
  id: `e${n++}`,
  at: noon(days),
  kind: 'chapter',
  subject,
  state,
});
const resourceMarked = (subject: string, state: ResourceState, days = 0): ProgressEvent => ({
  id: `e${n++}`,
  at: noon(days),
  kind: 'resource',
  subject,
  state,
});

function plan(goal: GoalRef, more: Partial<PlanParts> = {}) {
  return makePlan({
    curriculum,
    subject: goalSubject(curriculum, goal) ?? assert.fail(`no goal ${goal.id}`),
    depth: 'study',
    pace: { minutes: 60, per: 'day' },
    events: [],
    since: noon(-3),
    today,
    dayOf: (at) => Math.floor(at / day),
    ...more,
  });
}

const flash: GoalRef = { type: 'chapter', id: 'flash' };
const idOf = (step: Step): string => (step.kind === 'chapter' ? step.chapter.id : step.resource.id);
const ids = (steps: readonly Step[]): string[] => steps.map(idOf);

test('studying takes chapters with their quizzes and essential resources, skimming the chapters alone', () => {
  const studied = plan(flash);
  assert.deepEqual(ids(studied.steps), ['markov', 'paper', 'rnn', 'course', 'flash']);
  assert.deepEqual(
    studied.steps.map(({ minutes }) => minutes),
    [40, 90, 160, 90, 40],
  );
  assert.equal(studied.minutesLeft, 420);
  const skimmed = plan(flash, { depth: 'skim' });
  assert.deepEqual(ids(skimmed.steps), ['markov', 'rnn', 'flash']);
  assert.deepEqual(
    skimmed.steps.map(({ minutes }) => minutes),
    [10, 50, 10],
  );
});

test('a resource is reached through the chapters that list it, and comes last; a section’s through the section', () => {
  const talk = { type: 'resource', id: 'talk' } as const;
  const listed = goalSubject(smallCurriculum, talk) ?? assert.fail();
  assert.deepEqual(ids(plan(talk, { curriculum: smallCurriculum, subject: listed }).steps), ['markov', 'rnn', 'talk']);
  const courseless = { type: 'resource', id: 'course' } as const;
  const subject = goalSubject(smallCurriculum, courseless);
  assert.deepEqual(
    subject?.chapters.map(({ id }) => id),
    ['markov', 'rnn'],
  );
});

test('an authored goal brings its own resources, once', () => {
  assert.deepEqual(ids(plan({ type: 'authored', id: 'go-fast' }).steps), ['markov', 'paper', 'rnn', 'course', 'flash']);
  assert.deepEqual(ids(plan({ type: 'authored', id: 'go-fast' }, { depth: 'skim' }).steps), [
    'markov',
    'rnn',
    'flash',
    'course',
  ]);
  assert.equal(goalSubject(curriculum, { type: 'authored', id: 'gone' }), undefined);
  assert.equal(goalSubject(curriculum, { type: 'chapter', id: '__proto__' }), undefined);
});

test('what was known when the goal was chosen isn’t part of the plan; skimmed counts as known when skimming', () => {
  const before = [marked('markov', 'skimmed', -9)];
  assert.deepEqual(ids(plan(flash, { events: before }).steps), ['markov', 'paper', 'rnn', 'course', 'flash']);
  assert.deepEqual(ids(plan(flash, { events: before, depth: 'skim' }).steps), ['rnn', 'flash']);
  const studied = [marked('rnn', 'studied', -9), resourceMarked('paper', 'done', -9)];
  assert.deepEqual(ids(plan(flash, { events: studied }).steps), ['flash']);
});

test('today holds what fits, and at least one step; what was finished today stays, done', () => {
  assert.deepEqual(ids(plan(flash).now), ['markov']);
  assert.deepEqual(ids(plan(flash, { pace: { minutes: 10, per: 'day' } }).now), ['markov']);
  assert.deepEqual(ids(plan(flash, { pace: { minutes: 130, per: 'day' } }).now), ['markov', 'paper']);

  const after = plan(flash, { pace: { minutes: 130, per: 'day' }, events: [marked('markov', 'studied')] });
  assert.deepEqual(
    after.now.map((step) => [idOf(step), step.done !== undefined]),
    [
      ['markov', true],
      ['paper', false],
    ],
  );
  // Enough for today: nothing more is asked for.
  const enough = plan(flash, { pace: { minutes: 40, per: 'day' }, events: [marked('markov', 'studied')] });
  assert.deepEqual(ids(enough.now), ['markov']);
  assert.deepEqual(ids(enough.next), ['paper', 'rnn']);
  // The day after, it is over and gone.
  const tomorrow = plan(flash, { today: today + 1, events: [marked('markov', 'studied')] });
  assert.deepEqual(ids(tomorrow.now), ['paper']);
  assert.deepEqual(ids(tomorrow.steps), ['markov', 'paper', 'rnn', 'course', 'flash']);
});

test('every step stands in exactly one group or was done before, in the order of the plan', () => {
  for (const minutes of [5, 30, 60, 240, 1000]) {
    for (const per of ['day', 'week'] as const) {
      for (const events of [[], [marked('markov', 'studied')], [marked('markov', 'studied', -1)]]) {
        const { steps, now, next, later } = plan(flash, { pace: { minutes, per }, events });
        const begins = per === 'day' ? today : mondayOf(today);
        const shown = steps.filter(({ done }) => done === undefined || done >= begins);
        assert.deepEqual([...now, ...next, ...later], shown);
      }
    }
  }
});

test('a chapter that turns out to be known takes what only it needed with it', () => {
  assert.deepEqual(ids(plan(flash, { events: [marked('rnn', 'studied')] }).steps), ['rnn', 'course', 'flash']);
});

test('a mark taken back brings the chapter back', () => {
  const events = [marked('markov', 'studied', -9), marked('rnn', 'studied', -1), marked('markov', 'not-started', 0)];
  assert.deepEqual(ids(plan(flash, { events }).steps), ['rnn', 'course', 'flash']);
  const both = [...events, marked('rnn', 'not-started', 0)];
  assert.deepEqual(ids(plan(flash, { events: both }).steps), ['markov', 'paper', 'rnn', 'course', 'flash']);
});

test('skipped resources are over', () => {
  const { steps, minutesLeft } = plan(flash, { events: [resourceMarked('course', 'skipped', -1)] });
  assert.equal(steps.find((step) => idOf(step) === 'course')?.done, today - 1);
  assert.equal(minutesLeft, 330);
});

test('it ends on the day on which the minutes are used up', () => {
  assert.equal(plan(flash, { pace: { minutes: 420, per: 'day' } }).finishes, today);
  assert.equal(plan(flash).finishes, today + 6);
  // What was done today has used up today.
  assert.equal(plan(flash, { events: [marked('markov', 'studied')] }).finishes, today + 6);
  const weekly = plan(flash, { pace: { minutes: 60, per: 'week' } });
  assert.equal(weekly.finishes, sundayOf(today) + 6 * 7);
  const over = plan(flash, { events: ['markov', 'rnn', 'flash'].map((id) => marked(id, 'studied', -9)) });
  assert.deepEqual([over.steps, over.finishes], [[], today]);
});

test('weeks end on Sundays', () => {
  const weekday = (of: number): number => new Date(of * day).getUTCDay();
  for (let each = today; each < today + 8; each++) {
    assert.equal(weekday(sundayOf(each)), 0);
    assert.ok(sundayOf(each) >= each && sundayOf(each) < each + 7);
  }
});

test('the newest goal counts, since it was first chosen; another pace doesn’t make it another goal', () => {
  const chosen = (at: number, id: string | null, minutesPerDay = 30) => ({
    id: `g${at}`,
    at,
    kind: 'goal' as const,
    subject: 'plan',
    goal: id === null ? null : ({ type: 'chapter', id, minutesPerDay, depth: 'study' } as const),
  });
  assert.equal(goalNow([]), undefined);
  assert.equal(goalNow([chosen(1, 'rnn'), chosen(2, null)]), undefined);
  const now = goalNow([chosen(4, 'rnn', 60), chosen(1, 'rnn'), chosen(2, 'flash'), chosen(3, 'rnn')]);
  assert.deepEqual([now?.goal.minutesPerDay, now?.since], [60, 3]);
});

test('a pace comes back as it was said', () => {
  for (const pace of [
    { minutes: 20, per: 'day' },
    { minutes: 60, per: 'week' },
    { minutes: 420, per: 'week' },
  ] as const) {
    assert.deepEqual(paceOf({ type: 'chapter', id: 'x', depth: 'skim', ...storedPace(pace) }), pace);
  }
});

test('goals are found by the beginnings of the words they are called by', () => {
  const matches = goalMatcher({
    ...curriculum,
    chapters: { ...curriculum.chapters, rnn: { ...rnn, keywords: ['RNN', 'key-value memory'] } },
  });
  const chapter: GoalRef = { type: 'chapter', id: 'rnn' };
  for (const typed of ['rnn', 'title', 'Value-mem', '  ', 'of RN']) assert.ok(matches(chapter, typed), typed);
  for (const typed of ['nn', 'rnn lace', 'alue']) assert.equal(matches(chapter, typed), false, typed);
  assert.ok(matches({ type: 'resource', id: 'paper' }, 'love'));
  assert.ok(matches({ type: 'authored', id: 'go-fast' }, 'models fast'));
  assert.equal(matches({ type: 'authored', id: 'gone' }, 'x'), false);
});
