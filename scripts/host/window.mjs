// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('playwright-core').Frame} Frame
 * @typedef {import('playwright-core').Locator} Locator
 *
 * @typedef {object} Window One VS Code window: a tab of the browser.
 * @property {Page} page
 * @property {(selector: string, timeout?: number) => Promise<Frame>} frameWith The webview that shows such an element.
 * @property {(title: string) => Promise<void>} runCommand Picks a command, by its whole title, from the command palette.
 * @property {(row: Locator, entry: string) => Promise<void>} chooseFromMenu Chooses from the context menu of a row.
 * @property {() => Promise<void>} reload Once VS Code has written down what is open.
 */

const PATIENCE = 30_000;

/** In a browser VS Code writes down every five seconds, if it has a moment, which editors are open and what their pages keep. */
const WRITING_DOWN = 7000;

/**
 * @param {Page} page
 * @returns {Window}
 */
export function windowOf(page) {
  return {
    page,

    async frameWith(selector, timeout = PATIENCE) {
      for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
        for (const frame of page.frames().filter(isWebview)) {
          const visible = frame.locator(selector).first().isVisible();
          if (await visible.catch(() => false)) return frame; // a frame may go away while we look
        }
      }
      throw new Error(`No webview shows ${selector}`);
    },

    async runCommand(title) {
      const palette = page.locator('.quick-input-widget');
      const rows = palette.locator('.monaco-list-row');
      const label = page.locator('.label-name', { hasText: exactly(title) });
      // The palette lists what was there when it opened, and an extension's commands come a moment after the window.
      for (const end = Date.now() + PATIENCE; ; await page.keyboard.press('Escape')) {
        try {
          await page.keyboard.press('F1');
          await palette.locator('input.input').fill(`>${title}`, { timeout: 2000 });
          return await rows.filter({ has: label }).first().click({ timeout: 2000 });
        } catch (error) {
          if (Date.now() < end) continue;
          const offered = (await rows.allInnerTexts()).join(', ');
          throw new Error(`No command "${title}"; the palette offers: ${offered}`, { cause: error });
        }
      }
    },

    async chooseFromMenu(row, entry) {
      // Its name goes on with the key that does the same.
      const item = page.locator('.monaco-menu').getByRole('menuitem', { name: entry }).first();
      // A tree that is drawn anew meanwhile takes the menu away.
      for (const end = Date.now() + PATIENCE; ; await page.keyboard.press('Escape')) {
        try {
          await row.click({ button: 'right', timeout: 5000 });
          // A click that comes too soon after the menu opened is taken for the end of the one that opened it.
          await item.hover({ timeout: 3000 });
          await page.keyboard.press('Enter');
          return await item.waitFor({ state: 'detached', timeout: 3000 });
        } catch (error) {
          if (Date.now() >= end) throw error;
        }
      }
    },

    async reload() {
      await sleep(WRITING_DOWN);
      await page.reload();
      await workbenchReady(page);
    },
  };
}

/**
 * Waits until the workbench is drawn and its extensions have been read.
 *
 * @param {Page} page
 */
export async function workbenchReady(page) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 2 * PATIENCE });
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: PATIENCE });
}

/** @param {Frame} frame */
function isWebview(frame) {
  return frame.parentFrame() !== null && !frame.isDetached();
}

/** @param {string} text */
function exactly(text) {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}
