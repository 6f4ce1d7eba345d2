// Start-up and the reader, in a real VS Code: from the mouse button going down to the chapter being painted.

import type { Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../scripts/host/browser.mjs';
import { quantile, shownMs } from './timing.ts';

/** What the probe leaves in each frame. */
interface Probed {
  /** When the mouse button went down last, in milliseconds since 1970, in the window's own frame. */
  pressedAt?: number;
  /** The chapter's title as it was painted last, and when. */
  painted?: { readonly title: string; readonly at: number };
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
  // VS Code writes the page's document after this ran, which ends observers and animation frames begun before, but not
  // timers. Their 4 ms are part of what is measured.
  setInterval(() => {
    const title = document.querySelector('.chapter-head h1')?.textContent ?? '';
    if (title === '' || title === here.painted?.title) return;
    // The second frame begins when the first has been painted.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        if (title !== here.painted?.title) here.painted = { title, at: Date.now() };
      });
    });
  }, 4);
}

/** Prints activation and chapter-opening times of `rounds` fresh windows. */
export async function benchWindow(vsix: string, rounds: number): Promise<void> {
  const activation: number[] = [];
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) {
    activation.push(await activationOf(vsix));
    const workbench = await openWorkbench({ vsix, beforeLoad: (page) => page.addInitScript(probe) });
    try {
      await workbench.page
        .locator('.activitybar')
        .getByRole('tab', { name: /Handbook/ })
        .click();
      await rowOf(workbench.page, 'VI. Performance').click();
      first.push(await openChapter(workbench, 'Parameter Quantization'));
      for (const title of ['Speculative Decoding', 'FlashAttention', 'CPU Offloading', 'Parameter Quantization']) {
        again.push(await openChapter(workbench, title));
      }
    } finally {
      await workbench.close();
    }
  }
  const shown = (times: number[]): Record<string, string> => {
    const sorted = times.sort((a, b) => a - b);
    return {
      n: String(sorted.length),
      median: shownMs(quantile(sorted, 0.5)),
      'p95 or worst': shownMs(quantile(sorted, 0.95)),
    };
  };
  console.log('In VS Code, milliseconds (bars: activation ≤ 30, chapter ≤ 150)');
  console.table({
    'activation, as VS Code reports it': shown(activation),
    'chapter: mouse down → painted, reader open': shown(again),
    'chapter: mouse down → painted, first of the window (makes the webview)': shown(first),
  });
}

const rowOf = (page: Page, text: string) => page.locator('.monaco-list-row', { hasText: text }).first();

async function openChapter({ page }: Workbench, title: string): Promise<number> {
  await rowOf(page, title).click();
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    await page.waitForTimeout(20);
    for (const frame of page.frames()) {
      const painted = await frame.evaluate(() => (globalThis as Probed).painted).catch(() => undefined);
      if (painted?.title !== title) continue;
      const pressedAt = await page.evaluate(() => (globalThis as Probed).pressedAt ?? NaN);
      if (painted.at >= pressedAt) return painted.at - pressedAt;
    }
  }
  throw new Error(`${title} was never painted`);
}

/** Activation as it happens by itself when a window starts: a click sooner would measure every other extension's start too. */
async function activationOf(vsix: string): Promise<number> {
  const workbench = await openWorkbench({ vsix });
  try {
    await workbench.page.locator('.statusbar-item', { hasText: 'studied' }).waitFor();
    return await activationTime(workbench);
  } finally {
    await workbench.close();
  }
}

/** Loading the bundle and `activate()`, from VS Code's list of running extensions. */
export async function activationTime({ page, runCommand }: Workbench): Promise<number> {
  // Tall enough for the whole list: VS Code makes only the rows that show.
  await page.setViewportSize({ width: 1280, height: 2400 });
  await runCommand('Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'GenAI Handbook' }).first();
  await row.waitFor();
  const found = /Activation:?\s*(\d+)\s*ms/i.exec(await row.innerText());
  if (!found) throw new Error('VS Code reports no activation time');
  return Number(found[1]);
}
