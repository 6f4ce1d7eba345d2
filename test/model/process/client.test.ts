import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, ask, openedIn, place, request, runFiles, until } from './support.ts';

test('a model is opened, answers, counts, embeds, ranks and warms', async (t) => {
  const fractions: number[] = [];
  const { options, log } = place(t, 'slow 100', { onLoading: (fraction) => void fractions.push(fraction) });
  const client = await openedIn(t, options);
  assert.equal(client.card.name, 'scripted');
  assert.ok(
    fractions.length > 2 && fractions.every((value, index) => index === 0 || value > (fractions[index - 1] ?? 1)),
  );
  const events = await ask(client, 'count 3 1');
  assert.deepEqual(
    events.map(({ type }) => type),
    ['prompt', 'text', 'text', 'text', 'end'],
  );
  assert.equal(await answerOf(client, 'count 3 0'), '0 1 2 ');
  assert.deepEqual(await client.countTokens(['a', 'four']), [1, 4]);
  assert.equal(await client.countPrompt([{ role: 'user', text: 'five5' }]), 5);
  assert.deepEqual(await client.embed(['abc', 'de'], 'background'), [
    [3, 0.5],
    [2, 0.5],
  ]);
  assert.deepEqual(await client.rank('b', ['abc', 'de'], 'foreground'), [1, 0]);
  assert.deepEqual(await client.warm([{ role: 'user', text: 'x' }]), { tokens: 1, fresh: true });
  const statistics = await client.statistics();
  assert.equal(statistics.windows, 1);
  assert.equal(statistics.generatedTokens, 6);
  assert.ok(statistics.residentBytes > 1e6);
  assert.ok(log.some((line) => line.startsWith('info loaded')));
});

test('a generation that is stopped before its first token ends at once, and the next question works', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const stop = new AbortController();
  const iterator = client.generate(request('wait'), stop.signal)[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).value?.type, 'prompt');
  const next = iterator.next();
  stop.abort();
  const last = await next;
  assert.ok(last.value?.type === 'end' && last.value.reason === 'stopped', 'the engine told how it ended');
  assert.equal((await iterator.next()).done, true);
  assert.equal(await answerOf(client, 'count 2 0'), '0 1 ');
});

test('an engine that doesn’t hear of the stop keeps nobody waiting', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const stop = new AbortController();
  const events = ask(client, 'deaf', stop.signal);
  setTimeout(() => {
    stop.abort();
  }, 50);
  assert.deepEqual(
    (await events).map(({ type }) => type),
    ['prompt'],
  );
});

test('a generation whose signal is aborted before it starts asks nothing', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  assert.deepEqual(await ask(client, 'count 5 0', AbortSignal.abort()), []);
  assert.equal((await client.statistics()).requests, 1);
});

test('leaving the loop cancels in the engine', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  for await (const event of client.generate(request('count 1000000 1'), new AbortController().signal)) {
    if (event.type === 'text') break;
  }
  const before = (await client.statistics()).generatedTokens;
  await wait(60);
  assert.ok((await client.statistics()).generatedTokens - before <= 2, 'no more tokens are made');
});

test('leaving while a next waits answers that next', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const iterator = client.generate(request('deaf'), new AbortController().signal)[Symbol.asyncIterator]();
  await iterator.next();
  const pending = iterator.next();
  await iterator.return?.();
  assert.equal((await pending).done, true);
  assert.equal((await iterator.next()).done, true);
});

test('a stop in the middle lets no more text through', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const stop = new AbortController();
  let afterStop = 0;
  for await (const event of client.generate(request('count 1000000 0'), stop.signal)) {
    if (stop.signal.aborted && event.type === 'text') afterStop++;
    if (event.type === 'text') stop.abort();
  }
  assert.equal(afterStop, 0);
});

test('what the engine refuses arrives with its reason, and its bugs with words of ours', async (t) => {
  const { options, log } = place(t);
  const client = await openedIn(t, options);
  await assert.rejects(ask(client, 'refuse'), {
    name: 'ModelError',
    problem: 'prompt-too-long',
    message: 'The question is too long.',
    detail: '10 of 5 tokens',
  });
  await assert.rejects(ask(client, 'nonsense'), { problem: 'internal', message: /Ask again/, detail: /unknown task/ });
  await until(() => log.some((line) => line.includes('unknown task: nonsense')));
  await assert.rejects(client.embed(['not a number'], 'background'), { problem: 'bad-file' });
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
});

test('other calls can be stopped too', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const stop = new AbortController();
  const warm = client.warm([{ role: 'user', text: 'long' }], stop.signal);
  setTimeout(() => {
    stop.abort(new Error('no longer wanted'));
  }, 20);
  await assert.rejects(warm, /no longer wanted/);
  await assert.rejects(client.countTokens(['a'], stop.signal), /no longer wanted/);
});

test('many generations at once are told apart', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => answerOf(client, `count ${index} 1`)));
  answers.forEach((answer, index) => {
    assert.equal(answer, Array.from({ length: index }, (__, token) => `${token} `).join(''));
  });
});

test('a prompt of a million characters and one with every kind of character pass the wire', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const text = 'a"\\\n\r\u2028\u0000é😀';
  assert.deepEqual(await client.countTokens([text.repeat(100_000), '\ud800']), [text.length * 100_000, 1]);
});

test('letting go answers whoever waits, and nothing can be asked after it', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const waiting = [ask(client, 'deaf'), client.warm([{ role: 'user', text: 'long' }])];
  const rejected = Promise.all(waiting.map((one) => assert.rejects(one, { problem: 'ended' })));
  await wait(20);
  await client.dispose();
  await rejected;
  await assert.rejects(client.countTokens(['a']), { problem: 'ended' });
  await client.dispose();
});

test('the process gets neither the window’s debugger nor secrets by its arguments', async (t) => {
  process.env['NODE_OPTIONS'] = '--no-warnings';
  process.env['VSCODE_INSPECTOR_OPTIONS'] = '{}';
  t.after(() => {
    delete process.env['NODE_OPTIONS'];
    delete process.env['VSCODE_INSPECTOR_OPTIONS'];
  });
  const { options } = place(t);
  const client = await openedIn(t, options);
  const { argv, execArgv, env } = JSON.parse(await answerOf(client, 'self')) as {
    argv: string[];
    execArgv: string[];
    env: Record<string, string>;
  };
  assert.equal(argv.length, 2);
  assert.deepEqual(execArgv, []);
  assert.equal(env['UV_THREADPOOL_SIZE'], '1');
  assert.equal(env['ELECTRON_RUN_AS_NODE'], '1');
  assert.equal(env['GGML_NO_BACKTRACE'], '1');
  assert.deepEqual(
    Object.keys(env).filter((name) => /^(NODE_OPTIONS|VSCODE_)/.test(name)),
    [],
  );
  const [running] = runFiles(options.runFolder);
  assert.ok(running && !JSON.stringify({ argv, env }).includes(running.token));
});
