// Saved papers of sixteen pages in a real VS Code: from the mouse button going down on a row in the library to the first page
// being painted.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright, type Locator, type Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../scripts/host/browser.mjs';
import { chromium, CHROMIUM_ARGUMENTS } from '../scripts/host/chromium.mjs';
import { emptyLibrary } from '../test/browser/filledLibrary.ts';
import { articleOf } from '../test/library/extract/article.ts';
import { printArticle } from '../test/library/extract/printArticle.ts';
import { tableOf } from './model/report.ts';
import { summarise } from './model/samples.ts';
import { notePainting, notePresses, patience, untilPainted, type Moments } from './painting.ts';

/** Papers, with the chapter that each has besides those that all have. */
const titles = new Map([
  ['What models cost', 'low-rank-adapters-lora'],
  ['What models save', 'distillation-and-merging'],
  ['What models read', 'key-value-caching-and-paged-attention'],
  ['What models write', 'mixture-of-experts'],
]);
/** A page that has rested so long has told how it looks. */
const untilSeen = 2500;

export async function benchDocument(vsix: string, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  const first: Moments[] = [];
  const others: Moments[] = [];
  const again: Moments[] = [];
  try {
    const browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
    const chapters = ['parameter-quantization', 'speculative-decoding', 'cpu-offloading', 'flashattention', 'vq-vae'];
    for (const [title, chapter] of titles) {
      await printArticle(browser, articleOf(...chapters, chapter), 2, join(folder, `${title}.pdf`), true);
    }
    await browser.close();
    for (let round = 0; round < rounds; round++) {
      const userDataDir = join(folder, `user-${round}`);
      const library = emptyLibrary(userDataDir);
      for (const title of titles.keys()) await library.addFile(join(folder, `${title}.pdf`), { title });
      await library.dispose();
      const workbench = await openWorkbench({ vsix, userDataDir, beforeLoad });
      try {
        await workbench.page
          .locator('.activitybar')
          .getByRole('tab', { name: /Handbook/ })
          .click();
        await workbench.page.locator('.pane-header', { hasText: /^Library/ }).click();
        // Read into the search: what the page is given is there.
        for (const title of titles.keys())
          await rowOf(workbench, title).getByText('searchable').waitFor({ timeout: patience });
        for (const [n, title] of [...titles.keys()].entries()) {
          (n === 0 ? first : others).push(await openPaper(workbench, title, ['words', 'painted']));
          await workbench.page.waitForTimeout(untilSeen);
          await workbench.runCommand('View: Close All Editors');
        }
        for (const title of [...titles.keys()].slice(1)) {
          again.push(await openPaper(workbench, title, ['seen', 'painted']));
          await workbench.runCommand('View: Close All Editors');
        }
      } finally {
        await workbench.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const ms = (painted: readonly Moments[], of: string) => summarise(painted.map((one) => one[of] ?? NaN));
  console.log('Saved papers of sixteen pages in VS Code, from the mouse button going down on a row of the library');
  const bar = { at: 'most', limit: 300 } as const;
  const rows = tableOf([
    {
      what: 'PDF opened for the first time: its words painted at their places',
      unit: 'ms',
      value: ms(others, 'words'),
      bar,
    },
    { what: '… until VS Code begins to load the page', unit: 'ms', value: ms(others, 'loaded') },
    { what: '… until its first page is drawn', unit: 'ms', value: ms(others, 'painted') },
    { what: 'PDF opened again: painted as it was last seen', unit: 'ms', value: ms(again, 'seen'), bar },
    { what: '… until VS Code begins to load it again', unit: 'ms', value: ms(again, 'loaded') },
    { what: '… until its page is drawn anew', unit: 'ms', value: ms(again, 'painted') },
    { what: 'PDF, first webview of the window: its words painted', unit: 'ms', value: ms(first, 'words') },
    { what: '… until VS Code begins to load the first', unit: 'ms', value: ms(first, 'loaded') },
    { what: '… until the first one is drawn', unit: 'ms', value: ms(first, 'painted') },
  ]);
  console.table(rows);
}

async function beforeLoad(page: Page): Promise<void> {
  await notePresses(page);
  await notePainting(page, 'words', ['.sketch text']);
  await notePainting(page, 'seen', ['.seen img']);
  await notePainting(page, 'painted', ['.page[data-loaded] canvas']);
}

function rowOf({ page }: Workbench, title: string): Locator {
  return page.locator('.monaco-list-row', { hasText: title });
}

async function openPaper(workbench: Workbench, title: string, names: readonly string[]): Promise<Moments> {
  await rowOf(workbench, title).click({ timeout: patience });
  return untilPainted(workbench.page, names);
}
