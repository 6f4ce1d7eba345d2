#!/usr/bin/env node
// @ts-check
// Stands in for desktop VS Code's executable in extension tests: takes its arguments, runs the tests in a code-server
// seen by a headless browser, prints what the extension host prints and exits with the code VS Code would exit with.
import { parseArgs } from 'node:util';
import { openWorkbench } from './browser.mjs';

const LIMIT_MINUTES = 10;

const { values, positionals } = parseArgs({
  strict: false, // the switches meant for Electron mean nothing here
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});

const testsPath = text(values.extensionTestsPath);
if (!testsPath) {
  console.error('Usage: code.mjs --extensionDevelopmentPath=… --extensionTestsPath=… [folder]');
  process.exit(2);
}

/** @type {PromiseWithResolvers<number>} */
const { promise: exitCode, resolve: exit } = Promise.withResolvers();

const { server, close } = await openWorkbench({
  developmentPath: [values.extensionDevelopmentPath ?? []].flat().map(String),
  testsPath,
  ...optional('folder', positionals[0]),
  ...optional('userDataDir', text(values['user-data-dir'])),
  ...optional('extensionsDir', text(values['extensions-dir'])),
  restricted: !values['disable-workspace-trust'],
  async beforeLoad(page) {
    // The web workbench calls codeAutomationExit when the test module's run() has ended, and codeAutomationLog for
    // everything anyone logs.
    await page.exposeFunction('codeAutomationExit', exit);
    await page.exposeFunction('printLine', (/** @type {unknown[]} */ ...line) => console.log(...line));
    await page.addInitScript(forwardExtensionHostConsole);
  },
});
void server.ended.then(() => exit(1));
setTimeout(() => {
  console.error(`The tests didn't end within ${LIMIT_MINUTES} minutes`);
  exit(1);
}, LIMIT_MINUTES * 60_000);
const code = await exitCode;
await close();
process.exit(code);

/** Runs in the page. The extension host's lines look like the workbench's own; who logs them tells them apart. */
function forwardExtensionHostConsole() {
  Error.stackTraceLimit = 50;
  const page = /** @type {any} */ (globalThis);
  page.codeAutomationLog = (/** @type {string} */ _level, /** @type {unknown[]} */ line) => {
    if (new Error().stack?.includes('$logExtensionHostMessage')) page.printLine(...line);
  };
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : undefined;
}

/**
 * @template {string} K
 * @param {K} key
 * @param {string | undefined} value
 */
function optional(key, value) {
  return /** @type {{ [P in K]?: string }} */ (value === undefined ? {} : { [key]: value });
}
