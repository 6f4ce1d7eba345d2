import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModelError } from '../../../src/core/model/modelError.ts';
import type { ModelClient } from '../../../src/model/client.ts';
import { answerOf, ask, gone, open, openedIn, place, request, runFiles } from './support.ts';

function endOf(client: ModelClient): Promise<ModelError> {
  return new Promise((resolve) => {
    client.onEnd(resolve);
  });
}

test('killed while three wait: all three are told why, once, and the model can be opened again', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const ends: ModelError[] = [];
  client.onEnd((reason) => void ends.push(reason));
  const waiting = [ask(client, 'wait'), ask(client, 'count 100000 5'), client.warm([{ role: 'user', text: 'long' }])];
  const told = Promise.allSettled(waiting);
  await wait(50);
  process.kill(client.pid, 'SIGKILL');
  for (const outcome of await told) {
    assert.ok(outcome.status === 'rejected');
    const { problem, message } = outcome.reason as ModelError;
    assert.equal(problem, 'ended');
    assert.match(message, /out of memory killer/);
  }
  await assert.rejects(client.countTokens(['a']), { problem: 'ended' });
  assert.equal(ends.length, 1);
  const again = await openedIn(t, options);
  assert.notEqual(again.pid, client.pid);
  assert.equal(await answerOf(again, 'count 1 0'), '0 ');
});

test('an engine that aborts takes nobody with it', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const texts: string[] = [];
  await assert.rejects(
    async () => {
      for await (const event of client.generate(request('abort 20'), new AbortController().signal)) {
        if (event.type === 'text') texts.push(event.text);
      }
    },
    { problem: 'ended', message: /crashed \(SIGABRT\)/ },
  );
  assert.deepEqual(texts, ['last words']);
});

test('an error that nobody caught ends the process in words; a promise that nobody looks at doesn’t', async (t) => {
  const { options, log } = place(t);
  const client = await openedIn(t, options);
  await ask(client, 'reject');
  assert.ok(log.some((line) => line.startsWith('error unhandled') && line.includes('nobody looks')));
  await assert.rejects(ask(client, 'throw'), { problem: 'internal', detail: /thrown beside/ });
  await gone(client.pid);
});

test('an end that comes while nothing waits is told too', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const told = endOf(client);
  process.kill(client.pid, 'SIGSEGV');
  assert.match((await told).message, /crashed \(SIGSEGV\)/);
});

test('a killed process leaves nothing behind', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const [running] = runFiles(options.runFolder);
  assert.ok(running);
  const told = endOf(client);
  process.kill(client.pid, 'SIGKILL');
  await told;
  assert.deepEqual(runFiles(options.runFolder), []);
  assert.equal(existsSync(dirname(running.socket)), false);
});

test('fifty kills at random moments of a conversation: every next question is answered', async (t) => {
  const { options } = place(t);
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let client = await open(options);
  let answered = 0;
  let struck = 0;
  for (let round = 0; round < 50; round++) {
    const { pid } = client;
    const doomed = answerOf(client, 'count 8 2').then(
      () => 'answered',
      (error: unknown) => (error as ModelError).problem,
    );
    await wait(random() * 25);
    process.kill(pid, 'SIGKILL');
    const outcome = await doomed;
    assert.ok(outcome === 'answered' || outcome === 'ended', outcome);
    if (outcome === 'ended') struck++;
    await client.dispose();
    client = await open(options);
    assert.equal(await answerOf(client, 'count 2 0'), '0 1 ');
    answered++;
  }
  await client.dispose();
  assert.equal(answered, 50);
  assert.ok(struck > 10, `only ${struck} kills met an answer`);
});

test('a client that is ended for good takes its process along', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const other = await openedIn(t, options);
  assert.equal(other.pid, client.pid);
  const told: ModelError[] = [];
  client.onEnd((reason) => void told.push(reason));
  const otherTold = endOf(other);
  await client.end();
  await gone(client.pid, 100);
  assert.deepEqual(told, [], 'it was asked for');
  assert.equal((await otherTold).problem, 'ended');
  assert.deepEqual(runFiles(options.runFolder), []);
});

test('a process that hangs can be ended for good', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const spinning = assert.rejects(ask(client, 'spin 0'), { problem: 'ended' });
  await wait(50);
  await client.end();
  await spinning;
  await gone(client.pid, 100);
});
