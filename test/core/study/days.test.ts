import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dayMs,
  dayOf,
  isoDate,
  mondayOf,
  startOfDay,
  studyDay,
  sundayOf,
  weekdayOf,
} from '../../../src/core/study/days.ts';
import type { LocalOffset } from '../../../src/core/study/days.ts';
import { seeded } from '../../store/support.ts';
import { zone, zones } from './zones.ts';

const dateOf = isoDate;
const hour = 3_600_000;
/** A clock on which the learner's day begins at four. */
const fromFour =
  (offset: LocalOffset): LocalOffset =>
  (at) =>
    offset(at) - 4 * hour;

test('a moment falls on the day that the local calendar shows', () => {
  for (const name of zones) {
    const offset = zone(name);
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name });
    const random = seeded(1);
    for (let run = 0; run < 300; run++) {
      const at = Math.floor(random() * Date.UTC(2040, 0));
      // Of years before 1972 some zones had odd seconds.
      if (at < Date.UTC(1973, 0)) continue;
      assert.equal(dateOf(dayOf(at, offset)), format.format(at), `${name} ${at}`);
    }
  }
});

test('a day begins at the first moment that falls on it, on the days when clocks change, too', () => {
  for (const name of zones) {
    const offset = zone(name);
    // 2011: Apia left out 30 December, St John's changed its clocks at one minute past midnight.
    for (let day = Date.UTC(2011, 0) / dayMs; day < Date.UTC(2012, 11) / dayMs; day++) {
      const start = startOfDay(day, offset);
      assert.ok(dayOf(start, offset) >= day, `${name} ${dateOf(day)}`);
      assert.ok(dayOf(start - 1, offset) < day, `${name} ${dateOf(day)}`);
    }
  }
});

test('the day on which clocks are put forward has 23 hours, that on which they are put back 25', () => {
  const london = zone('Europe/London');
  const hours = (date: string): number => {
    const day = Date.parse(date) / dayMs;
    return (startOfDay(day + 1, london) - startOfDay(day, london)) / 3_600_000;
  };
  assert.deepEqual(['2026-03-28', '2026-03-29', '2026-10-25', '2024-02-29'].map(hours), [24, 23, 25, 24]);
});

test('where midnight is skipped, the day begins after it; a day that was left out is empty', () => {
  const beirut = zone('Asia/Beirut');
  const skipped = Date.parse('2022-03-27') / dayMs;
  assert.equal(new Date(startOfDay(skipped, beirut)).toISOString(), '2022-03-26T22:00:00.000Z');
  const apia = zone('Pacific/Apia');
  const leftOut = Date.parse('2011-12-30') / dayMs;
  assert.equal(startOfDay(leftOut, apia), startOfDay(leftOut + 1, apia));
});

test('weeks begin on Monday, in leap years and before 1970, too', () => {
  for (let day = -1000; day < 30_000; day++) {
    assert.equal(weekdayOf(day), (new Date(day * dayMs).getUTCDay() + 6) % 7);
    assert.equal(new Date(mondayOf(day) * dayMs).getUTCDay(), 1);
    assert.ok(mondayOf(day) <= day && day < mondayOf(day) + 7);
    assert.equal(new Date(sundayOf(day) * dayMs).getUTCDay(), 0);
    assert.ok(sundayOf(day) >= day && sundayOf(day) < day + 7);
  }
});

test('a day starts when the learner says, in their own time', () => {
  const berlin = fromFour(zone('Europe/Berlin'));
  const four = Date.UTC(2026, 0, 5, 3);
  assert.deepEqual(studyDay(four, berlin), { start: four, end: four + dayMs });
  assert.deepEqual(studyDay(four - 1, berlin), { start: four - dayMs, end: four });
  assert.deepEqual(studyDay(four + 20 * hour, berlin), { start: four, end: four + dayMs });
  const newYork = fromFour(zone('America/New_York'));
  assert.equal(studyDay(Date.UTC(2026, 0, 5, 8, 59), newYork).end, Date.UTC(2026, 0, 5, 9));
  assert.equal(dayOf(four, berlin) - dayOf(four - 1, berlin), 1);
});

test('it starts at that hour also on the days when clocks change', () => {
  const berlin = fromFour(zone('Europe/Berlin'));
  // On 29 March 2026 the clock goes from two to three: four o'clock is at 2:00 UTC from then on. On 25 October it goes back.
  const spring = studyDay(Date.UTC(2026, 2, 28, 12), berlin);
  assert.deepEqual(spring, { start: Date.UTC(2026, 2, 28, 3), end: Date.UTC(2026, 2, 29, 2) });
  const autumn = studyDay(Date.UTC(2026, 9, 24, 12), berlin);
  assert.deepEqual(autumn, { start: Date.UTC(2026, 9, 24, 2), end: Date.UTC(2026, 9, 25, 3) });
});
