// @ts-check
// `npm start`: builds the extension, installs it into VS Code and opens that. With `code` on the PATH this is the desktop
// VS Code; otherwise, or if a port is named, one served to the browser from this machine.
//
//   npm start -- [folder] [--no-open] [--port N]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installVsix, startCodeServer } from './host/codeServer.mjs';
import { run } from './host/command.mjs';
import { digestOf } from './host/digest.mjs';
import { cacheFolder, projectRoot } from './host/paths.mjs';
import { quietSettings } from './host/quietSettings.mjs';

const USUAL_PORT = 8377;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { open: { type: 'boolean', default: true }, port: { type: 'string' } },
});
process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});
const calledFrom = process.env['INIT_CWD'] ?? process.cwd();
const folder = path.resolve(calledFrom, positionals[0] ?? '.');
const home = path.join(cacheFolder, 'start');
const vsix = path.join(projectRoot, 'dist', 'genai-handbook-companion.vsix');

await mkdir(home, { recursive: true });
const digest = await digestOf(
  projectRoot,
  ['**/*', '.vscodeignore'],
  ['dist', 'node_modules', 'test', 'eval', 'bench'],
);
await unlessDone('built', async () => {
  console.log('Building the extension …');
  await run('npm', ['run', 'build'], { cwd: projectRoot, quiet: true });
  await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot, quiet: true });
});
const code = values.port === undefined ? onPath('code') : undefined;
await (code ? openDesktop(code) : openInBrowser());

/** @param {string} code */
async function openDesktop(code) {
  console.log('Installing it into VS Code …');
  await run(code, ['--install-extension', vsix, '--force'], { quiet: true });
  if (values.open) await run(code, [folder]);
}

async function openInBrowser() {
  if (process.platform === 'win32') {
    throw new Error('Install VS Code and see to it that `code` is on the PATH: https://code.visualstudio.com');
  }
  const profile = { userDataDir: path.join(home, 'user'), extensionsDir: path.join(home, 'extensions') };
  await firstSettings(path.join(profile.userDataDir, 'User/settings.json'));
  await unlessDone('installed', async () => {
    console.log('Installing it into code-server …');
    await installVsix(vsix, profile);
  });
  const server = await startCodeServer(profile, { port: values.port ? Number(values.port) : await usualPort() });
  const address = `${server.url}?folder=${encodeURIComponent(folder)}`;
  console.log(`\nThe GenAI Handbook Companion is open at\n\n  ${address}\n\nCtrl-C stops it.`);
  if (values.open) openBrowser(address);
  process.on('SIGINT', () => void server.stop());
  process.on('SIGTERM', () => void server.stop());
  await server.ended;
}

/** The browser keeps a window's layout by address, so the port stays the same if it can. */
async function usualPort() {
  const probe = createServer().listen(USUAL_PORT, '127.0.0.1');
  const free = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  probe.close();
  return free ? USUAL_PORT : 0;
}

/** @param {string} file */
async function firstSettings(file) {
  if (existsSync(file)) return; // from now on they are the learner's
  await mkdir(path.dirname(file), { recursive: true });
  const settings = { ...quietSettings('dark'), 'workbench.welcomePage.walkthroughs.openOnInstall': true };
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

/**
 * Does a step of the way from sources to a running extension, unless it was done with these very sources.
 *
 * @param {string} step
 * @param {() => Promise<void>} work
 */
async function unlessDone(step, work) {
  const stamp = path.join(home, `${step}.digest`);
  const done = await readFile(stamp, 'utf8').catch(() => undefined);
  if (done === digest && existsSync(vsix)) return;
  await work();
  await writeFile(stamp, digest);
}

/** @param {string} command */
function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.cmd`] : [command];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/** @param {string} address */
function openBrowser(address) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
