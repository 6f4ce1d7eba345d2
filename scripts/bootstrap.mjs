// @ts-check
// Runs one of the scripts beside it with what they need: the project's packages and Node 24. It must itself run on
// Node 20 with nothing installed, so it and what it imports use Node's built-in modules only.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { npm } from './host/command.mjs';
import { node24 } from './host/node24.mjs';
import { projectRoot } from './host/paths.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = ['mjs', 'ts']
  .map((type) => path.join(import.meta.dirname, `${name}.${type}`))
  .find((file) => existsSync(file));
if (!script || !/^\w+$/.test(name)) {
  console.error('Usage: node scripts/bootstrap.mjs <script> [arguments]');
  process.exit(2);
}

try {
  const executable = Number.parseInt(process.versions.node) >= 24 ? process.execPath : (await node24()).executable;
  process.env['PATH'] = path.dirname(executable) + path.delimiter + process.env['PATH'];
  await installPackages();
  passThrough(executable, [script, ...args]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function installPackages() {
  // npm writes this file at the end of every install.
  const installed = path.join(projectRoot, 'node_modules', '.package-lock.json');
  const wanted = path.join(projectRoot, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.error("Installing the project's packages (npm ci) …");
  // The engine comes ready-made from the registry; nothing is to be compiled here.
  process.env['NODE_LLAMA_CPP_POSTINSTALL'] = 'skip';
  await npm(['ci', '--no-audit', '--no-fund'], projectRoot);
}

/**
 * @param {string} executable
 * @param {string[]} args
 */
function passThrough(executable, args) {
  const child = spawn(executable, args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
}
