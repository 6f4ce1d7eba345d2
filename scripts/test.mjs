// @ts-check
// `npm test`: builds, then runs every suite in the host it is about, and sums up.
//
//   unit      test/**/*.test.ts, in plain Node
//   model     test/model/**/*.test.ts, the language model's files, process and engine, and the packed extension's
//   vscode    test/vscode/index.ts with its *.suite.ts, inside the extension host of a real VS Code
//   browser   test/browser/*.test.ts, doing in VS Code's window what a person does there
//
// --only <suite> runs one of them.
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './host/command.mjs';
import { nodeTests } from './host/nodeTests.mjs';
import { projectRoot } from './host/paths.mjs';
import { runInVsCode } from './host/runInVsCode.mjs';

/** @typedef {import('./host/runInVsCode.mjs').Outcome} Outcome */

const MINUTE = 60_000;

const modelTests = ['test/model/**', 'test/package/**'];

/** @type {Record<string, () => Promise<Outcome>>} */
const suites = {
  async unit() {
    const files = filesOf('test/**/*.test.ts', ['test/browser/**', ...modelTests]);
    return nodeTests(files, { concurrency: true, timeout: 2 * MINUTE });
  },

  async model() {
    // One file at a time: they start processes that take all cores.
    return nodeTests(
      modelTests.flatMap((pattern) => filesOf(`${pattern}/*.test.ts`)),
      {
        concurrency: false,
        timeout: 10 * MINUTE,
      },
    );
  },

  async vscode() {
    const folder = await mkdtemp(path.join(tmpdir(), 'folder-'));
    const testsPath = path.join(projectRoot, 'dist/test/vscode.cjs');
    try {
      return await runInVsCode({ developmentPath: projectRoot, testsPath, folder });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },

  async browser() {
    return nodeTests(filesOf('test/browser/*.test.ts'), { concurrency: false, timeout: 10 * MINUTE });
  },
};

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
if (only !== undefined && !(only in suites)) {
  console.error(`--only takes one of: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

process.chdir(projectRoot);
let passed = 0;
let failed = 0;
let ranNothing = false;

if (await built()) {
  for (const [name, suite] of Object.entries(suites)) {
    if (only === undefined || only === name) await runSuite(name, suite);
  }
} else {
  failed = 1;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || ranNothing ? 1 : 0);

async function built() {
  console.log('Building …');
  try {
    await run(process.execPath, ['esbuild.mjs', '--tests'], { quiet: true });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/**
 * @param {string} name
 * @param {() => Promise<Outcome>} suite
 */
async function runSuite(name, suite) {
  console.log(`\n${name} …`);
  const start = performance.now();
  const outcome = await suite().catch(asFailure);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  for (const { name, message } of outcome.failures) {
    console.log(`\n✖ ${name}\n${message.replaceAll(/^(?=.)/gm, '    ')}\n`);
  }
  console.log(`${name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
  if (outcome.passed + outcome.failed === 0) {
    console.log(`${name}: no test ran, which counts as a failure`);
    ranNothing = true;
  }
  passed += outcome.passed;
  failed += outcome.failed;
}

/**
 * @param {unknown} error Why a suite couldn't run at all.
 * @returns {Outcome}
 */
function asFailure(error) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { passed: 0, failed: 1, failures: [{ name: 'The suite did not run', message }] };
}

/**
 * @param {string} pattern
 * @param {string[]} [exclude]
 */
function filesOf(pattern, exclude = []) {
  return globSync(pattern, { exclude }).sort();
}
