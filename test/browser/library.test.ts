// The library as a learner uses it, by mouse and keyboard. Nothing is fetched here: what is on the shelf was put there
// before, and every question whether to fetch is answered with no.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { fillLibrary } from './filledLibrary.ts';
import { packed } from './packed.ts';

let workbench: Workbench;
let userDataDir: string;

before(async () => {
  userDataDir = await mkdtemp(path.join(tmpdir(), 'library-user-'));
  await fillLibrary(userDataDir);
  workbench = await openWorkbench({ vsix: await packed(), userDataDir });
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
});

after(async () => {
  await workbench.close();
  await rm(userDataDir, { recursive: true, force: true });
});

const pane = (name: string): Locator =>
  workbench.page.locator('.pane', { has: workbench.page.getByRole('button', { name }) });
const row = (label: string): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const dialog = (): Locator => workbench.page.locator('.monaco-dialog-box');

/** Picks an entry of a row's context menu. */
const pick = (label: string, entry: string): Promise<void> => workbench.chooseFromMenu(row(label), entry);

test('the view shows what is kept: what it is, how large, what failed and why', async () => {
  await workbench.page.locator('.pane-header', { hasText: 'Library' }).click();
  for (const [label, words] of [
    ['Attention, measured', 'PDF + page · 2.4 MB'],
    ['A page that has moved', 'failed: not found'],
    ['A talk on attention', 'Ann Author · 40 min · link'],
    ['Notes on attention.md', 'Markdown · 48 bytes · searchable'],
  ] as const) {
    await row(label).filter({ hasText: words }).waitFor();
  }
  assert.match(await pane('Library').locator('.pane-header').innerText(), /2\.4 MB/);
});

test('a dead link can be given another address, and a bibliography of everything is a few choices away', async () => {
  const choices = workbench.page.locator('.quick-input-widget .monaco-list-row');
  const another = choices.filter({ hasText: 'Use another address…' });
  await pick('A page that has moved', 'Replace link');
  await another.waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.runCommand('Handbook: Export bibliography…');
  await choices.filter({ hasText: 'BibTeX' }).click();
  await choices.filter({ hasText: 'My library' }).filter({ hasText: '4 entries' }).waitFor();
  await workbench.page.keyboard.press('Escape');
});

test('Enter opens a text of the learner’s, to be read', async () => {
  await row('Notes on attention.md').click();
  const reader = await workbench.frameWith('.document h1');
  await reader.getByText('A weighted sum of values.').waitFor();
  const shots = process.env['COMPANION_SHOTS'];
  if (shots !== undefined) await workbench.page.screenshot({ path: `${shots}/library-document.png` });
  // A page that still loads would take the focus from what comes next.
  await workbench.runCommand('View: Close All Editors');
});

test('a whole shelf is fetched only after a question that says how many, how much and from where', async () => {
  await row('II. Neural Sequential Prediction').waitFor();
  await pick('II. Neural Sequential Prediction', 'Save for offline');
  await dialog().waitFor();
  const words = await dialog().innerText();
  assert.match(words, /Save the \d+ resources of “Neural Sequential Prediction” for offline\?/);
  assert.match(words, /About \d+ MB from .*arxiv\.org/);
  assert.match(words, /\d+ films are kept as links\./);
  assert.match(words, /nothing of yours leaves this machine/);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'hidden' });
  assert.equal(await pane('Library').locator('.monaco-list-row').count(), 4);
});

test('Delete removes what can be fetched again at once, and asks for what can’t', async () => {
  await pick('A page that has moved', 'Remove from library');
  await row('A page that has moved').waitFor({ state: 'detached' });
  // A click opens it, and the focus goes along.
  await row('Notes on attention.md').click();
  await workbench.runCommand('Handbook: Focus on Library View');
  await workbench.page.keyboard.press('Delete');
  await dialog().waitFor();
  assert.match(await dialog().innerText(), /your file stays/);
  await dialog().getByRole('button', { name: 'Remove' }).click();
  await row('Notes on attention.md').waitFor({ state: 'detached' });
  assert.equal(await pane('Library').locator('.monaco-list-row').count(), 2);
});
