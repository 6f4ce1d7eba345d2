// @ts-check
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';

/**
 * @typedef {object} Failure
 * @property {string} name
 * @property {string} message
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {Failure[]} failures
 */

/**
 * Runs a test module in the extension host of a real VS Code: the desktop one that VSCODE_EXECUTABLE names; without
 * that, code-server where it runs (Linux), and a desktop one that @vscode/test-electron downloads elsewhere.
 *
 * The module exports `run()`, which writes its `Outcome` as JSON to the file that COMPANION_TEST_RESULT names, and
 * rejects if a test failed.
 *
 * @param {{ developmentPath: string, testsPath: string, folder: string }} options
 * @returns {Promise<Outcome>}
 */
export async function runInVsCode({ developmentPath, testsPath, folder }) {
  const own = await mkdtemp(path.join(tmpdir(), 'vscode-'));
  const result = path.join(own, 'result.json');
  const executable = process.env['VSCODE_EXECUTABLE'] ?? (await codeServerAsDesktop());
  try {
    const ended = await runTests({
      ...(executable && { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: developmentPath,
      extensionTestsPath: testsPath,
      extensionTestsEnv: { COMPANION_TEST_RESULT: result },
      launchArgs: [
        folder,
        '--disable-extensions',
        `--user-data-dir=${path.join(own, 'user')}`,
        `--extensions-dir=${path.join(own, 'extensions')}`,
      ],
    }).catch((/** @type {unknown} */ error) => error);
    return await outcome(result, ended);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {unknown} ended What VS Code ended with, 0 if all was well.
 * @returns {Promise<Outcome>}
 */
async function outcome(file, ended) {
  const written = await readFile(file, 'utf8').catch(() => undefined);
  /** @type {Outcome} */
  const told = written ? JSON.parse(written) : { passed: 0, failed: 0, failures: [] };
  // An extension host that dies takes VS Code down with code 0.
  if ((ended === 0 && written) || told.failed > 0) return told;
  const message = ended instanceof Error ? ended.message : 'The extension host ended without a result';
  return { ...told, failed: 1, failures: [{ name: 'VS Code', message }] };
}

async function codeServerAsDesktop() {
  if (process.platform !== 'linux') return undefined;
  const executable = path.join(import.meta.dirname, 'code.mjs');
  await chmod(executable, 0o755); // an unpacked archive may have lost it
  return executable;
}
