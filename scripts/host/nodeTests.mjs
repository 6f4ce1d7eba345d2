// @ts-check
import path from 'node:path';
import { run } from 'node:test';
import { projectRoot } from './paths.mjs';

/** @typedef {import('./runInVsCode.mjs').Outcome} Outcome */

/**
 * Runs test files with Node's own test runner, each in a process of its own.
 *
 * @param {string[]} files
 * @param {{ concurrency: boolean, timeout: number }} options `timeout` is for one file, in milliseconds.
 * @returns {Promise<Outcome>}
 */
export async function nodeTests(files, options) {
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: 0, failures: [] };
  /** @type {string[]} */
  const names = []; // of the tests we are in, outermost first
  for await (const { type, data } of run({ files, ...options })) {
    switch (type) {
      case 'test:start':
        names.splice(data.nesting, Infinity, data.name);
        break;
      case 'test:fail':
        if (isOwnFailure(data)) {
          const file = path.relative(projectRoot, data.file ?? projectRoot);
          // A file that doesn't load is reported as a test of that name.
          const name = [file, ...names.slice(0, data.nesting), data.name].filter((part, i, all) => part !== all[i - 1]);
          outcome.failures.push({ name: name.join(' › '), message: explain(data.details.error) });
        }
        break;
      case 'test:summary':
        // The one without a file is about all of them.
        if (data.file === undefined) {
          outcome.passed = data.counts.passed;
          outcome.failed = data.counts.tests - data.counts.passed - data.counts.skipped - data.counts.todo;
        }
        break;
      case 'test:stdout':
      case 'test:stderr':
        process.stdout.write(data.message);
    }
  }
  // What fails outside any test, such as a file that doesn't load or a describe() that throws, isn't always counted.
  outcome.failed = Math.max(outcome.failed, outcome.failures.length);
  return outcome;
}

/**
 * Whether a test itself failed, rather than one inside it, and nobody expected it to.
 *
 * @param {import('node:test').EventData.TestFail} event
 */
function isOwnFailure({ details, todo }) {
  return !todo && /** @type {any} */ (details.error).failureType !== 'subtestsFailed';
}

/** @param {Error} error */
function explain(error) {
  const cause =
    error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause ?? error);
  return cause
    .split('\n')
    .filter((line) => !/^\s+at .*\bnode:|^\s+at async Promise\.all/.test(line))
    .join('\n')
    .trimEnd();
}
