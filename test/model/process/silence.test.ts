import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, ask, gone, openedIn, place, request } from './support.ts';

test('a process that hangs in an answer is ended, and everybody who waits is told', async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 400 });
  const client = await openedIn(t, options);
  const outcomes = await Promise.allSettled([ask(client, 'spin 0'), ask(client, 'count 3 1'), client.statistics()]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as { problem: string }).problem),
    ['silent', 'silent', 'silent'],
  );
  await gone(client.pid);
  const again = await openedIn(t, options);
  assert.equal(await answerOf(again, 'count 1 0'), '0 ');
});

test('an answer that takes longer than the silence is no silence while the process answers pings', async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 200 });
  const client = await openedIn(t, options);
  const stop = new AbortController();
  const events = ask(client, 'wait', stop.signal);
  await wait(900);
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  stop.abort();
  assert.equal((await events).at(-1)?.type, 'end');
});

test('a window whose own event loop was blocked for long doesn’t take that for silence', async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 300 });
  const client = await openedIn(t, options);
  const answer = answerOf(client, 'count 10 20');
  await wait(50);
  const until = performance.now() + 1_000;
  while (performance.now() < until);
  assert.equal(await answer, '0 1 2 3 4 5 6 7 8 9 ');
});

test('a window and a process that both slept go on', { skip: process.platform === 'win32' }, async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 300 });
  const client = await openedIn(t, options);
  const answer = answerOf(client, 'count 10 20');
  await wait(50);
  process.kill(client.pid, 'SIGSTOP');
  const until = performance.now() + 1_000;
  while (performance.now() < until);
  process.kill(client.pid, 'SIGCONT');
  assert.equal(await answer, '0 1 2 3 4 5 6 7 8 9 ');
});

test('an engine that hangs while its process answers is ended too, after many silences', async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 100 });
  const client = await openedIn(t, options);
  await assert.rejects(ask(client, 'deaf'), { problem: 'silent', message: /no progress/ });
  await gone(client.pid);
});

test('a client that waits for nothing pings nobody and ends nothing', async (t) => {
  const { options } = place(t, 'ok', { silenceMs: 100 });
  const client = await openedIn(t, options);
  const stop = new AbortController();
  for await (const event of client.generate(request('count 1 0'), stop.signal)) assert.ok(event);
  process.kill(client.pid, 'SIGSTOP');
  await wait(500);
  process.kill(client.pid, 'SIGCONT');
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
});
