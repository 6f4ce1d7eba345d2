// What becomes of the process when its windows go, of themselves or not.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../../../src/model/remoteProcess.ts';
import { answerOf, gone, open, openedIn, otherWindow, place, runFiles } from './support.ts';

test('the last one out: the process stays for its idle time, then ends and leaves nothing', async (t) => {
  const { options, folder } = place(t, 'ok', { idleMs: 400 });
  const first = await open(options);
  const second = await open(options);
  await first.dispose();
  await wait(600);
  assert.equal(await answerOf(second, 'count 1 0'), '0 ', 'a window is there: no idle time');
  await second.dispose();
  await wait(100);
  assert.ok(isAlive(first.pid));
  const third = await open(options);
  assert.equal(third.pid, first.pid, 'within the idle time the loaded model is found');
  await wait(600);
  assert.ok(isAlive(first.pid), 'the idle time was interrupted');
  const [running] = runFiles(options.runFolder);
  await third.dispose();
  await gone(first.pid);
  assert.deepEqual(runFiles(options.runFolder), []);
  assert.ok(running && !existsSync(running.socket));
  assert.ok(existsSync(folder));
});

test('the window that started it is killed: the process is gone within two seconds', async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  window.say('ask wait');
  await wait(100);
  window.process.kill('SIGKILL');
  await gone(pid, 2_000);
  assert.deepEqual(runFiles(options.runFolder), []);
});

test('the window that started it let go of the model and is killed: gone before its idle time', async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  window.say('dispose');
  await window.next();
  await wait(100);
  assert.ok(isAlive(pid));
  window.process.kill('SIGKILL');
  await gone(pid, 2_000);
});

test('what a window asked for stops when it goes', async (t) => {
  const { options } = place(t);
  const client = await openedIn(t, options);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  await window.next();
  window.say('ask count 1000000 1');
  await wait(100);
  window.process.kill('SIGKILL');
  await wait(100);
  const { generatedTokens, windows } = await client.statistics();
  assert.ok(generatedTokens > 0);
  assert.equal(windows, 1);
  await wait(100);
  assert.equal((await client.statistics()).generatedTokens, generatedTokens);
});

test('the window that started it is killed while the process hangs: gone as well', async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  window.say('ask spin 0');
  await wait(200);
  window.process.kill('SIGKILL');
  await gone(pid, 4_000);
});

test('the window that started it is killed while another is there: it goes on, until that one leaves', async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  const client = await openedIn(t, options);
  assert.equal(client.pid, pid);
  const answer = answerOf(client, 'count 100 5');
  await wait(50);
  // With all that belongs to its group, as the system does when a session ends.
  process.kill(-(window.process.pid ?? 0), 'SIGKILL');
  assert.equal((await answer).split(' ').length, 101);
  await wait(500);
  // Its output has no other end any more; writing there must do no harm.
  assert.equal(await answerOf(client, 'flood 1048576'), '');
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  await client.dispose();
  await gone(pid, 2_000);
});

test('a window that reads nothing any more holds up nobody', async (t) => {
  const { options } = place(t);
  const window = otherWindow(t, options);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  const client = await openedIn(t, options);
  window.say('freeze');
  await window.next();
  await wait(100);
  // The frozen window is the one whose pipes the process prints to.
  assert.equal(await answerOf(client, 'flood 1048576'), '');
  assert.equal(await answerOf(client, 'count 1 0'), '0 ');
  assert.equal(client.pid, pid);
});
