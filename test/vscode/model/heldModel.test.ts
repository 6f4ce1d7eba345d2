// The states of a held model, with an opening that is scripted; the real process is in model.suite.ts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import { ModelError } from '../../../src/core/model/modelError.ts';
import type { ModelClient } from '../../../src/model/client.ts';
import { HeldModel } from '../../../src/vscode/model/heldModel.ts';
import type { ModelState, Opening, Wanted } from '../../../src/vscode/model/modelState.ts';
import { card } from '../../webview/modelSample.ts';

const wanted = (file: string, more: Partial<Wanted> = {}): Wanted => ({
  kind: 'chat',
  file,
  name: file,
  settings: automaticSettings,
  stateQuota: 0,
  idleMs: 60_000,
  ...more,
});

interface Attempt extends Opening {
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
  readonly succeed: (windows?: number) => Process;
  readonly fail: (error: Error) => void;
}

interface Process {
  ended: boolean;
  left: boolean;
  readonly die: (reason: ModelError) => void;
}

function setUp() {
  const attempts: Attempt[] = [];
  const states: ModelState[] = [];
  const held = new HeldModel(
    (what, opening, signal) =>
      new Promise<ModelClient>((resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new ModelError('ended', 'aborted'));
        });
        attempts.push({
          ...opening,
          wanted: what,
          signal,
          fail: reject,
          succeed: (windows = 1) => {
            let onEnd: (reason: ModelError) => void = () => undefined;
            const process: Process = {
              ended: false,
              left: false,
              die: (reason) => {
                onEnd(reason);
              },
            };
            resolve({
              card: { ...card, name: what.name },
              pid: 1,
              statistics: () => Promise.resolve({ windows } as Awaited<ReturnType<ModelClient['statistics']>>),
              onEnd: (listener) => {
                onEnd = listener;
                return () => undefined;
              },
              end: () => {
                process.ended = true;
                return Promise.resolve();
              },
              dispose: () => {
                process.left = true;
                return Promise.resolve();
              },
            } as Partial<ModelClient> as ModelClient);
            return process;
          },
        });
      }),
    (error) => ({
      problem: error instanceof ModelError ? error.problem : 'internal',
      message: error instanceof Error ? error.message : String(error),
    }),
    () => {
      states.push(held.state);
    },
  );
  const attempt = async (index: number): Promise<Attempt> => {
    for (let tries = 0; tries < 100 && !attempts[index]; tries++) await turn();
    const found = attempts[index];
    assert.ok(found, `attempt ${index} was made`);
    return found;
  };
  const use = (signal = new AbortController().signal, explicit = false) => held.use(signal, explicit);
  return { held, attempts, attempt, states, use };
}

test('nothing is opened before somebody needs it, and then once for all who do', async () => {
  const { held, attempts, attempt, use } = setUp();
  held.want(wanted('a'));
  await turn();
  assert.equal(attempts.length, 0);
  assert.deepEqual(held.state, { type: 'idle', name: 'a' });
  const both = Promise.all([use(), use()]);
  const opening = await attempt(0);
  opening.onLoading(0.5);
  assert.deepEqual(held.state, { type: 'loading', name: 'a', fraction: 0.5 });
  opening.succeed();
  const [one, other] = await both;
  assert.equal(one.client, other.client);
  assert.equal(attempts.length, 1);
  assert.equal(held.state.type, 'ready');
  held.dispose();
});

test('with no model chosen, using it says so', async () => {
  const { use } = setUp();
  await assert.rejects(use(), { problem: 'no-model' });
});

test('a failed opening is told and tried again by the next use', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const failing = use();
  (await attempt(0)).fail(new ModelError('bad-file', 'The file is damaged.'));
  await assert.rejects(failing, { problem: 'bad-file' });
  assert.deepEqual(held.state, { type: 'failed', name: 'a', problem: 'bad-file', message: 'The file is damaged.' });
  const again = use(undefined, true);
  const second = await attempt(1);
  assert.equal(second.explicit, true);
  second.succeed();
  (await again).done();
  assert.equal(held.state.type, 'ready');
  held.dispose();
});

