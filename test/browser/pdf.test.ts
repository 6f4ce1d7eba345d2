// A saved paper in the packed extension, by mouse and keyboard: read, searched, cited, highlighted, and found again after
// the window was loaded anew.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame, Locator, Page } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { articleOf } from '../library/extract/article.ts';
import { printArticle } from '../library/extract/printArticle.ts';
import { emptyLibrary } from './filledLibrary.ts';
import { packed } from './packed.ts';

let workbench: Workbench;
let folder: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pdf-user-'));
  const vsix = await packed();
  const printing = await openWorkbench({});
  const paper = path.join(folder, 'paper.pdf');
  const browser = printing.context.browser();
  assert.ok(browser);
  await printArticle(browser, articleOf('parameter-quantization', 'speculative-decoding'), 2, paper, true);
  await printing.close();
  const userDataDir = path.join(folder, 'user');
  const library = emptyLibrary(userDataDir);
  await library.addFile(paper, { title: 'What models cost' });
  await library.dispose();
  workbench = await openWorkbench({
    vsix,
    userDataDir,
    viewport: { width: 1280, height: 900 },
    beforeLoad: noteBehind,
  });
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
});
after(async () => {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
});

const row = (label: string | RegExp): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const pdf = (): Promise<Frame> => workbench.frameWith('.page[data-loaded] canvas');

async function openView(name: RegExp): Promise<void> {
  const header = workbench.page.locator('.pane-header', { hasText: name });
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
}

/** What stood there before pages were drawn: the words of the first, or how they were last seen. */
const stoodThere: string[] = [];

async function noteBehind(page: Page): Promise<void> {
  await page.exposeBinding('stoodThere', (_source, what: string) => {
    stoodThere.push(what);
  });
  await page.addInitScript(() => {
    const timer = setInterval(() => {
      const words = document.querySelectorAll('.sketch text').length > 20;
      if (!words && !document.querySelector<HTMLImageElement>('.seen img')?.naturalWidth) return;
      clearInterval(timer);
      (globalThis as unknown as { stoodThere: (what: string) => void }).stoodThere(words ? 'words' : 'picture');
    }, 4);
  });
}

/** A picture for whoever wants to look: where COMPANION_PICTURES says. */
async function picture(name: string): Promise<void> {
  const pictures = process.env['COMPANION_PICTURES'];
  if (pictures !== undefined) await workbench.page.screenshot({ path: `${pictures}/${name}.png` });
}

async function until(what: string, met: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await met().catch(() => false)) return;
    await workbench.page.waitForTimeout(50);
  }
  throw new Error(`Waited in vain until ${what}`);
}

const painted = async (): Promise<string> =>
  (await pdf()).evaluate(() =>
    [...(CSS.highlights.get('note-highlight') ?? [])]
      .map((range) => (range as Range).cloneContents().textContent)
      .join(' '),
  );

test('it opens from the library with its pages, which say how many they are', async () => {
  await openView(/^Library/);
  // Its words are known once it has been read for the search.
  await row(/What models cost.*searchable/).click();
  const frame = await pdf();
  assert.match(await frame.locator('.page-count').innerText(), /^of \d+$/);
  assert.deepEqual(stoodThere, ['words']);
  await picture('pdf-open');
});

test('a sentence is highlighted by keyboard, and stands in the notes under the document’s title', async () => {
  const frame = await pdf();
  await frame.locator('.textLayer .endOfContent').first().waitFor({ state: 'attached' });
  await until('a sentence is selected', async () => {
    await frame.locator('.pages').press('Alt+ArrowDown');
    return frame.evaluate(() => (document.getSelection()?.toString().length ?? 0) > 40);
  });
  await picture('pdf-selected');
  await workbench.page.keyboard.press('Alt+h');
  await frame.locator('.note-marker').waitFor();
  assert.match(await painted(), /\w+ \w+/);
  await openView(/^Notes/);
  await row(/^What models cost\s*1 note/).waitFor();
  await picture('pdf-highlighted');
});

test('a passage that the search finds opens its page with its lines marked', async () => {
  await workbench.runCommand('Handbook: Search');
  await workbench.page
    .locator('.quick-input-widget input.input[placeholder^="What do you"]')
    .fill('rounding error in every weight');
  const found = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'What models cost' });
  // The library's come after the handbook's, and only rows in view are there.
  await until('it is found', async () => {
    await workbench.page.keyboard.press('Control+End');
    return found.first().isVisible();
  });
  await found.first().click();
  const frame = await pdf();
  const line = frame.locator('.cited-line').first();
  await line.waitFor({ state: 'attached' });
  await until('the line is in view', () =>
    line.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  );
  await picture('pdf-cited');
});

test('after the window was loaded again, the page, its place and the highlight are there', async () => {
  const frame = await pdf();
  const box = frame.getByRole('textbox', { name: 'Page', exact: true });
  await box.fill('2');
  await box.press('Enter');
  await frame.locator('.page[data-page-number="2"] canvas').waitFor();
  await workbench.reload();
  const again = await pdf();
  await until('it is on page 2', async () => (await again.locator('.page-box').inputValue()) === '2');
  await again.getByRole('textbox', { name: 'Page', exact: true }).fill('1');
  await again.getByRole('textbox', { name: 'Page', exact: true }).press('Enter');
  await until('the highlight is painted', async () => (await painted()) !== '');
  await again.locator('.note-marker').waitFor();
});

test('it stands there at once when the learner comes back to it, or opens it again', async () => {
  // It tells how it looks when it has rested a while.
  await workbench.page.waitForTimeout(2500);
  for (const leave of ['File: New Untitled Text File', 'View: Close All Editors']) {
    stoodThere.length = 0;
    await workbench.runCommand(leave);
    await row('What models cost').click();
    await until('its picture was seen', () => Promise.resolve(stoodThere[0] === 'picture'));
    const frame = await pdf();
    await frame.locator('.behind').waitFor({ state: 'detached' });
  }
});

test('it is read as text, and as pages again', async () => {
  const frame = await pdf();
  await frame.getByRole('button', { name: 'Contents' }).click();
  await picture('pdf-beside');
  await frame.getByRole('button', { name: 'Read as text' }).click();
  const text = await workbench.frameWith('.document h1');
  await text.getByRole('button', { name: 'Read the PDF' }).click();
  await pdf();
});

test('a row of the notes opens the page at the note', async () => {
  await workbench.runCommand('View: Close All Editors');
  await openView(/^Notes/);
  await row(/^What models cost/).waitFor();
  await workbench.page.locator('.monaco-list-row', { hasText: /^“/ }).first().click();
  const frame = await pdf();
  await frame.getByRole('dialog', { name: 'Highlight' }).waitFor();
  await picture('pdf-note');
});
