// A saved paper of sixteen pages in a real VS Code: from the mouse button going down on its row in the library to its first
// page being painted.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright, type Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../scripts/host/browser.mjs';
import { chromium, CHROMIUM_ARGUMENTS } from '../scripts/host/chromium.mjs';
import { emptyLibrary } from '../test/browser/filledLibrary.ts';
import { articleOf } from '../test/library/extract/article.ts';
import { printArticle } from '../test/library/extract/printArticle.ts';
import { tableOf } from './model/report.ts';
import { summarise } from './model/samples.ts';
import { notePainting, notePresses, patience, untilPainted, type Moments } from './painting.ts';

export async function benchDocument(vsix: string, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'document-'));
  const first: Moments[] = [];
  const again: Moments[] = [];
  try {
    const paper = join(folder, 'paper.pdf');
    const browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
    const chapters = [
      ...['parameter-quantization', 'speculative-decoding', 'cpu-offloading'],
      ...['flashattention', 'low-rank-adapters-lora', 'vq-vae'],
    ];
    await printArticle(browser, articleOf(...chapters), 2, paper, true);
    await browser.close();
    for (let round = 0; round < rounds; round++) {
      const userDataDir = join(folder, `user-${round}`);
      const library = emptyLibrary(userDataDir);
      await library.addFile(paper, { title: 'What models cost' });
      await library.dispose();
      const workbench = await openWorkbench({ vsix, userDataDir, beforeLoad });
      try {
        await workbench.page
          .locator('.activitybar')
          .getByRole('tab', { name: /Handbook/ })
          .click();
        await workbench.page.locator('.pane-header', { hasText: /^Library/ }).click();
        // Read into the search: what the page is given is there.
        await workbench.page.locator('.monaco-list-row', { hasText: 'searchable' }).waitFor({ timeout: patience });
        first.push(await openPaper(workbench));
        for (let time = 0; time < 3; time++) {
          await workbench.runCommand('View: Close All Editors');
          again.push(await openPaper(workbench));
        }
      } finally {
        await workbench.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const ms = (painted: readonly Moments[], of: string) => summarise(painted.map((one) => one[of] ?? NaN));
  console.log('A saved paper of sixteen pages in VS Code');
  const rows = tableOf([
    {
      what: 'PDF: mouse down → first page painted',
      unit: 'ms',
      value: ms(again, 'painted'),
      bar: { at: 'most', limit: 300 },
    },
    { what: '… until VS Code begins to load the page', unit: 'ms', value: ms(again, 'loaded') },
    { what: 'PDF, first webview of the window', unit: 'ms', value: ms(first, 'painted') },
    { what: '… until VS Code begins to load the first', unit: 'ms', value: ms(first, 'loaded') },
  ]);
  console.table(rows);
}

async function beforeLoad(page: Page): Promise<void> {
  await notePresses(page);
  await notePainting(page, 'painted', ['.page[data-loaded] canvas']);
}

async function openPaper({ page }: Workbench): Promise<Moments> {
  await page.locator('.monaco-list-row', { hasText: 'What models cost' }).click({ timeout: patience });
  return untilPainted(page, ['painted']);
}