test('who stops waiting is answered at once; the model goes on loading for the next question', async () => {
  const { held, attempts, attempt, use } = setUp();
  held.want(wanted('a'));
  const stop = new AbortController();
  const stopped = use(stop.signal);
  const opening = await attempt(0);
  stop.abort(new Error('Stopped'));
  await assert.rejects(stopped, { message: 'Stopped' });
  assert.equal(opening.signal.aborted, false);
  opening.succeed();
  (await use()).done();
  assert.equal(attempts.length, 1);
  held.dispose();
});

test('after its process died the reason is told, and the next use opens it anew', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const first = use();
  const process = (await attempt(0)).succeed();
  (await first).done();
  process.die(new ModelError('ended', 'It was killed.'));
  assert.deepEqual(held.state, { type: 'failed', name: 'a', problem: 'ended', message: 'It was killed.' });
  const second = use();
  (await attempt(1)).succeed();
  (await second).done();
  assert.equal(held.state.type, 'ready');
  held.dispose();
});

test('another choice lets the answer end first, then ends the old model, then opens the new one', async () => {
  const { held, attempts, attempt, use } = setUp();
  held.want(wanted('a'));
  const answering = use();
  const old = (await attempt(0)).succeed();
  const answer = await answering;
  held.want(wanted('b'));
  assert.deepEqual(held.state, { type: 'idle', name: 'b' });
  const next = use();
  await sleep(20);
  assert.equal(old.ended, false);
  assert.equal(attempts.length, 1, 'two models are never in memory at once');
  answer.done();
  const opening = await attempt(1);
  assert.equal(old.ended, true);
  assert.equal(opening.wanted.file, 'b');
  opening.succeed();
  (await next).done();
  held.dispose();
});

test('who waits for a model that is replaced gets the other one', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const waiting = use();
  const first = await attempt(0);
  held.want(wanted('b'));
  assert.equal(first.signal.aborted, true);
  (await attempt(1)).succeed();
  assert.equal((await waiting).client.card.name, 'b');
  held.dispose();
});

test('the same choice again, or another idle time, restarts nothing', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const using = use();
  const process = (await attempt(0)).succeed();
  (await using).done();
  held.want(wanted('a'));
  held.want(wanted('a', { idleMs: 5 }));
  await turn();
  assert.equal(process.ended, false);
  held.want(wanted('a', { settings: { ...automaticSettings, threads: 2 } }));
  await turn();
  assert.equal(process.ended, true);
});

test('freeing the memory ends the process and what was loading', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const waiting = use();
  await attempt(0);
  await held.free();
  await assert.rejects(waiting, { problem: 'ended' });
  assert.deepEqual(held.state, { type: 'idle', name: 'a' });
  const using = use();
  const process = (await attempt(1)).succeed();
  (await using).done();
  await held.free();
  assert.equal(process.ended, true);
  assert.deepEqual(held.state, { type: 'idle', name: 'a' });
});

test('a model that nobody uses gives its memory back, unless another window has it too', async () => {
  for (const windows of [1, 2]) {
    const { held, attempt, use } = setUp();
    held.want(wanted('a', { idleMs: 5 }));
    const using = use();
    const process = (await attempt(0)).succeed(windows);
    const answer = await using;
    await sleep(30);
    assert.equal(process.ended, false, 'not while it is used');
    answer.done();
    await sleep(60);
    assert.deepEqual([process.ended, process.left], [windows === 1, windows === 2]);
    assert.deepEqual(held.state, { type: 'idle', name: 'a' });
  }
});

test('closing the window leaves the process to the others and fails who waits', async () => {
  const { held, attempt, use } = setUp();
  held.want(wanted('a'));
  const using = use();
  const process = (await attempt(0)).succeed();
  (await using).done();
  held.dispose();
  await turn();
  assert.deepEqual([process.ended, process.left], [false, true]);
  await assert.rejects(use());
});
