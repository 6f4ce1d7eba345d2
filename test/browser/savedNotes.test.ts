// A saved page in the packed extension, by mouse and keyboard: highlighted, noted, found again after the window was loaded
// anew and after the page was fetched anew and had changed.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import type { Library } from '../../src/library/library.ts';
import { emptyLibrary } from './filledLibrary.ts';
import { packed } from './packed.ts';

let workbench: Workbench;
let folder: string;
let library: Library;
let server: Server;

const talk = (about: string): string =>
  `<p>${`This paragraph is about ${about}, and tells of nothing else. `.repeat(8)}</p>`.repeat(4);
const noted = '<p>Tiling keeps the scores in fast memory, block by block. It <b>never</b> writes all of them.</p>';
const table = '<table><tr><th>Memory</th><th>Speed</th></tr><tr><td>SRAM</td><td>19 TB/s</td></tr></table>';
let content = `${noted}<h2>Numbers</h2>${table}${talk('numbers')}`;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-user-'));
  server = createServer((_request, response) => {
    response.end(
      `<!doctype html><title>Attention in tiles</title><article><h1>Attention in tiles</h1>${content}</article>`,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiles`;
  const userDataDir = path.join(folder, 'user');
  library = emptyLibrary(userDataDir);
  library.shelf.add([
    {
      title: 'Attention in tiles',
      creators: '',
      kind: 'blog',
      address,
      origin: 'address',
      minutes: 0,
      copies: [{ form: 'main', address, optional: false }],
    },
  ]);
  library.queue.start();
  await library.queue.whenIdle();
  const vsix = await packed();
  workbench = await openWorkbench({ vsix, userDataDir, viewport: { width: 1280, height: 900 } });
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
});
after(async () => {
  await workbench.close();
  await library.dispose();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const row = (label: string | RegExp): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const saved = (): Promise<Frame> => workbench.frameWith('.document h1');

async function openView(name: RegExp): Promise<void> {
  const header = workbench.page.locator('.pane-header', { hasText: name });
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
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

const painted = async (name: string): Promise<string> =>
  (await saved()).evaluate(
    (of) => [...(CSS.highlights.get(of) ?? [])].map((range) => (range as Range).toString()).join(' '),
    name,
  );

test('words of a saved page are highlighted with the mouse and noted by keyboard, and stand in the tree', async () => {
  await openView(/^Library/);
  await row(/Attention in tiles.*searchable/).click();
  const frame = await saved();
  // A double click selects a word.
  await frame.getByText('SRAM').dblclick({ position: { x: 12, y: 12 } });
  await frame.getByRole('button', { name: 'Highlight this' }).click();
  await frame.locator('.note-marker').waitFor();
  assert.equal(await painted('note-highlight'), 'SRAM');

  await frame.locator('article').press('Alt+ArrowDown');
  await until('a sentence is selected', async () => {
    if (await frame.evaluate(() => document.getSelection()?.toString().startsWith('Tiling keeps') ?? false))
      return true;
    await workbench.page.keyboard.press('Alt+ArrowUp');
    return false;
  });
  await picture('saved-selected');
  await workbench.page.keyboard.press('Alt+n');
  await frame.getByRole('textbox', { name: 'Your note' }).waitFor();
  await workbench.page.keyboard.type('That is **IO-awareness**');
  await workbench.page.keyboard.press('Control+Enter');
  await frame.getByRole('button', { name: /^Note: That is/ }).waitFor();
  await openView(/^Notes/);
  await row(/^Attention in tiles\s*2 notes/).waitFor();
  await picture('saved-noted');
});

test('after the window was loaded again the notes are there, and a row opens the page at its note', async () => {
  await workbench.reload();
  await saved();
  await until('they are painted', async () => (await painted('note')).startsWith('Tiling keeps the scores'));
  assert.equal(await painted('note-highlight'), 'SRAM');
  await workbench.runCommand('View: Close All Editors');
  await openView(/^Notes/);
  await row('That is **IO-awareness**').click();
  const card = (await saved()).getByRole('dialog', { name: 'Note' });
  await card.waitFor();
  await card.locator('strong', { hasText: 'IO-awareness' }).waitFor();
  await picture('saved-note');
});

test('words of the page are asked about from its context menu', async () => {
  const frame = await saved();
  await workbench.page.keyboard.press('Escape');
  const words = frame.getByText('never', { exact: true });
  await words.dblclick();
  await workbench.chooseFromMenu(words, 'Ask about this document');
  const box = (await workbench.frameWith('textarea')).locator('textarea');
  await until('the question is there', async () => (await box.inputValue()).includes('“never”'));
  await picture('saved-ask');
});

test('when the page was fetched anew and has changed, the notes stand at their words', async () => {
  content = `${talk('queries')}${noted.replace('fast memory', 'very fast memory')}<h2>Numbers</h2>${talk('numbers')}`;
  library.shelf.want(library.shelf.documents().map(({ id }) => id));
  await library.queue.whenIdle();
  await until('the page is shown anew', async () => (await saved()).getByText('very fast memory').isVisible());
  await until('the note is at its words', async () => (await painted('note')).includes('very fast memory'));
  // The table is gone, and what was marked in it is kept.
  const frame = await saved();
  await frame.getByText('Not found in the document any more').waitFor();
  await row(/^Not found any more\s*1 note/).waitFor();
  await picture('saved-changed');
});
