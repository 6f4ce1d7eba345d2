import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bringBack, firstDay, lastTime, timeAfter } from '../../src/core/study/clock.ts';
import type { EventBase } from '../../src/core/study/eventBase.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const now = Date.UTC(2026, 5, 15, 12);

const at = (...times: readonly number[]): EventBase[] => times.map((time, index) => ({ id: `e${index}`, at: time }));
const timesOf = ({ events }: { readonly events: readonly EventBase[] }): number[] => events.map((event) => event.at);

test('a clock a little ahead is believed', () => {
  const events = at(now, now + day);
  assert.deepEqual(bringBack(events, now, now), { events, redated: 0 });
});

test('what was recorded a year ahead is brought back with its distances, the last to now', () => {
  const jumped = now + 365 * day;
  const back = bringBack(at(now - 3 * day, jumped - 10 * minute, jumped - minute, jumped), now, now);
  assert.equal(back.redated, 3);
  assert.deepEqual(timesOf(back), [now - 3 * day, now - 10 * minute, now - minute, now]);
});

test('it comes after what is believed, however little room there is', () => {
  const back = bringBack(at(now - minute, now + 400 * day, now + 400 * day + 50 * minute), now, now);
  assert.deepEqual(timesOf(back), [now - minute, now - minute + 1, now]);
});

test('sixty days with a clock a year ahead are sixty days still', () => {
  const jump = 365 * day;
  const days = Array.from({ length: 60 }, (_, index) => now - (60 - index) * day + jump);
  const back = bringBack(at(now - 61 * day, ...days), now, now);
  assert.equal(back.redated, 60);
  assert.deepEqual(
    timesOf(back).slice(1),
    days.map((time) => time - (jump - day)),
  );
});

test('clocks that were wrong in several ways', () => {
  const back = bringBack(at(now - day, now + 30 * day, now + 800 * day, lastTime), now, now);
  assert.deepEqual(timesOf(back), [now - day, now - day + 1, now - day + 2, now]);
});

test('a clock that fell behind the history changes nothing', () => {
  const daily = at(...Array.from({ length: 300 }, (_, index) => now - index * day));
  for (const wrong of [0, firstDay - 1, now - 5 * day, now - 60 * day, now - 299 * day]) {
    assert.deepEqual(bringBack(daily, wrong, wrong), { events: daily, redated: 0 }, new Date(wrong).toISOString());
  }
});

test('bringing back twice changes nothing more, and keeps every order', () => {
  const events = at(now, now + 2 * day, now + 2 * day + 1, now + 300 * day, lastTime);
  const once = bringBack(events, now, now);
  assert.deepEqual(bringBack(once.events, now, now), { events: once.events, redated: 0 });
  assert.deepEqual(
    timesOf(once),
    timesOf(once).toSorted((a, b) => a - b),
  );
  assert.equal(new Set(timesOf(once)).size, events.length);
});

test('no event is dated after the year 9999', () => {
  assert.equal(timeAfter(lastTime, now), lastTime);
  assert.equal(timeAfter(5, 7.9), 7);
  assert.equal(timeAfter(7, 7.9), 8);
});
