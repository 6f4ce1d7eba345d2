// npm run screenshots [-- FOLDER]
// Takes the pictures of the README from the packed extension in a real VS Code, in a dark, a light and a high-contrast theme.
// Into media/screenshots/, or all screens in all themes into FOLDER.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Workbench } from './host/browser.mjs';
import { run } from './host/command.mjs';
import { projectRoot } from './host/paths.mjs';

const screens = ['reader', 'ask', 'search', 'map', 'quiz', 'review', 'dashboard'] as const;
type Screen = (typeof screens)[number];
type Theme = 'dark' | 'light' | 'hc' | 'hcLight';

const [folder] = process.argv.slice(2);
const shots: readonly (readonly [Theme, readonly Screen[]])[] = folder
  ? (['dark', 'light', 'hc', 'hcLight'] as const).map((theme) => [theme, screens])
  : [
      ['dark', ['reader', 'map']],
      ['light', ['ask', 'quiz']],
      ['hc', ['search']],
    ];
const target = path.resolve(folder ?? path.join(projectRoot, 'media', 'screenshots'));

const show: Record<Screen, (workbench: Workbench) => Promise<void>> = {
  async reader({ page, frameWith }) {
    const frame = await reader(frameWith);
    await frame.locator('#tiling').scrollIntoViewIfNeeded();
    await frame.evaluate(() => {
      document.querySelector('#tiling figure')?.scrollIntoView({ block: 'end' });
    });
    await settled(page);
  },

  async ask({ page, frameWith, runCommand }) {
    await runCommand('Handbook: Ask a question');
    const ask = await frameWith('vscode-text-area');
    await ask.locator('textarea').fill('why does my 4-bit model still need so much memory?');
    await ask.locator('textarea').press('Enter');
    await ask.locator('.answered').waitFor();
    await ask.locator('.sentences button').first().click();
    await settled(page);
  },

  async map({ page, frameWith, runCommand }) {
    await runCommand('Handbook: Show the map');
    await frameWith('svg');
    await settled(page);
  },

  async quiz({ page, frameWith, chooseFromMenu }) {
    await chooseFromMenu(page.locator('.monaco-list-row', { hasText: 'Speculative Decoding' }).first(), 'Quiz me');
    const quiz = await frameWith('.step');
    await quiz.locator('.step').press('1');
    await settled(page);
  },

  async review({ page, frameWith, runCommand }) {
    await runCommand('Handbook: New card');
    const form = await frameWith('.card-form');
    await form.locator('textarea').first().fill('What does the KV cache store?');
    await form
      .locator('textarea')
      .nth(1)
      .fill('For every layer and token the key and value vectors, $2 L d$ numbers a token.');
    await form.locator('vscode-button', { hasText: 'Save' }).click();
    await runCommand('Handbook: Review cards');
    await settled(page);
    await page.keyboard.press('Space');
    await settled(page);
  },

  async dashboard({ page, frameWith, runCommand }) {
    await runCommand('Handbook: Show the dashboard');
    await frameWith('main');
    await settled(page);
  },

  async search({ page, runCommand }) {
    await runCommand('Handbook: Search');
    await page.locator('.quick-input-widget input.input').fill('speculitive dec');
    await page.locator('.quick-input-list .monaco-list-row').nth(2).waitFor();
    await settled(page);
  },
};

await mkdir(target, { recursive: true });
const vsix = path.join(projectRoot, 'dist', 'screenshots.vsix');
await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: projectRoot, quiet: true });
for (const [theme, shown] of shots) {
  const workbench = await openWorkbench({ vsix, theme, viewport: { width: 1280, height: 800 } });
  try {
    await prepare(workbench);
    for (const screen of shown) {
      await show[screen](workbench);
      const file = path.join(target, folder ? `${screen}-${theme}.png` : `${screen}.png`);
      await workbench.page.screenshot({ path: file });
      console.log(path.relative(projectRoot, file));
    }
  } finally {
    await workbench.close();
  }
}

/** Opens the side bar at a chapter of which some is done. */
async function prepare({ page, frameWith }: Workbench): Promise<void> {
  await page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
  const row = (text: string): Promise<void> => page.locator('.monaco-list-row', { hasText: text }).first().click();
  await row('VI. Performance');
  await row('Parameter Quantization');
  await (await reader(frameWith)).locator('label.mark', { hasText: 'Studied' }).click();
  await row('Speculative Decoding');
  await (await reader(frameWith)).locator('label.mark', { hasText: 'Skimmed' }).click();
  await row('FlashAttention');
  await settled(page);
}

async function reader(frameWith: Workbench['frameWith']): Promise<Frame> {
  return frameWith('.chapter-head h1');
}

/** Until fonts are there and smooth scrolling has come to rest; the mouse away from what would explain itself. */
async function settled(page: Workbench['page']): Promise<void> {
  await page.mouse.move(900, 790);
  await page.waitForTimeout(1500);
}
