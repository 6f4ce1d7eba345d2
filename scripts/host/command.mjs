// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] Keep the output back, and show its end only if the command fails.
 */

/**
 * Runs a command to its end; rejects if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<void>}
 */
export function run(command, args, { cwd, env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...(cwd && { cwd }), env, stdio: quiet ? 'pipe' : 'inherit' });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const end = output.trimEnd().split('\n').slice(-30).join('\n');
      reject(new Error(`"${[command, ...args].join(' ')}" ended with ${signal ?? `code ${code}`}${end && `\n${end}`}`));
    });
  });
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function start(command, args, options) {
  if (process.platform !== 'win32' || command.endsWith('.exe')) return spawn(command, args, options);
  // npm and code are .cmd files on Windows, which only a shell starts, and then quoting is up to us.
  return spawn(
    `"${command}"`,
    args.map((arg) => `"${arg}"`),
    { ...options, shell: true },
  );
}

/**
 * Runs npm quietly in a folder that is its own npm project, unaffected by an npm this process may run under.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [extraEnv]
 */
export function npm(args, cwd, extraEnv = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local_prefix)|^INIT_CWD$/.test(name),
  );
  return run('npm', args, { cwd, env: { ...Object.fromEntries(inherited), ...extraEnv }, quiet: true });
}
