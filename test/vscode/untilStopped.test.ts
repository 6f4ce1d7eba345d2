import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilStopped } from '../../src/vscode/untilStopped.ts';

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

test('all values come through, and the end', async () => {
  const source = (async function* () {
    yield await Promise.resolve(1);
    yield 2;
  })();
  assert.deepEqual(await all(untilStopped(source, new AbortController().signal)), [1, 2]);
});

test('stopping ends it at once, even before the first value', { timeout: 2000 }, async () => {
  const stop = new AbortController();
  const source = (async function* (): AsyncGenerator<number> {
    await new Promise(() => undefined);
    yield 1;
  })();
  const values = all(untilStopped(source, stop.signal));
  setTimeout(() => {
    stop.abort();
  }, 5);
  assert.deepEqual(await values, []);
});

test('stopped before it began, it yields nothing', async () => {
  const stop = new AbortController();
  stop.abort();
  const source = (async function* () {
    yield await Promise.resolve(1);
  })();
  assert.deepEqual(await all(untilStopped(source, stop.signal)), []);
});

test('the source is told to clean up when it is stopped', async () => {
  const stop = new AbortController();
  let cleaned = false;
  const source = (async function* () {
    try {
      for (;;) yield await Promise.resolve(1);
    } finally {
      cleaned = true;
    }
  })();
  let seen = 0;
  for await (const value of untilStopped(source, stop.signal)) {
    seen += value;
    if (seen === 3) stop.abort();
  }
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  assert.ok(cleaned);
});

test('what the source throws is thrown on', async () => {
  const source = (async function* (): AsyncGenerator<number> {
    yield await Promise.reject(new Error('broken'));
  })();
  await assert.rejects(all(untilStopped(source, new AbortController().signal)), /broken/);
});
