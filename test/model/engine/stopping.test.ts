import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatMessage } from '../../../src/core/model/language.ts';
import { ask, chainModel, chainText, open, prose } from './opened.ts';

const user = (text: string): ChatMessage[] => [{ role: 'user', text }];

test('a stop while the prompt is evaluated ends the request, and most of the prompt stays unevaluated', async (t) => {
  const engine = await open(t);
  const stop = new AbortController();
  const messages = user(prose('stopping', 1600));
  const { end, events } = await ask(engine, { messages }, stop.signal, ({ type }) => {
    if (type === 'prefill') stop.abort();
  });
  assert.equal(end.reason, 'stopped');
  assert.equal(end.statistics.generatedTokens, 0);
  assert.equal(events.filter(({ type }) => type === 'prefill').length, 1);
  // What was evaluated serves the same question asked again.
  const again = await ask(engine, { messages, maxTokens: 1 });
  assert.ok(again.end.statistics.reusedTokens >= 128 && again.end.statistics.reusedTokens <= 256);
});

test('a stop while the answer is generated ends it, and the next one is right', async (t) => {
  const engine = await open(t, { file: await chainModel(), settings: { speculation: 'off' } });
  const messages = user('What is attention?');
  const whole = await ask(engine, { messages, maxTokens: 40 });
  const stop = new AbortController();
  const { end, answer } = await ask(engine, { messages, maxTokens: 40 }, stop.signal, ({ type }) => {
    if (type === 'text') stop.abort();
  });
  assert.equal(end.reason, 'stopped');
  assert.ok(whole.answer.startsWith(answer) && answer.length < whole.answer.length);
  assert.ok(end.statistics.generatedTokens > 0);
  assert.equal((await ask(engine, { messages, maxTokens: 40 })).answer, whole.answer);
});

test('a request that was stopped before it began does nothing', async (t) => {
  const engine = await open(t);
  const { end, events } = await ask(engine, { messages: user('What?') }, AbortSignal.abort());
  assert.equal(end.reason, 'stopped');
  assert.deepEqual(events, []);
});

test('requests of two windows are answered in the order asked, each by itself', async (t) => {
  const engine = await open(t);
  const order: string[] = [];
  const note =
    (name: string) =>
    ({ type }: { readonly type: string }): void => {
      if (type === 'text' && order.at(-1) !== name) order.push(name);
    };
  const { signal } = new AbortController();
  const answers = await Promise.all([
    ask(engine, { messages: user('What is a token?') }, signal, note('a')),
    ask(engine, { messages: user('What is a model?') }, signal, note('b')),
    ask(engine, { messages: user('What is a layer?') }, signal, note('c')),
  ]);
  assert.deepEqual(order, ['a', 'b', 'c']);
  const alone = await open(t);
  for (const [index, question] of ['What is a token?', 'What is a model?', 'What is a layer?'].entries()) {
    assert.equal((await ask(alone, { messages: user(question) })).answer, answers[index]?.answer);
  }
});

test('a request that is stopped in the queue doesn’t hold up the others', async (t) => {
  const engine = await open(t);
  const stop = new AbortController();
  const first = ask(engine, { messages: user(prose('queue', 1000)) });
  const second = ask(engine, { messages: user('What is a model?') }, stop.signal);
  const third = ask(engine, { messages: user('What is a layer?') });
  stop.abort();
  assert.equal((await second).end.reason, 'stopped');
  assert.notEqual((await first).answer, '');
  assert.notEqual((await third).answer, '');
});

test('what the learner waits for overtakes background work', async (t) => {
  const engine = await open(t);
  const { signal } = new AbortController();
  const order: string[] = [];
  const warming = engine
    .warm([{ role: 'system', text: prose('background', 700) }], signal)
    .then(() => order.push('warm'));
  const other = ask(engine, { messages: user(prose('follow-up', 400)), priority: 'background', maxTokens: 1 }).then(
    () => order.push('background'),
  );
  await ask(engine, { messages: user('What?'), maxTokens: 4 });
  order.push('question');
  await Promise.all([warming, other]);
  assert.equal(order[0], 'question');
});

test('background work leaves the conversation’s state alone', async (t) => {
  const engine = await open(t);
  const messages = user(prose('conversation', 600));
  await ask(engine, { messages, maxTokens: 1 });
  await engine.warm([{ role: 'system', text: prose('chapter', 400) }], new AbortController().signal);
  await ask(engine, { messages: user('Suggest a question.'), priority: 'background', maxTokens: 4 });
  const { promptTokens, reusedTokens } = (await ask(engine, { messages, maxTokens: 1 })).end.statistics;
  assert.equal(reusedTokens, promptTokens - 1);
});

test('the engine can be put away at any moment, and whoever waits hears of it', async (t) => {
  for (const moment of ['prompt', 'prefill', 'text'] as const) {
    const engine = await open(t, { file: await chainModel() });
    const asking = ask(engine, { messages: user(chainText(0, 900)), maxTokens: 200 }, undefined, ({ type }) => {
      if (type === moment) void engine.dispose();
    });
    const queued = ask(engine, { messages: user('And this?') });
    const warming = engine.warm([{ role: 'system', text: chainText(900, 400) }], new AbortController().signal);
    const [one, two, three] = await Promise.allSettled([asking, queued, warming]);
    for (const outcome of [one, two, three]) {
      assert.equal(outcome.status, 'rejected');
      assert.equal((outcome.reason as { problem?: string }).problem, 'ended');
    }
    await engine.dispose();
  }
});

test('an engine that was put away refuses what comes later', async (t) => {
  const engine = await open(t);
  await engine.dispose();
  await assert.rejects(ask(engine, { messages: user('What?') }), { problem: 'ended' });
});
