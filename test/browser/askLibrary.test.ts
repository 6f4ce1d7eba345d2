// A learner asks what they have saved: by mouse and keyboard, in VS Code's own window.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { onePage, stream } from '../library/extract/tinyPdf.ts';
import { emptyLibrary } from './filledLibrary.ts';
import { packed } from './packed.ts';

const notes = `# Bread notes

## Proofing

Shaped loaves go into the fridge overnight, which makes the crust blister and the taste sharper.

## Baking

The lid of the pot keeps the steam in for the first twenty minutes, so that the loaf can spring.
`;

let workbench: Workbench;
let userDataDir: string;

before(async () => {
  userDataDir = await mkdtemp(path.join(tmpdir(), 'ask-library-user-'));
  const library = emptyLibrary(userDataDir);
  const folder = await mkdtemp(path.join(tmpdir(), 'own-'));
  const put = async (name: string, content: string | Buffer): Promise<void> => {
    await writeFile(path.join(folder, name), content);
    await library.addFile(path.join(folder, name), { title: name });
  };
  await put('Bread notes.md', notes);
  const words =
    'BT /F1 12 Tf 72 700 Td (Kestrels hover against the wind and drop on voles that they have seen.) Tj' +
    ' 0 -14 Td (Owls fly at night, and hear what they hunt.) Tj ET';
  await put('Birds.pdf', onePage({ content: stream(words) }));
  await rm(folder, { recursive: true });
  await library.dispose();
  workbench = await openWorkbench({ vsix: await packed(), userDataDir });
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
  await workbench.page.locator('.pane-header', { hasText: 'Library' }).click();
  for (const name of ['Bread notes.md', 'Birds.pdf']) {
    await row(name)
      .filter({ hasText: /searchable|1 page/ })
      .waitFor();
  }
  await workbench.runCommand('Handbook: Ask a question');
});

after(async () => {
  await workbench.close();
  await rm(userDataDir, { recursive: true, force: true });
});

const row = (label: string): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const page = (): Promise<Frame> => workbench.frameWith('vscode-text-area');

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for: ${what}`);
}

async function ask(question: string): Promise<Locator> {
  const view = await page();
  const before = await view.locator('.turn:not(.waiting)').count();
  await view.locator('textarea').fill(question);
  await view.locator('textarea').press('Enter');
  const turn = view.locator('.turn:not(.waiting)').nth(before);
  await turn.waitFor();
  return turn;
}

const picker = async (): Promise<Locator> => (await page()).getByRole('combobox', { name: 'Where to look' });
/** Where the picker says the next question is looked up. */
const chosen = async (): Promise<string> =>
  (await picker()).evaluate((control) => (control as HTMLSelectElement).value);

/** Chooses where to look. */
async function look(where: string, kind: string): Promise<void> {
  await (await picker()).focus();
  await (await picker()).press('Enter');
  await (await page()).getByRole('option', { name: where }).click();
  assert.equal(await chosen(), kind);
}

async function shot(name: string): Promise<void> {
  const shots = process.env['COMPANION_SHOTS'];
  if (shots !== undefined) await workbench.page.screenshot({ path: `${shots}/${name}.png` });
}

test('the handbook and the library are asked where something is saved; a chapter that isn’t open can’t be', async () => {
  await waitFor('the library in the picker', async () => (await chosen()) === 'all');
  assert.match(
    (await (await picker()).getAttribute('title')) ?? '',
    /This chapter: Open a chapter in the reader first\./,
  );
});

test('what is asked of the library is answered from it, and a citation opens the lines', async () => {
  await look('My library', 'library');
  const turn = await ask('why does the crust blister?');
  assert.match(await turn.locator('.answer').innerText(), /Shaped loaves go into the fridge overnight/);
  assert.match(await turn.locator('.question').innerText(), /In my library/);
  assert.match(await turn.locator('.speaker').innerText(), /Quoted from your library/);
  assert.match(await turn.locator('.sources').innerText(), /Proofing[\s\S]*Bread notes[\s\S]*From your library/);
  await shot('ask-library');
  await turn.locator('.sentences button').first().click();
  const document = await workbench.frameWith('.document h1');
  await document.getByText('Shaped loaves go into the fridge overnight').waitFor();
  await document.locator('.cited-passage').first().waitFor();
  assert.equal(
    await document.evaluate("[...CSS.highlights.get('cited')].map(String).join()"),
    'Shaped loaves go into the fridge overnight, which makes the crust blister and the taste sharper.',
  );
  await shot('ask-library-opened');
});

test('a PDF is cited by its page', async () => {
  const turn = await ask('what do kestrels hover against?');
  assert.match(await turn.locator('.answer').innerText(), /Kestrels hover against the wind/);
  assert.match(await turn.locator('.sources').innerText(), /page 1/);
  await turn.locator('.sentences button').first().click();
  const document = await workbench.frameWith('.cited-line:not(.around)');
  await document.locator('.cited-line.around').waitFor();
  await document.locator('.textLayer .endOfContent').waitFor({ state: 'attached' });
  await shot('ask-library-pdf');
});

test('what the library doesn’t cover is declined', async () => {
  const turn = await ask('who won the football world cup?');
  assert.match(await turn.innerText(), /Your library doesn’t cover this\./);
});

test('the handbook alone doesn’t know what is saved', async () => {
  await look('The handbook', 'handbook');
  const turn = await ask('why does the crust blister?');
  assert.match(await turn.innerText(), /The handbook doesn’t cover this\./);
  assert.equal(await turn.locator('.from-library').count(), 0);
});

test('both are asked at once, and each answers what it knows', async () => {
  await look('Everything', 'all');
  const turn = await ask('why does the crust blister?');
  assert.match(await turn.locator('.answer').innerText(), /Shaped loaves/);
  assert.match(await (await ask('what does GPTQ do?')).locator('.speaker').innerText(), /Quoted from the handbook/);
});

test('“This chapter” follows the reader', async () => {
  await workbench.page.locator('.pane-header', { hasText: 'Library' }).click();
  await row('VI. Performance').click();
  await row('FlashAttention').click();
  await workbench.frameWith('.chapter-head h1');
  await look('This chapter', 'chapter');
  const turn = await ask('why is it faster?');
  assert.match(await turn.locator('.question').innerText(), /In FlashAttention/);
  const chapters = await turn.locator('.source .chapter').allInnerTexts();
  assert.ok(chapters.length > 0 && chapters.every((chapter) => chapter.includes('FlashAttention')), String(chapters));
  await shot('ask-chapter');
});

test('an old citation of a document that was removed says so', async () => {
  await workbench.page.locator('.pane-header', { hasText: 'Library' }).click();
  await workbench.chooseFromMenu(row('Bread notes.md'), 'Remove from library');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: /Remove/ }).click();
  await row('Bread notes.md').waitFor({ state: 'detached' });
  const turn = (await page()).locator('.turn', { hasText: 'Shaped loaves' }).first();
  await turn.locator('.sentences button').first().click();
  await workbench.page
    .getByText('This document isn’t in your library any more. Add it again to read it.')
    .first()
    .waitFor();
});
