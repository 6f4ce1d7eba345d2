// The parts that decide without a process.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventQueue } from '../../../src/model/eventQueue.ts';
import { exitError } from '../../../src/model/exitReason.ts';
import { processEnvironment } from '../../../src/model/launch.ts';
import { nextEnd } from '../../../src/model/lifetime.ts';
import type { Circumstances } from '../../../src/model/lifetime.ts';
import { readFromModel, readToModel } from '../../../src/model/messages.ts';
import { cutLines } from '../../../src/model/wire.ts';

const alone: Circumstances = { windows: 0, hadWindow: true, parentLives: true, model: 'ready', canBeFound: true };

test('the process lives as long as somebody can use it', () => {
  assert.equal(nextEnd(alone), 'when idle');
  for (const parentLives of [true, false]) {
    for (const canBeFound of [true, false]) {
      for (const model of ['loading', 'ready', 'failed'] as const) {
        assert.equal(nextEnd({ windows: 1, hadWindow: true, parentLives, canBeFound, model }), 'stay');
      }
    }
  }
  assert.equal(nextEnd({ ...alone, parentLives: false }), 'now');
  assert.equal(nextEnd({ ...alone, canBeFound: false }), 'now');
  assert.equal(nextEnd({ ...alone, model: 'loading' }), 'now', 'nobody waits for it any more');
  assert.equal(nextEnd({ ...alone, model: 'failed' }), 'now');
  assert.equal(nextEnd({ ...alone, hadWindow: false, model: 'loading' }), 'when idle', 'its window is on the way');
  assert.equal(nextEnd({ ...alone, hadWindow: false, model: 'failed', canBeFound: false }), 'when idle');
  assert.equal(nextEnd({ ...alone, hadWindow: false, parentLives: false, model: 'loading' }), 'now');
});

test('how a process ended is said in words', () => {
  const said = (code: number | null, signal: NodeJS.Signals | null, output = ''): string =>
    exitError({ code, signal }, false, output).message;
  assert.match(said(null, 'SIGKILL'), /out of memory killer/);
  assert.match(said(null, 'SIGSEGV'), /crashed \(SIGSEGV\)/);
  assert.match(said(null, 'SIGBUS'), /changed while it was in use/);
  assert.match(said(null, 'SIGTERM'), /told to stop/);
  assert.match(said(3, null), /ended with code 3/);
  assert.match(said(0xc0000005, null), /crashed \(access violation\)/);
  assert.match(said(0xc0000005 | 0, null), /crashed \(access violation\)/);
  assert.match(said(0, null), /its process ended\. Ask again/);
  assert.match(said(134, null, 'FATAL ERROR: JavaScript heap out of memory'), /ran out of memory/);
  assert.equal(exitError({ code: 1, signal: null }, true, 'the last line').problem, 'ended');
  assert.match(exitError({ code: 1, signal: null }, true, 'the last line').detail, /code 1.*\nthe last line/);
});

test('the environment loses what belongs to the window and keeps the rest', () => {
  const cleaned = processEnvironment({
    PATH: '/bin',
    HOME: '/home/me',
    GGML_VK_VISIBLE_DEVICES: '1',
    NODE_OPTIONS: '--require x',
    NODE_LLAMA_CPP_GPU: 'cuda',
    VSCODE_IPC_HOOK: 'x',
    ELECTRON_NO_ASAR: '1',
    UV_THREADPOOL_SIZE: '64',
  });
  assert.deepEqual(cleaned, {
    PATH: '/bin',
    HOME: '/home/me',
    GGML_VK_VISIBLE_DEVICES: '1',
    ELECTRON_RUN_AS_NODE: '1',
    UV_THREADPOOL_SIZE: '1',
    GGML_NO_BACKTRACE: '1',
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: '1048576',
    MALLOC_TRIM_THRESHOLD_: '131072',
  });
});

test('lines are cut whatever the pieces', () => {
  const text = 'first\n\nthird, longer\nrest';
  for (let size = 1; size <= text.length; size++) {
    const lines: string[] = [];
    const { push } = cutLines(
      100,
      (line) => void lines.push(line),
      () => void lines.push('too long'),
    );
    for (let at = 0; at < text.length; at += size) push(text.slice(at, at + size));
    assert.deepEqual(lines, ['first', '', 'third, longer'], `pieces of ${size}`);
  }
});

test('a line that is too long is told once, and nothing is read after it', () => {
  const lines: string[] = [];
  let told = 0;
  const cut = cutLines(
    5,
    (line) => {
      lines.push(line);
      cut.allow(lines.length === 1 ? 10 : 5);
    },
    () => {
      told++;
    },
  );
  cut.push('12345\n12345');
  cut.push('67890\n123456\n1\n');
  cut.push('2\n');
  assert.deepEqual(lines, ['12345', '1234567890']);
  assert.equal(told, 1);
});

test('what is no message of the wire is not believed', () => {
  const wrong = [
    '',
    '{',
    'null',
    '1',
    '"ping"',
    '{}',
    '{"type":"pang"}',
    '{"type":"toString"}',
    '{"type":"__proto__"}',
    '{"type":"cancel"}',
    '{"type":"cancel","id":"1"}',
    '{"type":"cancel","id":1.5}',
    '{"type":"generate","id":1,"request":{"messages":[{"role":"tool","text":""}],"maxTokens":1,"priority":"foreground"}}',
    '{"type":"generate","id":1,"request":{"messages":[],"maxTokens":1e99,"priority":"foreground"}}',
    '{"type":"generate","id":1,"request":{"messages":[],"maxTokens":1,"priority":"foreground","sampling":null}}',
    '{"type":"embed","id":1,"texts":"text","priority":"background"}',
  ];
  for (const line of wrong) assert.equal(readToModel(line), undefined, line);
  assert.equal(readFromModel('{"type":"embedded","id":1,"vectors":[[null]]}'), undefined);
  assert.equal(readFromModel('{"type":"ready","card":{}}'), undefined);
  assert.equal(readFromModel('{"type":"failed","id":1,"problem":"other","message":"","detail":""}'), undefined);
  const good =
    '{"type":"generate","id":1,"request":{"messages":[{"role":"user","text":"a"}],"maxTokens":1,"priority":"foreground","stopAt":["x"],"sampling":{"temperature":0.5}}}';
  assert.deepEqual(readToModel(good), JSON.parse(good));
});

test('a queue hands out in order, then how it ended, once', async () => {
  const queue = createEventQueue<number>(() => undefined);
  const early = queue.next();
  queue.push(1);
  queue.push(2);
  queue.fail(new Error('broken'));
  queue.push(3);
  assert.deepEqual(await early, { done: false, value: 1 });
  assert.deepEqual(await queue.next(), { done: false, value: 2 });
  await assert.rejects(queue.next(), /broken/);
  assert.deepEqual(await queue.next(), { done: true, value: undefined });
});
