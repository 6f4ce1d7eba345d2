// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './command.mjs';
import { installCodeServer } from './installCodeServer.mjs';
import { node24 } from './node24.mjs';
import { processesOfGroup } from './processes.mjs';

/**
 * @typedef {object} Profile
 * @property {string} userDataDir
 * @property {string} extensionsDir
 *
 * @typedef {object} CodeServerOptions
 * @property {number} [port] Any free one if left out.
 * @property {boolean} [restricted] With workspace trust, so that a folder nobody trusted opens in Restricted Mode.
 * @property {boolean} [stopWhenIdle] Ends two minutes after the last window closed, should nobody call `stop`.
 * @property {NodeJS.ProcessEnv} [env] For the extension host, on top of this process's own.
 *
 * @typedef {object} CodeServer
 * @property {string} url
 * @property {string} authority Host and port, as in `vscode-remote://authority/path`.
 * @property {string} log The file its output goes to.
 * @property {() => number[]} extensionHosts The ids of the extension host processes, one for each window.
 * @property {Promise<void>} ended
 * @property {() => Promise<void>} stop Ends it with everything it started.
 */

/**
 * Installs a VSIX into a profile, as a user would.
 *
 * @param {string} vsix
 * @param {Profile} profile
 */
export async function installVsix(vsix, profile) {
  const [command, ...args] = await commandLine(profile);
  await run(command, [...args, '--install-extension', vsix, '--force'], { env: environment(), quiet: true });
}

/**
 * Starts code-server on the loopback interface and waits until it answers.
 *
 * @param {Profile} profile
 * @param {CodeServerOptions} [options]
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer(profile, { port = 0, restricted, stopWhenIdle, env } = {}) {
  const [command, ...args] = await commandLine(profile);
  args.push('--bind-addr', `127.0.0.1:${port}`);
  if (!restricted) args.push('--disable-workspace-trust');
  if (stopWhenIdle) args.push('--idle-timeout-seconds', '120');

  // A process group of its own, so that the extension hosts and what they started end with it.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: environment(env) });
  const group = /** @type {number} */ (child.pid);
  const ended = once(child, 'exit').then(() => undefined);
  endWithThisProcess(group, ended);

  const log = path.join(profile.userDataDir, 'code-server.log');
  const logStream = createWriteStream(log);
  child.stdout.pipe(logStream, { end: false });
  child.stderr.pipe(logStream, { end: false });

  const address = /HTTP server listening on http:\/\/(127\.0\.0\.1:\d+)/;
  const authority = await firstMatch(child, address).catch((/** @type {unknown} */ reason) => {
    signalGroup(group, 'SIGKILL');
    throw new Error(`code-server didn't start; see ${log}`, { cause: reason });
  });

  return {
    url: `http://${authority}/`,
    authority,
    log,
    extensionHosts: () => processesOfGroup(group, '--type=extensionHost'),
    ended,
    async stop() {
      signalGroup(group, 'SIGTERM');
      await Promise.race([ended, sleep(3000, undefined, { ref: false })]);
      signalGroup(group, 'SIGKILL');
      await ended;
    },
  };
}

/**
 * @param {Profile} profile
 * @returns {Promise<[string, ...string[]]>}
 */
async function commandLine({ userDataDir, extensionsDir }) {
  const entry = await installCodeServer();
  const { executable } = await node24();
  await mkdir(userDataDir, { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
  // Otherwise it reads and writes one in the user's home.
  const config = path.join(userDataDir, 'code-server.yaml');
  await writeFile(config, 'auth: none\n');
  const own = ['--config', config, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  return [executable, entry, ...own, '--auth', 'none', '--disable-telemetry', '--disable-update-check'];
}

/**
 * This process's environment, without what would make code-server hand over to a VS Code this runs in, or change it.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
function environment(extra) {
  const foreign =
    /^(VSCODE_|CODE_SERVER_|ELECTRON_|npm_)|^(NODE_OPTIONS|NODE_TEST_CONTEXT|PORT|PASSWORD|HASHED_PASSWORD)$/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, any>} child
 * @param {RegExp} pattern
 * @returns {Promise<string>} what its first group matched
 */
function firstMatch(child, pattern) {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', function look(/** @type {Buffer} */ chunk) {
      seen += chunk;
      const found = pattern.exec(seen)?.[1];
      if (!found) return;
      child.stdout.off('data', look);
      resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? `code ${code}`}`)));
    setTimeout(() => reject(new Error('no answer after a minute')), 60_000).unref();
  });
}

/**
 * @param {number} group
 * @param {Promise<void>} ended
 */
function endWithThisProcess(group, ended) {
  const end = () => signalGroup(group, 'SIGKILL');
  const endOnSignal = (/** @type {NodeJS.Signals} */ signal) => {
    signalGroup(group, 'SIGTERM');
    process.kill(process.pid, signal); // this listener was there once only, so now the signal does its usual work
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  process.once('exit', end);
  for (const signal of signals) process.once(signal, endOnSignal);
  void ended.then(() => {
    process.off('exit', end);
    for (const signal of signals) process.off(signal, endOnSignal);
  });
}

/**
 * @param {number} group
 * @param {NodeJS.Signals} signal
 */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch {
    // it has ended
  }
}
