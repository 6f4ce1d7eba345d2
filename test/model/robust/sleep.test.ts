// Windows that share a model's process, machines that sleep, and sockets that die, with the real engine.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ModelError } from '../../../src/core/model/modelError.ts';
import { writeRunFile } from '../../../src/model/runFile.ts';
import type { Running } from '../../../src/model/runFile.ts';
import { gone, open, openedIn, otherWindow, runFiles } from '../process/support.ts';
import type { OtherWindow } from '../process/support.ts';
import { answer, specimenPlace, within } from './support.ts';

const posix = { skip: process.platform === 'win32' };

/** Evaluated and answered in some tenths of a second at least. */
const longQuestion = 'What is attention? '.repeat(400);

async function opened(window: OtherWindow): Promise<number> {
  await window.next();
  window.say('open');
  const said = await window.next();
  assert.match(said, /^\d+$/);
  return Number(said);
}

test('two windows share a process: one is killed in its answer, the other goes on, the last ends it', async (t) => {
  const { options } = await specimenPlace(t, { idleMs: 300 });
  const [one, other] = [otherWindow(t, options), otherWindow(t, options)];
  const [pid, same] = await Promise.all([opened(one), opened(other)]);
  assert.equal(pid, same);
  one.say(`ask 1 ${longQuestion}`);
  other.say(`ask 2 ${longQuestion}`);
  await wait(150);
  one.process.kill('SIGKILL');
  const said = await within(60_000, 'the other window', other.next());
  assert.ok(said !== '' && !said.startsWith('failed'), said);
  other.say('ask What is attention?');
  assert.notEqual(await within(60_000, 'the other window', other.next()), '');
  other.process.kill('SIGKILL');
  await gone(pid, 30_000);
});

test('a machine that sleeps in an answer wakes up and answers', posix, async (t) => {
  const { options } = await specimenPlace(t, { silenceMs: 600 });
  const window = otherWindow(t, options);
  const pid = await opened(window);
  const asleep = [window.process.pid ?? 0, pid];
  window.say(`ask ${longQuestion}`);
  await wait(200);
  for (const sleeper of asleep) process.kill(sleeper, 'SIGSTOP');
  await wait(1_500);
  for (const sleeper of asleep) process.kill(sleeper, 'SIGCONT');
  const said = await within(60_000, 'the answer', window.next());
  assert.ok(said !== '' && !said.startsWith('failed'), said);
});

test('a window that stood still for longer than the silence hears its answer all the same', posix, async (t) => {
  const { options } = await specimenPlace(t, { silenceMs: 600 });
  const window = otherWindow(t, options);
  await opened(window);
  window.say(`ask ${longQuestion}`);
  await wait(100);
  process.kill(window.process.pid ?? 0, 'SIGSTOP');
  await wait(1_500);
  process.kill(window.process.pid ?? 0, 'SIGCONT');
  const said = await within(60_000, 'the answer', window.next());
  assert.ok(said !== '' && !said.startsWith('failed'), said);
});

test(
  'a process that stands still while it is asked is given up, and the next question gets another',
  posix,
  async (t) => {
    const { options } = await specimenPlace(t, { silenceMs: 600 });
    const client = await openedIn(t, options);
    const asked = answer(client, longQuestion, 500);
    asked.catch(() => undefined);
    process.kill(client.pid, 'SIGSTOP');
    await assert.rejects(within(60_000, 'the question', asked), { problem: 'silent', message: /gave no sign of life/ });
    await gone(client.pid);
    const next = await openedIn(t, { ...options, silenceMs: 60_000 });
    assert.notEqual(next.pid, client.pid);
    assert.notEqual(await answer(next, 'What is attention?', 2), '');
  },
);

test(
  'a socket dies in an answer: who waits is told, the next question works, the process is the same',
  posix,
  async (t) => {
    const { options } = await specimenPlace(t);
    const first = await openedIn(t, options);
    const [running] = runFiles(options.runFolder);
    assert.ok(running);
    const wire = await wireBetween(t, running, options.runFolder);
    const client = await open(options);
    assert.equal(client.pid, first.pid);
    const asked = answer(client, longQuestion, 500);
    asked.catch(() => undefined);
    const counted = client.countTokens([longQuestion]);
    counted.catch(() => undefined);
    await wait(100);
    wire.cut();
    for (const waiting of [asked, counted]) {
      const outcome = await within(60_000, 'a call', Promise.allSettled([waiting]));
      if (outcome[0].status === 'rejected') assert.ok(outcome[0].reason instanceof ModelError);
      else assert.equal(waiting, counted);
    }
    await client.dispose();
    const again = await openedIn(t, options);
    assert.equal(again.pid, first.pid);
    assert.notEqual(await answer(again, 'What is attention?', 2), '');
    assert.notEqual(await answer(first, 'What is attention?', 2), '');
  },
);

/** Leads windows that come from now on through a socket of ours, which can be cut. */
async function wireBetween(t: TestContext, running: Running, runFolder: string): Promise<{ readonly cut: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'hr-'));
  const socket = join(folder, 's');
  const ends = new Set<Socket>();
  const server = createServer((window) => {
    const model = connect(running.socket);
    for (const [from, to] of [
      [window, model],
      [model, window],
    ] as const) {
      ends.add(from);
      from
        .on('error', () => undefined)
        .on('close', () => {
          to.destroy();
        });
      from.pipe(to);
    }
  });
  await once(server.listen(socket), 'listening');
  const name = readdirSync(runFolder).find((file) => file.endsWith('.json'));
  assert.ok(name !== undefined);
  writeRunFile(join(runFolder, name), { ...running, socket });
  const cut = (): void => {
    for (const end of ends) end.destroy();
    ends.clear();
  };
  t.after(() => {
    cut();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { cut };
}
