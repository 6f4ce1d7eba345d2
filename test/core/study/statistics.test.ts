import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs, startOfDay } from '../../../src/core/study/days.ts';
import { forecast, forecastDays } from '../../../src/core/study/statisticsForecast.ts';
import { recallBin, recallEdges, retention, wilson } from '../../../src/core/study/statisticsRetention.ts';
import type { RecalledAt } from '../../../src/core/study/statisticsRetention.ts';
import { chanceOfWrong, weakest } from '../../../src/core/study/statisticsWeak.ts';
import type { Answered } from '../../../src/core/study/statisticsWeak.ts';
import { seeded } from '../../store/support.ts';
import { zone, zones } from './zones.ts';

const utc = (): number => 0;
const nothing = { wrong: 0, all: 0 };

test('every prediction has one bin', () => {
  for (let step = 0; step <= 1000; step++) {
    const predicted = step / 1000;
    const bin = recallBin(predicted);
    const [from = NaN, to = NaN] = [recallEdges[bin], recallEdges[bin + 1]];
    assert.ok(from <= predicted && (predicted < to || (to === 1 && predicted === 1)), String(predicted));
  }
});

test('without reviews there is no retention; one review says next to nothing', () => {
  assert.deepEqual(retention(new Map(), [], 0, utc), { bins: [], weeks: [] });
  const one: RecalledAt = { at: 4 * dayMs, remembered: true, predicted: 0.9 };
  const { all, bins, weeks } = retention(
    new Map([[recallBin(0.9), { reviews: 1, remembered: 1, predicted: 0.9 }]]),
    [one],
    0,
    utc,
  );
  assert.ok(all);
  assert.ok(all.share === 1 && all.low < 0.25 && all.high === 1);
  assert.equal(all.comparison, 'as-predicted');
  assert.equal(bins.length, 1);
  assert.deepEqual(
    weeks.map(({ monday, reviews }) => [monday, reviews]),
    [[4, 1]],
  );
});

test('a learner who remembers as predicted is told so, one who doesn’t is told that', () => {
  const sums = (share: number) =>
    retention(new Map([[7, { reviews: 1000, remembered: 1000 * share, predicted: 920 }]]), [], 0, utc).all;
  const told = [0.92, 0.97, 0.8].map((share) => sums(share)?.comparison);
  assert.deepEqual(told, ['as-predicted', 'better', 'worse']);
});

test('a difference that nobody would notice is none, however many reviews tell of it', () => {
  const sum = { reviews: 100_000, remembered: 89_000, predicted: 89_500 };
  assert.equal(retention(new Map([[6, sum]]), [], 0, utc).all?.comparison, 'as-predicted');
});

test('the interval holds the share, grows narrower with more reviews, and is right 95 times of 100', () => {
  for (const count of [1, 2, 5, 30, 400]) {
    for (let hits = 0; hits <= count; hits++) {
      const { low, high } = wilson(hits, count);
      assert.ok(0 <= low && low <= hits / count && hits / count <= high && high <= 1, `${hits}/${count}`);
    }
  }
  assert.ok(wilson(9, 10).high - wilson(9, 10).low > wilson(90, 100).high - wilson(90, 100).low);
  const random = seeded(5);
  let right = 0;
  for (let run = 0; run < 4000; run++) {
    let hits = 0;
    for (let n = 0; n < 60; n++) if (random() < 0.9) hits++;
    const { low, high } = wilson(hits, 60);
    if (low <= 0.9 && 0.9 <= high) right++;
  }
  assert.ok(right / 4000 > 0.93 && right / 4000 < 0.98, String(right / 4000));
});

const place = (chapterId: string, wrong: number, all: number): Answered => ({
  chapterId,
  quiz: { wrong, all },
  cards: nothing,
});

test('one wrong answer isn’t the weakest place, nor is it one at all', () => {
  const weak = weakest([place('slip', 1, 1), place('hard', 7, 20), place('middling', 3, 30), place('well', 0, 50)], 8);
  assert.deepEqual(
    weak.map(({ chapterId }) => chapterId),
    ['hard', 'middling'],
  );
});

test('nothing answered, or all of it right: nothing is weak', () => {
  assert.deepEqual(weakest([], 8), []);
  assert.deepEqual(weakest([place('a', 0, 30), place('b', 0, 0)], 8), []);
});

test('a further wrong answer makes a place weaker, a right one stronger; quizzes and cards count alike', () => {
  const random = seeded(9);
  for (let run = 0; run < 2000; run++) {
    const all = 3 + Math.floor(random() * 60);
    const wrong = 1 + Math.floor(random() * all);
    const average = 0.02 + random() * 0.6;
    const now = chanceOfWrong(wrong, all, average);
    assert.ok(chanceOfWrong(wrong + 1, all + 1, average).atLeast > now.atLeast);
    assert.ok(chanceOfWrong(wrong, all + 1, average).atLeast < now.atLeast);
    assert.ok(now.atLeast < now.chance && now.chance < 1);
  }
  const [quiz, cards] = weakest(
    [
      { chapterId: 'a', quiz: { wrong: 4, all: 10 }, cards: nothing },
      { chapterId: 'b', quiz: nothing, cards: { wrong: 4, all: 10 } },
    ],
    8,
  );
  assert.equal(quiz?.chance, cards?.chance);
});

test('places are the same whatever the order they come in, and no more than asked for', () => {
  const random = seeded(3);
  const places = Array.from({ length: 40 }, (_, n) => place(`c${n}`, Math.floor(random() * 6), 6));
  const weak = weakest(places, 5);
  assert.equal(weak.length, 5);
  assert.deepEqual(weakest(places.toReversed(), 5), weak);
});

test('due cards are counted by the local day; what is over is overdue, what is far off isn’t told', () => {
  for (const name of zones) {
    const offset = zone(name);
    const today = Date.parse('2026-03-27') / dayMs;
    const random = seeded(2);
    const expected = Array.from({ length: forecastDays }, () => Math.floor(random() * 5));
    const due = expected.flatMap((count, ahead) => {
      const from = startOfDay(today + ahead, offset);
      const to = startOfDay(today + ahead + 1, offset);
      return Array.from({ length: count }, (_, n) =>
        n === 0 ? from : n === 1 ? to - 1 : from + (to - from) * random(),
      );
    });
    const overdue = [startOfDay(today, offset) - 1, 0];
    const later = [startOfDay(today + forecastDays, offset)];
    const told = forecast([...overdue, ...due, ...later], 4, today, offset);
    assert.equal(told.overdue, 2, name);
    assert.equal(told.fresh, 4);
    assert.deepEqual(
      told.days.map(({ due: count }) => count),
      expected,
      name,
    );
    assert.deepEqual([told.days[0]?.day, told.days.at(-1)?.day], [today, today + forecastDays - 1]);
  }
});
