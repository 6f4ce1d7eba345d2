import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ReadingClock } from '../../src/vscode/readingClock.ts';
import { freshPath, open } from '../store/support.ts';

const second = 1000;
const minute = 60 * second;

/** A clock over a real store, with two readers, and the seconds that were kept of each chapter. */
function readers(t: TestContext) {
  const { store } = open(t, freshPath(t));
  let now = 1000;
  const clock = new ReadingClock(
    {
      record: (...events) => {
        store.recordAll(events);
        return Promise.resolve(true);
      },
    },
    () => now,
  );
  const [one, other] = [{}, {}];
  return {
    clock,
    one,
    other,
    pass: (ms: number): void => {
      now += ms;
    },
    /** Reads on in a reader, as its page tells it. */
    read: (reader: object, chapterId: string, ms: number): void => {
      clock.hear(reader, chapterId, true);
      for (let passed = 0; passed < ms; passed += 15 * second) {
        now += 15 * second;
        clock.hear(reader, chapterId, true);
      }
    },
    kept: (): Record<string, number> => {
      const sums: Record<string, number> = {};
      for (const { subject, ms } of store.events(['reading'])) sums[subject] = (sums[subject] ?? 0) + ms / second;
      return sums;
    },
  };
}

test('what was read is kept when the page is left', (t) => {
  const { clock, one, read, pass, kept } = readers(t);
  read(one, 'lora', minute);
  assert.deepEqual(kept(), {});
  pass(5 * second);
  clock.stop(one);
  assert.deepEqual(kept(), { lora: 65 });
  clock.stop(one);
  assert.deepEqual(kept(), { lora: 65 });
});

test('a crash loses no more than two minutes', (t) => {
  const { one, read, kept } = readers(t);
  for (let minutes = 1; minutes <= 30; minutes++) {
    read(one, 'lora', minute);
    assert.ok((kept()['lora'] ?? 0) >= 60 * (minutes - 2), `after ${minutes} minutes`);
  }
});

test('going to and fro between two readers counts each second once', (t) => {
  const { clock, one, other, read, kept } = readers(t);
  for (let n = 0; n < 10; n++) {
    read(one, 'lora', minute);
    read(other, 'quantisation', minute);
  }
  clock.stop(one);
  clock.stop(other);
  const { lora = 0, quantisation = 0 } = kept();
  assert.equal(lora, 600);
  assert.equal(quantisation, 600);
});

test('closing a reader that isn’t read ends nothing', (t) => {
  const { clock, one, other, read, pass, kept } = readers(t);
  read(one, 'lora', minute);
  clock.stop(other);
  assert.deepEqual(kept(), {});
  pass(8 * 60 * minute);
  clock.hear(one, 'lora', false);
  assert.deepEqual(kept(), { lora: 60 }, 'the night was not read');
});
