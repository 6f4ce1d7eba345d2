// @ts-check
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium, CHROMIUM_ARGUMENTS } from './chromium.mjs';
import { installVsix, startCodeServer } from './codeServer.mjs';
import { developmentPage } from './developmentPage.mjs';
import { quietSettings } from './quietSettings.mjs';
import { windowOf, workbenchReady } from './window.mjs';

/**
 * @typedef {import('playwright-core').BrowserContext} BrowserContext
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('./codeServer.mjs').CodeServer} CodeServer
 * @typedef {import('./window.mjs').Window} Window
 * @typedef {import('./quietSettings.mjs').Theme} Theme
 *
 * @typedef {object} WorkbenchOptions
 * @property {string} [vsix] An extension to install first,
 * @property {string | readonly string[]} [developmentPath] or folders of extensions to run as they are.
 * @property {string} [testsPath] A module whose `run()` the extension host calls.
 * @property {string} [folder] The folder to open; an empty window if left out.
 * @property {Theme} [theme] Dark unless told otherwise.
 * @property {{ width: number, height: number }} [viewport]
 * @property {number} [scale] Device pixels per CSS pixel; 2 makes sharp screenshots.
 * @property {boolean} [restricted] Open the folder in Restricted Mode.
 * @property {string} [userDataDir] A profile to keep; a fresh one, removed on `close`, if left out.
 * @property {string} [extensionsDir]
 * @property {Record<string, unknown>} [settings] On top of `quietSettings`.
 * @property {NodeJS.ProcessEnv} [env] For the extension host.
 * @property {(page: Page) => Promise<unknown>} [beforeLoad] Called with each new page before it loads.
 *
 * @typedef {object} More
 * @property {BrowserContext} context
 * @property {CodeServer} server
 * @property {string} userDataDir
 * @property {(options?: { folder?: string, otherBrowser?: boolean }) => Promise<Window>} openWindow One more window on the
 *   same server, of the same browser profile or as if from another browser.
 * @property {() => Promise<void>} close
 *
 * @typedef {Window & More} Workbench
 */

/**
 * A VS Code with our extension in a headless browser, for tests that do what a person does and for screenshots.
 *
 * @param {WorkbenchOptions} [options]
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(options = {}) {
  const { vsix, developmentPath = [], testsPath, theme = 'dark', viewport = { width: 1280, height: 800 } } = options;
  const developmentPaths = [developmentPath].flat();
  const own = await mkdtemp(path.join(tmpdir(), 'workbench-'));
  const userDataDir = options.userDataDir ?? path.join(own, 'user');
  const profile = { userDataDir, extensionsDir: options.extensionsDir ?? path.join(own, 'extensions') };

  await writeSettings(userDataDir, { ...quietSettings(theme), ...options.settings });
  if (vsix) await installVsix(vsix, profile);
  const executablePath = await chromium();
  const { restricted = false } = options;
  // VS Code leaves sockets behind wherever temporary files go.
  const env = { TMPDIR: own, ...options.env };
  const server = await startCodeServer(profile, { stopWhenIdle: true, restricted, env });
  const browser = await playwright.launch({ executablePath, args: CHROMIUM_ARGUMENTS });

  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(own, { recursive: true, force: true, maxRetries: 3 });
  };

  const newContext = async () => {
    const context = await browser.newContext({ viewport, deviceScaleFactor: options.scale ?? 1 });
    if (developmentPaths.length > 0) {
      await developmentPage(context, server.authority, { developmentPaths, testsPath });
    }
    return context;
  };

  const open = async (/** @type {BrowserContext} */ context, folder = options.folder) => {
    const page = await context.newPage();
    await options.beforeLoad?.(page);
    const query = folder ? `folder=${encodeURIComponent(path.resolve(folder))}` : 'ew=true';
    await page.goto(`${server.url}?${query}`);
    await workbenchReady(page);
    return windowOf(page);
  };

  try {
    const context = await newContext();
    const window = await open(context);
    return {
      ...window,
      context,
      server,
      userDataDir,
      openWindow: async ({ folder, otherBrowser } = {}) => open(otherBrowser ? await newContext() : context, folder),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {string} userDataDir
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(userDataDir, settings) {
  await mkdir(path.join(userDataDir, 'User'), { recursive: true });
  await writeFile(path.join(userDataDir, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
}
