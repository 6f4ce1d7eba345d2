// The socket of the model's process, as somebody meets it who has no business there.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { wireVersion } from '../../../src/model/wire.ts';
import type { Running } from '../../../src/model/runFile.ts';
import { answerOf, openedIn, otherWindow, place, runFiles } from './support.ts';
import type { Place } from './support.ts';

interface Stranger {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: Promise<void>;
}

async function knock(t: TestContext, { socket: path }: Running): Promise<Stranger> {
  const socket = connect(path);
  t.after(() => socket.destroy());
  let received = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    received += piece;
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  await once(socket, 'connect');
  return { socket, received: () => received, closed };
}

async function running(
  t: TestContext,
): Promise<{ readonly at: Running; readonly works: () => Promise<void>; readonly place: Place }> {
  const here = place(t);
  const client = await openedIn(t, here.options);
  const [at] = runFiles(here.options.runFolder);
  assert.ok(at);
  return {
    at,
    place: here,
    works: async () => {
      assert.equal(await answerOf(client, 'count 2 0'), '0 1 ');
      assert.equal((await client.statistics()).windows, 1);
    },
  };
}

const hello = (token: string, version = wireVersion): string =>
  `${JSON.stringify({ type: 'hello', token, version })}\n`;

test('who comes without the token learns nothing and is shown out', async (t) => {
  const { at, works } = await running(t);
  const attempts = [
    hello(''),
    hello('x'.repeat(at.token.length)),
    hello(at.token.slice(0, -1)),
    hello(`${at.token} `),
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    '{"type":"statistics","id":1}\n',
    '{"type":"ping"}\n',
    '{"type":"hello"}\n',
    '{"type":"constructor"}\n',
    'null\n',
    '[]\n',
    '\n',
    '\u0000\u0001\u0002\n',
  ];
  for (const attempt of attempts) {
    const stranger = await knock(t, at);
    stranger.socket.write(attempt);
    await stranger.closed;
    assert.equal(stranger.received(), '', JSON.stringify(attempt));
  }
  await works();
});

test('bytes at random, from fifty strangers at once, are no matter', async (t) => {
  const { at, works } = await running(t);
  let seed = 3;
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const stranger = await knock(t, at);
      const bytes = Uint8Array.from({ length: 3_000 }, () => (seed = (seed * 16807) % 2147483647) & 0xff);
      stranger.socket.write(bytes);
      await stranger.closed;
      assert.equal(stranger.received(), '');
    }),
  );
  await works();
});

test('a hello without end is cut off, whether it comes at once or in drops', async (t) => {
  const { at, works } = await running(t);
  const stranger = await knock(t, at);
  stranger.socket.write('{"type":"hello","token":"'.padEnd(100_000, 'x'));
  await stranger.closed;
  const slow = await knock(t, at);
  const timer = setInterval(() => {
    slow.socket.write('x');
  }, 100);
  t.after(() => {
    clearInterval(timer);
  });
  await works();
  await slow.closed;
  await works();
});

test('more strangers than the door holds don’t keep a window out', async (t) => {
  const { at, works, place: here } = await running(t);
  const strangers = await Promise.all(Array.from({ length: 100 }, () => knock(t, at)));
  await works();
  for (const { socket } of strangers) socket.destroy();
  await wait(50);
  const second = await openedIn(t, here.options);
  assert.equal(await answerOf(second, 'count 1 0'), '0 ');
  assert.equal((await second.statistics()).windows, 2);
});

test('a window of another version is told in words to reload', async (t) => {
  const { at, works } = await running(t);
  const stranger = await knock(t, at);
  stranger.socket.write(hello(at.token, 'another'));
  await stranger.closed;
  const { type, message } = JSON.parse(stranger.received()) as { type: string; message: string };
  assert.equal(type, 'loadFailed');
  assert.match(message, /another version.*Reload the window/);
  await works();
});

test('a window that talks nonsense, or a line without end, is shown out alone', async (t) => {
  const { at, works } = await running(t);
  const nonsense = [
    'garbage\n',
    '{"type":"generate","id":1}\n',
    '{"type":"generate","id":-1,"request":{}}\n',
    '{"type":"countTokens","id":1,"texts":[1]}\n',
    hello(at.token),
    'x'.repeat(17 * 1024 * 1024),
  ];
  for (const line of nonsense) {
    const window = await knock(t, at);
    window.socket.write(hello(at.token));
    while (!window.received().includes('"ready"')) await wait(5);
    window.socket.write(line);
    await window.closed;
  }
  await works();
});

test('a window may send what it likes in any pieces', async (t) => {
  const { at } = await running(t);
  const window = await knock(t, at);
  const text = `${hello(at.token)}{"type":"countTokens","id":7,"texts":["é😀"]}\n{"type":"ping"}\n`;
  for (const byte of Buffer.from(text)) {
    window.socket.write(Uint8Array.of(byte));
    await wait(0);
  }
  while (!window.received().includes('pong')) await wait(5);
  const answers = window
    .received()
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);
  assert.deepEqual(answers, ['ready', 'counted', 'pong']);
});

test('the process has no socket but local ones', { skip: process.platform !== 'linux' }, async (t) => {
  const { at, works } = await running(t);
  await works();
  const local = new Set(
    readFileSync(`/proc/${at.pid}/net/unix`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[6]),
  );
  const sockets = readdirSync(`/proc/${at.pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${at.pid}/fd/${fd}`))?.[1])
    .filter((inode) => inode !== undefined);
  assert.ok(sockets.length > 0);
  assert.deepEqual(
    sockets.filter((inode) => !local.has(inode)),
    [],
  );
});

const canDenyNetwork = spawnSync('unshare', ['-n', 'true']).status === 0;

test('all works where there is no network', { skip: !canDenyNetwork }, async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options, ['unshare', '-n']);
  await window.next();
  window.say('open');
  assert.match(await window.next(), /^\d+$/);
  window.say('ask count 2 0');
  assert.equal(await window.next(), '0 1 ');
});
