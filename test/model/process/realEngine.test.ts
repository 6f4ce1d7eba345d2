// The same process with llama.cpp in it and the specimen model: nothing is scripted.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ModelError } from '../../../src/core/model/modelError.ts';
import type { ModelClient } from '../../../src/model/client.ts';
import { specimen } from '../specimen/specimen.ts';
import { gone, open, openedIn, otherWindow, place, request } from './support.ts';
import type { Place } from './support.ts';

const entry = fileURLToPath(new URL('../../../src/model/main.ts', import.meta.url));

async function realPlace(t: TestContext): Promise<Place> {
  return place(t, '', { entry, file: await specimen('q4_0'), loadTimeoutMs: 30_000, silenceMs: 30_000 });
}

async function answer(client: ModelClient, text: string, maxTokens: number): Promise<string> {
  const parts: string[] = [];
  for await (const event of client.generate({ ...request(text), maxTokens }, new AbortController().signal)) {
    if (event.type === 'text') parts.push(event.text);
  }
  return parts.join('');
}

/** Evaluated in some tenths of a second at least. */
const longQuestion = 'What is attention? '.repeat(500);

test('the specimen is loaded, described, and answers the same each time', async (t) => {
  const { options } = await realPlace(t);
  const client = await openedIn(t, options);
  assert.equal(client.card.specimen, true);
  assert.equal(client.card.architecture, 'llama');
  assert.ok(client.card.contextTokens >= 1024);
  const first = await answer(client, 'What is attention?', 24);
  assert.notEqual(first, '');
  assert.equal(await answer(client, 'What is attention?', 24), first);
  assert.ok((await client.countPrompt([{ role: 'user', text: 'What is attention?' }])) > 3);
  assert.ok((await client.statistics()).generatedTokens > 0);
});

test('a stop before the first token and one in the answer both end it, and the next question works', async (t) => {
  const { options } = await realPlace(t);
  const client = await openedIn(t, options);
  const long = { ...request(longQuestion), maxTokens: 200 };
  for (const wanted of ['prompt', 'text']) {
    const stop = new AbortController();
    const types: string[] = [];
    for await (const event of client.generate(long, stop.signal)) {
      types.push(event.type);
      if (event.type === wanted) stop.abort();
    }
    assert.ok(types.includes(wanted));
    assert.equal(types.filter((type) => type === 'text').length, wanted === 'text' ? 1 : 0);
  }
  assert.notEqual(await answer(client, 'What is attention?', 8), '');
});

test('kills at random moments of a conversation: every next question is answered', async (t) => {
  const { options } = await realPlace(t);
  let seed = 11;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let struck = 0;
  for (let round = 0; round < 4; round++) {
    const client = await open(options);
    const doomed = answer(client, `${round} ${longQuestion}`, 200).then(
      () => 'answered',
      (error: unknown) => (error as ModelError).problem,
    );
    await wait(random() * 600);
    process.kill(client.pid, 'SIGKILL');
    const outcome = await doomed;
    assert.ok(outcome === 'answered' || outcome === 'ended', outcome);
    if (outcome === 'ended') struck++;
    await client.dispose();
  }
  assert.ok(struck >= 2, `only ${struck} kills met an answer`);
  const client = await openedIn(t, options);
  assert.notEqual(await answer(client, 'What is attention?', 8), '');
});

test('the window is killed while llama.cpp computes: the process is gone within two seconds', async (t) => {
  const { options } = await realPlace(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  window.say(`ask ${longQuestion}`);
  await wait(150);
  window.process.kill('SIGKILL');
  await gone(pid, 2_000);
});

const canDenyNetwork = spawnSync('unshare', ['-n', 'true']).status === 0;

test('the real engine loads and answers where there is no network', { skip: !canDenyNetwork }, async (t) => {
  const { options } = await realPlace(t);
  const window = otherWindow(t, options, ['unshare', '-n']);
  await window.next();
  window.say('open');
  assert.match(await window.next(), /^\d+$/);
  window.say('ask What is attention?');
  const said = await window.next();
  assert.ok(said !== '' && !said.startsWith('failed'), said);
});
