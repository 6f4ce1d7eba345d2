// Nothing leaves the machine while a question is asked: the model's process and the window that asks have no network, and
// the system has counted no attempt to use one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../../scripts/host/paths.mjs';
import { otherWindow } from '../process/support.ts';
import { openedIn } from '../process/support.ts';
import { specimen } from '../specimen/specimen.ts';
import { answer, specimenPlace } from './support.ts';

const denied = ['unshare', '--net', '--map-root-user'];
const canDeny = process.platform === 'linux' && spawnSync('unshare', [...denied.slice(1), 'true']).status === 0;

/** Between what was said and what the kernel counted. */
const mark = '--- counted ---';

/** How often a process of this network namespace tried to send something: IPv4 and IPv6, delivered or not. */
function attempts(pid: number): number {
  return attemptsIn(readFileSync(`/proc/${pid}/net/snmp`, 'utf8'), readFileSync(`/proc/${pid}/net/snmp6`, 'utf8'));
}

/** The same from the kernel's two tables. */
function attemptsIn(snmp: string, snmp6: string): number {
  const [names = '', values = ''] = snmp.split('\n').filter((line) => line.startsWith('Ip:'));
  const numbers = values.split(' ');
  const ofIp4 = names
    .split(' ')
    .map((name, n) => (name === 'OutRequests' || name === 'OutNoRoutes' ? Number(numbers[n]) : 0));
  const ofIp6 = [...snmp6.matchAll(/^Ip6Out(?:Requests|NoRoutes)\s+(\d+)$/gm)].map(([, count]) => Number(count));
  return [...ofIp4, ...ofIp6].reduce((sum, count) => sum + count, 0);
}

/** Its sockets that belong to the internet's protocols, open or listening. */
function internetSockets(pid: number): string[] {
  const own = new Set<string>();
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
      if (inode !== undefined) own.add(inode);
    } catch {
      // Closed meanwhile.
      continue;
    }
  }
  const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'udplite', 'udplite6', 'raw', 'raw6', 'icmp', 'icmp6', 'packet'];
  return tables.flatMap((table) => {
    const lines = tableOf(pid, table).split('\n').slice(1);
    return lines
      .filter((line) =>
        line
          .trim()
          .split(/\s+/)
          .some((word) => own.has(word)),
      )
      .map((line) => `${table} ${line}`);
  });
}

function tableOf(pid: number, table: string): string {
  try {
    return readFileSync(`/proc/${pid}/net/${table}`, 'utf8');
  } catch {
    // This kernel has no such protocol.
    return '';
  }
}

test('asking works without a network, and nobody tries to use one', { skip: !canDeny }, async (t) => {
  const { options } = await specimenPlace(t);
  const window = otherWindow(t, options, denied);
  await window.next();
  window.say('open');
  const pid = Number(await window.next());
  assert.ok(pid > 0);
  for (const question of ['What is attention?', 'What is a gradient?']) {
    window.say(`ask ${question}`);
    const said = await window.next();
    assert.ok(said !== '' && !said.startsWith('failed'), said);
    assert.deepEqual(internetSockets(pid), []);
  }
  assert.notEqual(readlinkSync(`/proc/${pid}/ns/net`), readlinkSync('/proc/self/ns/net'));
  assert.equal(attempts(pid), 0);
});

test('a question is looked up, laid out, answered and cited without a network', { skip: !canDeny }, async () => {
  const ask = [process.execPath, path.join(projectRoot, 'scripts/ask.ts'), '--model', await specimen('f16')];
  const script = `"$@" && echo '${mark}' && cat /proc/self/net/snmp && echo '${mark}' && cat /proc/self/net/snmp6`;
  const { stdout, stderr, status } = spawnSync(
    'unshare',
    [...denied.slice(1), 'sh', '-c', script, 'sh', ...ask, 'what does the KV cache store?'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  const [said = '', snmp = '', snmp6 = ''] = stdout.split(`${mark}\n`);
  assert.match(said, /^\[1\] .*\(key-value-caching[^]*specimen.*: \d+ of \d+ tokens/m);
  assert.match(snmp, /^Ip: /m);
  assert.equal(attemptsIn(snmp, snmp6), 0);
});

test('an attempt would have been counted', { skip: !canDeny }, () => {
  // 192.0.2.1 is nobody's, by RFC 5737.
  const script = `
    require('net').connect(9, '192.0.2.1').on('error', () => {
      process.stdout.write(require('fs').readFileSync('/proc/self/net/snmp', 'utf8'));
    });`;
  const { stdout } = spawnSync('unshare', [...denied.slice(1), process.execPath, '-e', script], { encoding: 'utf8' });
  const [names = '', values = ''] = stdout.split('\n').filter((line) => line.startsWith('Ip:'));
  const at = names.split(' ').indexOf('OutNoRoutes');
  assert.ok(Number(values.split(' ')[at]) > 0, stdout);
});

test(
  'the model’s process has no socket of the internet while it answers',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const { options } = await specimenPlace(t);
    const client = await openedIn(t, options);
    const events = client.generate(
      { messages: [{ role: 'user', text: 'What is attention? '.repeat(100) }], maxTokens: 40, priority: 'foreground' },
      new AbortController().signal,
    );
    let looked = 0;
    for await (const event of events) {
      assert.deepEqual(internetSockets(client.pid), [], event.type);
      looked++;
    }
    assert.ok(looked > 2);
    assert.notEqual(await answer(client, 'What is attention?', 1), '');
  },
);
