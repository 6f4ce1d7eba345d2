import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hear, longestStretchMs, pingMs, stopReading } from '../../../src/core/study/readingTime.ts';
import type { Heard, Reading, Stretch } from '../../../src/core/study/readingTime.ts';
import { seeded } from '../../store/support.ts';

const second = 1000;
const read = (reader: string, chapterId: string) => ({ reader, chapterId, reading: true });
const rest = (reader: string, chapterId: string) => ({ reader, chapterId, reading: false });

/** What is kept after a series of pings: seconds, and what was said. */
function kept(...pings: readonly (readonly [number, ReturnType<typeof read> | 'stop'])[]): string[] {
  let reading: Reading;
  const finished: Stretch[] = [];
  for (const [at, said] of pings) {
    const heard: Heard = said === 'stop' ? stopReading(reading, at * second) : hear(reading, said, at * second);
    reading = heard.reading;
    if (heard.finished) finished.push(heard.finished);
  }
  return finished.map(({ chapterId, from, to }) => `${chapterId} ${from / second}–${to / second}`);
}

test('pings make one stretch, up to the moment in which the page says that it isn’t read', () => {
  assert.deepEqual(kept([0, read('a', 'lora')], [15, read('a', 'lora')], [22, rest('a', 'lora')]), ['lora 0–22']);
  assert.deepEqual(kept([0, read('a', 'lora')], [8, 'stop']), ['lora 0–8']);
});

test('a long stretch is kept in pieces that touch', () => {
  const pings = Array.from({ length: 21 }, (_, n) => [n * 15, read('a', 'lora')] as const);
  assert.deepEqual(kept(...pings, [303, rest('a', 'lora')]), ['lora 0–120', 'lora 120–240', 'lora 240–303']);
});

test('going to another chapter ends the first', () => {
  assert.deepEqual(kept([0, read('a', 'one')], [10, read('a', 'two')], [20, 'stop']), ['one 0–10', 'two 10–20']);
});

test('with two readers, only one is read at a time', () => {
  assert.deepEqual(
    kept([0, read('a', 'one')], [15, read('a', 'one')], [20, read('b', 'two')], [21, rest('a', 'one')], [40, 'stop']),
    ['one 0–15', 'two 20–40'],
  );
});

test('a machine that slept didn’t read', () => {
  assert.deepEqual(kept([0, read('a', 'lora')], [15, read('a', 'lora')], [9000, read('a', 'lora')], [9010, 'stop']), [
    'lora 0–15',
    'lora 9000–9010',
  ]);
  assert.deepEqual(kept([0, read('a', 'lora')], [15, read('a', 'lora')], [9000, 'stop']), ['lora 0–15']);
});

test('leafing through isn’t reading', () => {
  assert.deepEqual(kept([0, read('a', 'one')], [2, read('a', 'two')], [4, read('a', 'three')], [6, 'stop']), []);
});

test('whatever comes, stretches follow one another, none is long, and no more is counted than has passed', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seeded(seed);
    let reading: Reading;
    let at = 0;
    const finished: Stretch[] = [];
    for (let n = 0; n < 200; n++) {
      at += Math.floor(random() * (random() < 0.05 ? 10 * 60_000 : 1.2 * pingMs));
      const reader = random() < 0.8 ? 'a' : 'b';
      const chapterId = random() < 0.9 ? `${reader}1` : `${reader}2`;
      const heard: Heard =
        random() < 0.1
          ? stopReading(reading, at, random() < 0.5 ? reader : undefined)
          : hear(reading, { reader, chapterId, reading: random() < 0.9 }, at);
      reading = heard.reading;
      if (heard.finished) finished.push(heard.finished);
      // What a crash right now would lose.
      if (reading) assert.ok(reading.to - reading.from < longestStretchMs);
    }
    let free = 0;
    for (const { from, to } of finished) {
      assert.ok(free <= from && from < to && to <= at);
      assert.ok(to - from <= longestStretchMs + 3 * pingMs);
      free = to;
    }
  }
});
