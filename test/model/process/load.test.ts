import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, gone, open, openedIn, place, runFiles, until } from './support.ts';

const soon = { loadTimeoutMs: 600, silenceMs: 600 };

test('a load that is stopped rejects at once and its process ends', async (t) => {
  const { options } = place(t, 'hang');
  const stop = new AbortController();
  const opening = open(options, stop.signal);
  await until(() => runFiles(options.runFolder).length === 1);
  const [running] = runFiles(options.runFolder);
  await wait(50);
  stop.abort(new Error('another model was chosen'));
  await assert.rejects(opening, /another model was chosen/);
  await gone(running?.pid ?? 0, 2_500);
});

test('a load that ignores its stop ends all the same', async (t) => {
  const { options } = place(t, 'deaf');
  const stop = new AbortController();
  const opening = open(options, stop.signal);
  await until(() => runFiles(options.runFolder).length === 1);
  const [running] = runFiles(options.runFolder);
  await wait(50);
  stop.abort();
  await assert.rejects(opening, { name: 'AbortError' });
  await gone(running?.pid ?? 0, 2_500);
});

test('a load that is stopped at any moment leaves no process behind', async (t) => {
  const { options } = place(t, 'slow 50');
  for (let moment = 0; moment < 120; moment += 8) {
    const stop = new AbortController();
    const opening = open(options, stop.signal);
    setTimeout(() => {
      stop.abort(new Error('stopped'));
    }, moment);
    await opening.then(
      (client) => client.end(),
      (error: unknown) => {
        assert.match(String(error), /stopped/);
      },
    );
  }
  // One that was left before it let its window in waits some seconds for it; the next to ask takes it over.
  const client = await open(options);
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  await client.end();
  assert.deepEqual(runFiles(options.runFolder), []);
});

for (const model of ['deaf', 'spin 0']) {
  test(`a load that hangs (${model}) is ended, with the reason`, async (t) => {
    const { options } = place(t, model, soon);
    const opening = open(options);
    await until(() => runFiles(options.runFolder).length === 1);
    const [running] = runFiles(options.runFolder);
    await assert.rejects(opening, { problem: 'silent', message: /no progress/ });
    await gone(running?.pid ?? 0);
  });
}

test('a slow load that makes progress isn’t silence', async (t) => {
  const { options } = place(t, 'slow 1500', soon);
  const client = await openedIn(t, options);
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
});

test('a crash while loading is told by what it was', async (t) => {
  const { options } = place(t, 'abort');
  await assert.rejects(open(options), { problem: 'ended', message: /could not be loaded.*crashed \(SIGABRT\)/ });
});

test('a file that the engine refuses is told in the engine’s words, as often as it is asked', async (t) => {
  const { options } = place(t, 'refuse');
  for (let attempt = 0; attempt < 5; attempt++) {
    await assert.rejects(open(options), {
      problem: 'bad-file',
      message: 'This file is no model.',
      detail: 'wrong magic',
    });
  }
  assert.deepEqual(runFiles(options.runFolder), []);
});

test('a bug while loading is told', async (t) => {
  const { options } = place(t, 'break');
  await assert.rejects(open(options), { problem: 'internal', detail: /a bug in the engine/ });
});

test('a file that isn’t there starts no process', async (t) => {
  const { options } = place(t);
  rmSync(options.file);
  await assert.rejects(open(options), { problem: 'no-model' });
  assert.deepEqual(readdirSync(options.runFolder), []);
});

test('an entry that isn’t there is told', async (t) => {
  const { options, folder } = place(t);
  await assert.rejects(open({ ...options, entry: join(folder, 'missing.mjs') }), {
    problem: 'ended',
    detail: /missing\.mjs/,
  });
});

test('a model that crashed three times while loading isn’t tried again until it is asked for or changes', async (t) => {
  const { options } = place(t, 'abort');
  const crash = { problem: 'ended' };
  const refusal = { problem: 'bad-file', message: /crashed three times/ };
  for (let attempt = 0; attempt < 3; attempt++) await assert.rejects(open(options), crash);
  await assert.rejects(open(options), refusal);
  await assert.rejects(open({ ...options, explicit: true }), crash, 'the learner wants it so');
  await assert.rejects(open(options), crash, 'and counting starts anew');
  await assert.rejects(open(options), crash);
  await assert.rejects(open(options), refusal);
  await assert.rejects(open({ ...options, settings: { ...options.settings, gpu: 'off' } }), crash, 'other settings');
  writeFileSync(options.file, 'ok');
  const client = await openedIn(t, options);
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
});

test('a load that goes well wipes out the crashes before it', async (t) => {
  const { options } = place(t, 'flaky');
  const crash = `${options.file}.crash`;
  for (let round = 0; round < 2; round++) {
    writeFileSync(crash, '');
    for (let attempt = 0; attempt < 2; attempt++) await assert.rejects(open(options), { problem: 'ended' });
    rmSync(crash);
    await (await open(options)).end();
  }
});

test('a megabyte on its output while loading stalls nothing', async (t) => {
  const { options, log } = place(t, 'flood');
  const client = await openedIn(t, options);
  assert.equal(await answerOf(client, 'flood 1048576'), '');
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  assert.ok(log.filter((line) => line.includes('xxxx')).length > 1000);
});

test('a changed model file is another model', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  appendFileSync(options.file, ' ');
  const other = await openedIn(t, options);
  assert.notEqual(other.pid, client.pid);
  await other.end();
});

test('an engine folder takes the place of the engine that came along', async (t) => {
  const { options, folder } = place(t, 'package');
  const engine = join(folder, 'gpu', 'node_modules', 'node-llama-cpp');
  mkdirSync(engine, { recursive: true });
  writeFileSync(join(engine, 'package.json'), '{"name":"node-llama-cpp","type":"module","exports":"./index.js"}');
  writeFileSync(join(engine, 'index.js'), 'export const version = "for a GPU";');
  for (const engineFolder of [join(folder, 'gpu'), join(folder, 'gpu', 'node_modules')]) {
    await assert.rejects(open({ ...options, engineFolder }), { problem: 'no-engine', message: 'engine for a GPU' });
  }
  await assert.rejects(open(options), { problem: 'no-engine', message: 'engine undefined' });
});

test('a run folder that can’t be made is told', async (t) => {
  const { options } = place(t);
  const blocked = join(options.file, 'run');
  await assert.rejects(open({ ...options, runFolder: blocked }), {
    problem: 'internal',
    message: /could not be started/,
  });
});
