// Several windows at one process, and how each finds its way to it.

import assert from 'node:assert/strict';
import { subscribe } from 'node:diagnostics_channel';
import { chmodSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { wireVersion } from '../../../src/model/wire.ts';
import { answerOf, ask, gone, open, openedIn, otherWindow, place, runFiles, until } from './support.ts';

/** Every socket that this window has opened. */
const sockets = new Set<Socket>();
subscribe('net.client.socket', (message) => {
  sockets.add((message as { readonly socket: Socket }).socket);
});

/** As the system does it to a connection on waking up. */
function breakConnections(): void {
  assert.ok([...sockets].some(({ destroyed }) => !destroyed));
  for (const socket of sockets) socket.destroy();
}

test('two windows share one process, and each gets its own answers', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const other = otherWindow(t, options);
  await other.next();
  other.say('open');
  assert.equal(await other.next(), String(client.pid));
  assert.equal((await client.statistics()).windows, 2);
  other.say('ask count 5 5');
  assert.equal(await answerOf(client, 'count 3 5'), '0 1 2 ');
  assert.equal(await other.next(), '0 1 2 3 4 ');
});

test('a second window waits with the first for the same load', async (t) => {
  const { options } = place(t, 'slow 500');
  const fractions: number[] = [];
  const opening = open(options);
  await until(() => runFiles(options.runFolder).length === 1);
  const second = await open({ ...options, onLoading: (fraction) => void fractions.push(fraction) });
  const first = await opening;
  assert.equal(first.pid, second.pid);
  assert.ok(fractions.length > 0);
  await Promise.all([first.dispose(), second.dispose()]);
});

test('eight windows that open at once make one process between them', async (t) => {
  const { options } = place(t, 'slow 200');
  const windows = Array.from({ length: 4 }, () => otherWindow(t, options));
  await Promise.all(windows.map(({ next }) => next()));
  for (const { say } of windows) say('open');
  const clients = await Promise.all(Array.from({ length: 4 }, () => openedIn(t, options)));
  const pids = new Set([
    ...clients.map(({ pid }) => String(pid)),
    ...(await Promise.all(windows.map(({ next }) => next()))),
  ]);
  assert.equal(pids.size, 1, [...pids].join());
  assert.equal((await clients[0]?.statistics())?.windows, 8);
});

test('other settings, another kind: another process', async (t) => {
  const { options } = place(t);
  const clients = await Promise.all([
    openedIn(t, options),
    openedIn(t, { ...options, settings: { ...options.settings, kvCache: 'q8_0' } }),
    openedIn(t, { ...options, kind: 'embedding' }),
  ]);
  assert.equal(new Set(clients.map(({ pid }) => pid)).size, 3);
  assert.deepEqual(
    clients.map(({ card }) => `${card.kind} ${card.kvCache}`),
    ['chat f16', 'chat q8_0', 'embedding f16'],
  );
});

test('the same file by another name is the same model', async (t) => {
  const { options, folder } = place(t);
  const link = join(folder, 'link.gguf');
  symlinkSync(options.file, link);
  const client = await openedIn(t, options);
  assert.equal((await openedIn(t, { ...options, file: link })).pid, client.pid);
});

test('what a dead process left is cleared away, whatever it is', async (t) => {
  const { options } = place(t);
  const first = await open(options);
  const name = readdirSync(options.runFolder).find((file) => file.endsWith('.json')) ?? '';
  const path = join(options.runFolder, name);
  await first.end();
  const left = [
    'no JSON',
    '',
    '{"socket":1}',
    JSON.stringify({ socket: join(options.runFolder, 'none'), token: 'x', pid: 999_999, version: wireVersion }),
    JSON.stringify({ socket: join(options.runFolder, 'none'), token: 'x', pid: process.pid, version: wireVersion }),
    'x'.repeat(20_000),
  ];
  for (const content of left) {
    writeFileSync(path, content, { mode: 0o600 });
    writeFileSync(join(options.runFolder, 'ffff.json'), content, { mode: 0o600 });
    const client = await open(options);
    assert.equal(await answerOf(client, 'count 1 0'), '0 ');
    await client.end();
  }
});

test(
  'the run file and its folder, and the socket’s, are closed to others',
  { skip: process.platform === 'win32' },
  async (t) => {
    const { options } = place(t);
    await (await open(options)).end();
    chmodSync(options.runFolder, 0o755);
    await openedIn(t, options);
    const name = readdirSync(options.runFolder).find((file) => file.endsWith('.json')) ?? '';
    const [running] = runFiles(options.runFolder);
    assert.equal(statSync(options.runFolder).mode & 0o777, 0o700);
    assert.equal(statSync(join(options.runFolder, name)).mode & 0o777, 0o600);
    assert.equal(statSync(join(running?.socket ?? '', '..')).mode & 0o777, 0o700);
    chmodSync(join(options.runFolder, name), 0o644);
    assert.deepEqual(runFiles(options.runFolder), [], 'one that others could read isn’t believed');
    chmodSync(join(options.runFolder, name), 0o600);
  },
);

test('a socket that is destroyed under a client: who waits is told, the next question finds the way back', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const ends: unknown[] = [];
  client.onEnd((reason) => void ends.push(reason));
  for (let round = 0; round < 3; round++) {
    const waiting = assert.rejects(ask(client, 'wait'), { problem: 'ended', message: /connection.*broke/ });
    await wait(20);
    breakConnections();
    await waiting;
    assert.equal(await answerOf(client, 'count 2 0'), '0 1 ');
  }
  assert.deepEqual(ends, []);
  assert.equal((await client.statistics()).windows, 1);
});

test('a socket file that was removed: who is in stays in, who comes gets a process of its own', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  rmSync(runFiles(options.runFolder)[0]?.socket ?? '');
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  const second = await openedIn(t, options);
  assert.notEqual(second.pid, client.pid);
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  await client.dispose();
  await gone(client.pid, 2_000);
  assert.equal(await answerOf(second, 'count 1 0'), '0 ');
});

test('a connection that breaks when there is no way back ends the client', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  rmSync(runFiles(options.runFolder)[0]?.socket ?? '');
  breakConnections();
  await wait(50);
  await assert.rejects(ask(client, 'count 1 0'), { problem: 'ended' });
  await gone(client.pid, 2_000);
  const again = await openedIn(t, options);
  assert.equal(await answerOf(again, 'count 1 0'), '0 ');
});
