// The same learner in a real VS Code: start-up beside one with an empty database, and the dashboard from the mouse button
// going down to its plots being painted.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../scripts/host/browser.mjs';
import type { Row } from './model/report.ts';
import { summarise } from './model/samples.ts';
import { activationTime } from './window.ts';

/** What the probe leaves in each frame. */
interface Probed {
  pressedAt?: number;
  /** When the plots in view were painted first. */
  seenAt?: number;
  /** When all were. */
  plotsAt?: number;
  /** When VS Code began to load the page. */
  loadedAt?: number;
}

/** Runs in every frame before its own scripts. */
function probe(): void {
  const here = globalThis as Probed;
  addEventListener(
    'mousedown',
    () => {
      here.pressedAt = Date.now();
    },
    true,
  );
  const plotCount = 6;
  const note = (what: 'seenAt' | 'plotsAt'): void => {
    if (here[what] !== undefined) return;
    here[what] = NaN;
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        here[what] = Date.now();
      });
    });
  };
  // Timers outlive the writing of the page's document, observers don't (see window.ts).
  const timer = setInterval(() => {
    const figures = [...document.querySelectorAll('#root main:not([hidden]) section.figure')];
    if (figures.length === 0) return;
    here.loadedAt = performance.timeOrigin;
    const drawn = figures.filter((figure) => figure.querySelector('svg.plot'));
    const inView = figures.filter((figure) => figure.getBoundingClientRect().top < innerHeight);
    if (inView.every((figure) => drawn.includes(figure))) note('seenAt');
    if (drawn.length < plotCount) return;
    clearInterval(timer);
    note('plotsAt');
  }, 4);
}

/** A machine that is busy is slow, not broken. */
const patience = 120_000;

interface Drawn {
  /** From the mouse button going down until the plots in view are painted. */
  readonly ms: number;
  /** Of it, until VS Code has made a webview and begins to load the page. */
  readonly pageMs: number;
  /** Until those plots are painted, too, that one has to scroll to. */
  readonly allMs: number;
}

/** Activation with the database at `path` and without, in turns, and the dashboard. */
export async function benchLearnerWindow(vsix: string, path: string, rounds: number): Promise<Row[]> {
  const full: number[] = [];
  const empty: number[] = [];
  const first: Drawn[] = [];
  const again: Drawn[] = [];
  for (let round = 0; round < rounds; round++) {
    await withProfile(undefined, async (userDataDir) => {
      empty.push(await activationOf(vsix, userDataDir));
    });
    await withProfile(path, async (userDataDir) => {
      full.push(await activationOf(vsix, userDataDir));
    });
    await withProfile(path, async (userDataDir) => {
      const workbench = await openWorkbench({ vsix, userDataDir, beforeLoad: (page) => page.addInitScript(probe) });
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
  const ms = (drawn: readonly Drawn[], of: keyof Drawn) => summarise(drawn.map((one) => one[of]));
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
      value: ms(again, 'ms'),
      bar: { at: 'most', limit: 300 },
    },
    { what: '… until VS Code begins to load the page', unit: 'ms', value: ms(again, 'pageMs') },
    { what: '… until all plots are painted', unit: 'ms', value: ms(again, 'allMs') },
    { what: 'dashboard, first webview of the window', unit: 'ms', value: ms(first, 'ms') },
    { what: '… until VS Code begins to load the first', unit: 'ms', value: ms(first, 'pageMs') },
  ];
}

async function openDashboard({ page }: Workbench): Promise<Drawn> {
  // The buttons of a view show when the mouse is over it.
  await page.locator('.pane-header', { hasText: 'Chapters' }).hover({ timeout: patience });
  await page.getByRole('button', { name: 'Show the dashboard' }).first().click({ timeout: patience });
  for (const end = Date.now() + patience; Date.now() < end;) {
    await page.waitForTimeout(20);
    for (const frame of page.frames()) {
      const { seenAt = NaN, plotsAt = NaN, loadedAt = NaN } = await probed(frame);
      const { pressedAt = NaN } = await probed(page);
      if (plotsAt >= pressedAt)
        return { ms: seenAt - pressedAt, pageMs: loadedAt - pressedAt, allMs: plotsAt - pressedAt };
    }
  }
  throw new Error('the dashboard was never painted');
}

async function probed(frame: Pick<Page, 'evaluate'>): Promise<Probed> {
  return frame
    .evaluate(() => {
      const { pressedAt, seenAt, plotsAt, loadedAt } = globalThis as Probed;
      return JSON.stringify({ pressedAt, seenAt, plotsAt, loadedAt });
    })
    .then(
      // What isn't there yet, or not a number yet, is left out or null.
      (text) => JSON.parse(text, (_, value: unknown) => value ?? undefined) as Probed,
      () => ({}),
    );
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
