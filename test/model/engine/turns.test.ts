import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { createTurns } from '../../../src/model/engine/turns.ts';

const never = new AbortController().signal;

test('one at a time, in the order asked', async () => {
  const turns = createTurns();
  const order: string[] = [];
  let running = 0;
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      const turn = await turns.take('foreground', never);
      running++;
      assert.equal(running, 1);
      order.push(name);
      await setImmediate();
      running--;
      turn.end();
    }),
  );
  assert.deepEqual(order, ['a', 'b', 'c']);
});

test('background work waits, and gives way between its steps', async () => {
  const turns = createTurns();
  const order: string[] = [];
  const background = (async () => {
    const turn = await turns.take('background', never);
    for (let step = 0; step < 4; step++) {
      order.push(`step ${step}`);
      await setImmediate();
      await turn.giveWay(never);
    }
    turn.end();
  })();
  await setImmediate();
  const second = turns.take('background', never);
  const question = await turns.take('foreground', never);
  order.push('question');
  question.end();
  await background;
  // It went on before other background work that came later.
  (await second).end();
  assert.deepEqual(order, ['step 0', 'question', 'step 1', 'step 2', 'step 3']);
});

test('who gives up waiting leaves the queue', async () => {
  const turns = createTurns();
  const first = await turns.take('foreground', never);
  const stop = new AbortController();
  const given = turns.take('foreground', stop.signal);
  const last = turns.take('foreground', never);
  stop.abort(new Error('enough'));
  await assert.rejects(given, /enough/);
  first.end();
  (await last).end();
  await assert.rejects(turns.take('foreground', stop.signal), /enough/);
});

test('who is stopped while others go first has no turn to end', async () => {
  const turns = createTurns();
  const stop = new AbortController();
  const background = await turns.take('background', never);
  const waiting = turns.take('foreground', never);
  const giving = background.giveWay(stop.signal);
  const question = await waiting;
  stop.abort(new Error('enough'));
  await assert.rejects(giving, /enough/);
  background.end();
  let isNext = false;
  const next = turns.take('foreground', never).then((turn) => {
    isNext = true;
    return turn;
  });
  await setImmediate();
  assert.equal(isNext, false, 'the question still has its turn');
  question.end();
  (await next).end();
});
