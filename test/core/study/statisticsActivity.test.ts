import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs, dayOf, mondayOf, startOfDay } from '../../../src/core/study/days.ts';
import {
  activeDays,
  activityByDay,
  activityByWeek,
  daysInARow,
  withoutOverlap,
} from '../../../src/core/study/statisticsActivity.ts';
import type { ActivityDay, ReadingTime } from '../../../src/core/study/statisticsActivity.ts';
import { seeded } from '../../store/support.ts';
import { zone, zones } from './zones.ts';

const minute = 60_000;
const utc = (): number => 0;
const day = (date: string): number => Date.parse(date) / dayMs;
const none = { readings: [], reviews: [], quizzes: [] };

test('without any activity there are days and weeks, all empty', () => {
  const today = day('2026-03-04');
  const days = activityByDay(none, today - 9, today, utc);
  assert.equal(days.length, 10);
  assert.ok(days.every(({ level, readMs }) => level === 0 && readMs === 0));
  assert.equal(daysInARow(days), 0);
  assert.equal(activeDays(days, 30), 0);
  const weeks = activityByWeek([], [], today, 26, utc);
  assert.equal(weeks.length, 8);
  assert.equal(weeks.at(-1)?.monday, day('2026-03-02'));
});

test('one event stands on its day and in its week', () => {
  const today = day('2024-03-01');
  const leapDay = Date.parse('2024-02-29T23:59:59Z');
  const days = activityByDay({ ...none, reviews: [leapDay] }, today - 6, today, utc);
  assert.deepEqual(
    days.filter(({ level }) => level > 0),
    [{ day: day('2024-02-29'), readMs: 0, reviews: 1, quizzes: 0, level: 1 }],
  );
  assert.equal(daysInARow(days), 1, 'today isn’t over yet');
  const weeks = activityByWeek([{ chapterId: 'lora', at: leapDay, ms: minute }], [], today, 26, utc);
  assert.deepEqual(weeks.at(-1), { monday: day('2024-02-26'), readMs: minute, chaptersRead: 1, chaptersStudied: 0 });
});

test('levels go by all that was done', () => {
  const levels = (minutes: number, reviews: number, quizzes: number): number | undefined =>
    activityByDay(
      {
        readings: minutes > 0 ? [{ chapterId: 'a', at: dayMs / 2, ms: minutes * minute }] : [],
        reviews: Array.from({ length: reviews }, () => 1),
        quizzes: Array.from({ length: quizzes }, () => 1),
      },
      0,
      0,
      utc,
    )[0]?.level;
  assert.deepEqual(
    [levels(0, 0, 0), levels(9, 0, 0), levels(10, 0, 0), levels(30, 0, 0), levels(60, 0, 0)],
    [0, 1, 2, 3, 4],
  );
  assert.deepEqual([levels(0, 59, 0), levels(0, 60, 0), levels(5, 0, 10), levels(20, 60, 60)], [1, 2, 2, 4]);
});

test('reading over midnight is counted on both days, on the night when clocks change, too', () => {
  const london = zone('Europe/London');
  const autumn = day('2026-10-25');
  const from = startOfDay(autumn, london) - 20 * minute;
  const to = startOfDay(autumn + 1, london) + 10 * minute;
  const days = activityByDay(
    { ...none, readings: [{ chapterId: 'a', at: to, ms: to - from }] },
    autumn - 1,
    autumn + 1,
    london,
  );
  assert.deepEqual(
    days.map(({ readMs }) => readMs / minute),
    [20, 25 * 60, 10],
  );
});

test('what two windows read at once counts once', () => {
  const readings = [
    { chapterId: 'a', at: 10 * minute, ms: 10 * minute },
    { chapterId: 'b', at: 12 * minute, ms: 6 * minute },
    { chapterId: 'c', at: 11 * minute, ms: minute },
    { chapterId: 'd', at: 20 * minute, ms: minute },
  ];
  assert.deepEqual(withoutOverlap(readings), [
    { chapterId: 'a', at: 10 * minute, ms: 10 * minute },
    { chapterId: 'b', at: 12 * minute, ms: 2 * minute },
    { chapterId: 'd', at: 20 * minute, ms: minute },
  ]);
});

