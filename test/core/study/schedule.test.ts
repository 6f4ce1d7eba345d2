import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createScheduler,
  defaultScheduling,
  newSchedule,
  parseScheduling,
  parseWeights,
} from '../../../src/core/study/schedule.ts';
import type { Schedule } from '../../../src/core/study/schedule.ts';
import { ratings } from '../../../src/core/study/studyEvent.ts';
import type { Rating } from '../../../src/core/study/studyEvent.ts';
import { seeded } from '../../store/support.ts';

const scheduler = createScheduler(defaultScheduling);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 5, 10);

function graded(steps: readonly (readonly [Rating, number])[]): Schedule {
  return steps.reduce((schedule, [rating, at]) => scheduler.grade(schedule, 'card', rating, at), newSchedule);
}

test('a new card goes through steps of minutes, then days', () => {
  const preview = scheduler.preview(newSchedule, 'card', start);
  assert.equal(preview[1].due, start + minute);
  assert.equal(preview[2].due, start + 6 * minute);
  assert.equal(preview[3].due, start + 10 * minute);
  assert.equal(preview[4].state, 'review');
  assert.ok(preview[4].intervalDays >= 5);
  const learnt = graded([
    [3, start],
    [3, start + 10 * minute],
  ]);
  assert.equal(learnt.state, 'review');
  assert.ok(learnt.intervalDays >= 1 && learnt.intervalDays <= 4);
  assert.equal(learnt.due, start + 10 * minute + learnt.intervalDays * day);
});

test('a learnt card that is forgotten is learnt again, in minutes', () => {
  const learnt = graded([[4, start]]);
  const forgotten = scheduler.grade(learnt, 'card', 1, start + 9 * day);
  assert.equal(forgotten.state, 'relearning');
  assert.equal(forgotten.lapses, 1);
  assert.equal(forgotten.due, start + 9 * day + 10 * minute);
  assert.ok(forgotten.stability < learnt.stability);
});

test('the interval of a button is the one that pressing it gives', () => {
  let schedule = newSchedule;
  let at = start;
  for (const rating of [3, 3, 3, 2, 4, 1, 3, 3] as const) {
    const preview = scheduler.preview(schedule, 'card', at);
    for (const one of ratings) assert.deepEqual(preview[one], scheduler.grade(schedule, 'card', one, at));
    schedule = preview[rating];
    at = schedule.due ?? at;
  }
});

test('predicted recall falls with time, is 90 % after as many days as the stability, and is unknown for a new card', () => {
  assert.equal(scheduler.recall(newSchedule, start), undefined);
  const learnt = graded([[4, start]]);
  const at = (days: number): number => scheduler.recall(learnt, start + days * day) ?? NaN;
  assert.equal(at(0), 1);
  assert.equal(at(-3), 1);
  assert.ok(Math.abs(at(learnt.stability) - 0.9) < 1e-6);
  assert.ok(at(10) > at(20) && at(20) > at(400) && at(400) > 0);
});

test('who wants to remember more reviews sooner', () => {
  const intervals = [0.99, 0.9, 0.8].map((retention) => {
    const one = createScheduler({ ...defaultScheduling, retention });
    return one.grade(newSchedule, 'card', 4, start).intervalDays;
  });
  assert.deepEqual(
    intervals,
    [...intervals].sort((a, b) => a - b),
  );
  assert.ok((intervals[0] ?? 0) < (intervals[2] ?? 0));
});

test('long intervals are spread from card to card, and are the same on every machine', () => {
  const intervals = Array.from({ length: 50 }, (_, index) => {
    const dues = [createScheduler(defaultScheduling), createScheduler(defaultScheduling)].map((machine) =>
      machine.grade(machine.grade(newSchedule, `card-${index}`, 4, start), `card-${index}`, 3, start + 20 * day),
    );
    assert.deepEqual(dues[0], dues[1]);
    return dues[0]?.intervalDays;
  });
  assert.ok(new Set(intervals).size > 3);
});

test('whatever the clock and the learner do, numbers stay numbers and no interval is negative', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = seeded(seed);
    let schedule = newSchedule;
    let at = start;
    for (let step = 0; step < 60; step++) {
      at = Math.max(0, Math.floor(at + (random() - 0.4) * 10 ** (3 + random() * 8)));
      const rating = ratings[Math.floor(random() * 4)] ?? 3;
      const before = schedule;
      schedule = scheduler.grade(before, 'card', rating, at);
      for (const value of Object.values(schedule)) {
        if (typeof value === 'number') assert.ok(Number.isFinite(value) && value >= 0, JSON.stringify(schedule));
      }
      assert.ok((schedule.due ?? 0) > Math.max(at, before.lastReview ?? 0));
      const recall = scheduler.recall(schedule, at) ?? NaN;
      assert.ok(recall >= 0 && recall <= 1);
    }
  }
});

test("weights are FSRS's 21 numbers, or those of its earlier versions", () => {
  assert.deepEqual(parseWeights(defaultScheduling.weights), defaultScheduling.weights);
  assert.equal(parseWeights(Array(19).fill(0.5))?.length, 21);
  assert.equal(parseWeights(Array(17).fill(0.5))?.length, 21);
  for (const wrong of [undefined, 'x', [], [1, 2, 3], [...Array<number>(20).fill(1), NaN], Array(21).fill('1')]) {
    assert.equal(parseWeights(wrong), undefined);
  }
  assert.deepEqual(parseScheduling(JSON.parse(JSON.stringify(defaultScheduling))), defaultScheduling);
  assert.equal(parseScheduling({ retention: 2, weights: defaultScheduling.weights }), undefined);
  assert.equal(parseScheduling(null), undefined);
});
