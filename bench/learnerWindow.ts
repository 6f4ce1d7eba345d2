// The same learner in a real VS Code: start-up beside one with an empty database, and the dashboard from the mouse button
// going down to its plots being painted.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../scripts/host/browser.mjs';
import type { Row } from './model/report.ts';
import { summarise } from './model/samples.ts';
import { notePainting, notePresses, patience, untilPainted, type Moments } from './painting.ts';
import { activationTime } from './window.ts';

/** Activation with the database at `path` and without, in turns, and the dashboard. */
export async function benchLearnerWindow(vsix: string, path: string, rounds: number): Promise<Row[]> {
  const full: number[] = [];
  const empty: number[] = [];
  const first: Moments[] = [];
  const again: Moments[] = [];
  const activate = (database: string | undefined, times: number[]) =>
    withProfile(database, async (userDataDir) => {
      times.push(await activationOf(vsix, userDataDir));
    });
  // VS Code tells whole milliseconds, of which a busy machine makes some more or less: many are needed to tell a tenth.
  for (let pair = 0; pair < 3 * rounds; pair++) {
    if (pair % 2 === 0) await activate(undefined, empty);
    await activate(path, full);
    if (pair % 2 === 1) await activate(undefined, empty);
  }
  for (let round = 0; round < rounds; round++) {
    await withProfile(path, async (userDataDir) => {
      const workbench = await openWorkbench({ vsix, userDataDir, beforeLoad });
      try {
        await workbench.page
          .locator('.activitybar')
          .getByRole('tab', { name: /Handbook/ })
          .click();
        first.push(await openDashboard(workbench));
        for (let time = 0; time < 3; time++) {
          await workbench.runCommand('View: Close All Editors');
          again.push(await openDashboard(workbench));
        }
      } finally {
        await workbench.close();
      }
    });
  }
  const medians = [full, empty].map((times) => summarise(times).median);
  const ms = (drawn: readonly Moments[], of: string) => summarise(drawn.map((one) => one[of] ?? NaN));
  return [
    { what: 'activation with ten years', unit: 'ms', value: summarise(full) },
    { what: 'activation with an empty database', unit: 'ms', value: summarise(empty) },
    {
      what: 'activation: ten years ÷ empty',
      unit: '×',
      value: summarise([(medians[0] ?? NaN) / (medians[1] ?? NaN)]),
      bar: { at: 'most', limit: 1.1 },
    },
    {
      what: 'dashboard: mouse down → plots in view painted',
      unit: 'ms',
      value: ms(again, 'in view'),
      bar: { at: 'most', limit: 300 },
    },
    { what: '… until VS Code begins to load the page', unit: 'ms', value: ms(again, 'loaded') },
    { what: '… until all plots are painted', unit: 'ms', value: ms(again, 'all') },
    { what: 'dashboard, first webview of the window', unit: 'ms', value: ms(first, 'in view') },
    { what: '… until VS Code begins to load the first', unit: 'ms', value: ms(first, 'loaded') },
  ];
}

/** The page draws what is in view in one go, so that with the first of its six plots all in view are there. */
async function beforeLoad(page: Page): Promise<void> {
  const plots = Array.from({ length: 6 }, (_, n) => `[aria-labelledby="figure-${n + 1}"] svg.plot`);
  await notePresses(page);
  await notePainting(page, 'in view', plots.slice(0, 1));
  await notePainting(page, 'all', plots);
}

async function openDashboard({ page }: Workbench): Promise<Moments> {
  // The buttons of a view show when the mouse is over it.
  await page.locator('.pane-header', { hasText: 'Chapters' }).hover({ timeout: patience });
  await page.getByRole('button', { name: 'Show the dashboard' }).first().click({ timeout: patience });
  return untilPainted(page, ['in view', 'all']);
}

async function activationOf(vsix: string, userDataDir: string): Promise<number> {
  const workbench = await openWorkbench({ vsix, userDataDir });
  try {
    await workbench.page.locator('.statusbar-item', { hasText: 'studied' }).waitFor({ timeout: patience });
    return await activationTime(workbench);
  } finally {
    await workbench.close();
  }
}

/** A fresh profile of VS Code, with the database where the companion looks for it. */
async function withProfile(path: string | undefined, work: (userDataDir: string) => Promise<void>): Promise<void> {
  const userDataDir = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    if (path !== undefined) {
      const target = join(userDataDir, 'User', 'globalStorage', 'genai-handbook-companion.genai-handbook-companion');
      mkdirSync(target, { recursive: true });
      cpSync(path, join(target, 'progress.db'));
    }
    await work(userDataDir);
  } finally {
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