test('no time is lost or made in any zone: days, weeks and minutes counted one by one agree', () => {
  for (const [seed, name] of zones.entries()) {
    const random = seeded(seed + 1);
    const offset = zone(name);
    // Around a change of clocks in most of them.
    const end = Date.UTC(2011, 11, 31) + Math.floor(random() * 20 * dayMs);
    const readings: ReadingTime[] = Array.from({ length: 60 }, (_, n) => ({
      chapterId: `c${n % 7}`,
      at: Math.floor((end - random() * 100 * dayMs) / minute) * minute,
      ms: Math.floor(1 + random() * 180) * minute,
    }));
    const read = new Map<number, number>();
    const minutes = new Set(
      readings.flatMap(({ at, ms }) => Array.from({ length: ms / minute }, (_, n) => at - (n + 1) * minute)),
    );
    for (const at of minutes) {
      const on = dayOf(at, offset);
      read.set(on, (read.get(on) ?? 0) + minute);
    }
    const today = dayOf(end, offset);
    const days = activityByDay({ ...none, readings }, today - 120, today, offset);
    for (const { day: on, readMs } of days) assert.equal(readMs, read.get(on) ?? 0, `${name} ${on}`);
    const weeks = activityByWeek(readings, [], today, 26, offset);
    for (const { monday, readMs } of weeks) {
      const expected = [...read].reduce((sum, [on, ms]) => sum + (mondayOf(on) === monday ? ms : 0), 0);
      assert.equal(readMs, expected, `${name} ${monday}`);
    }
  }
});

test('a chapter counts in the week in which it became studied, if it stayed so', () => {
  const at = (date: string): number => Date.parse(`${date}T12:00Z`);
  const marks = [
    { chapterId: 'stays', at: at('2026-02-10'), state: 'studied' },
    { chapterId: 'stays', at: at('2026-02-24'), state: 'studied' },
    { chapterId: 'undone', at: at('2026-02-11'), state: 'studied' },
    { chapterId: 'undone', at: at('2026-02-12'), state: 'skimmed' },
    { chapterId: 'later', at: at('2026-02-12'), state: 'skimmed' },
    { chapterId: 'later', at: at('2026-02-17'), state: 'studied' },
    { chapterId: 'again', at: at('2026-02-10'), state: 'studied' },
    { chapterId: 'again', at: at('2026-02-17'), state: 'not-started' },
    { chapterId: 'again', at: at('2026-02-18'), state: 'studied' },
  ] as const;
  const weeks = activityByWeek([], marks, day('2026-02-28'), 26, utc);
  assert.deepEqual(
    weeks.filter(({ chaptersStudied }) => chaptersStudied > 0).map((week) => [week.monday, week.chaptersStudied]),
    [
      [day('2026-02-09'), 2],
      [day('2026-02-16'), 2],
    ],
  );
});

test('a row of days ends where a day is empty; the day that goes on doesn’t end it', () => {
  const days = (...levels: number[]): ActivityDay[] =>
    levels.map((level, index) => ({ day: index, readMs: 0, reviews: 0, quizzes: 0, level }));
  assert.equal(daysInARow(days(1, 0, 2, 1, 4)), 3);
  assert.equal(daysInARow(days(1, 0, 2, 1, 0)), 2);
  assert.equal(daysInARow(days(1, 1, 0, 0)), 0);
  assert.equal(daysInARow(days(1, 1, 1)), 3);
  assert.equal(daysInARow([]), 0);
  assert.equal(activeDays(days(1, 0, 2, 1, 0), 3), 2);
});
