// Highlights and notes in the packed extension, by mouse and keyboard, and after the window was loaded again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Frame, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { packed } from './packed.ts';

let workbench: Workbench;

before(async () => {
  workbench = await openWorkbench({ vsix: await packed(), viewport: { width: 1280, height: 900 } });
});
after(async () => {
  await workbench.close();
});

const row = (label: string): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const reader = (): Promise<Frame> => workbench.frameWith('.chapter-head h1');

/** Opens the view of notes, which is folded at first. */
async function openNotes(): Promise<void> {
  const header = workbench.page.locator('.pane-header', { hasText: /^Notes/ });
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
}

/** A picture for whoever wants to look: where COMPANION_PICTURES says. */
async function picture(name: string): Promise<void> {
  const folder = process.env['COMPANION_PICTURES'];
  if (folder !== undefined) await workbench.page.screenshot({ path: `${folder}/${name}.png` });
}

test('words are highlighted with the mouse and noted with the keyboard, and stand in the tree', async () => {
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
  await row('VI. Performance').click();
  await row('Parameter Quantization').click();
  const frame = await reader();
  await frame.locator('#why p .sentence').first().waitFor();
  await frame.locator('#why h2').scrollIntoViewIfNeeded();
  // A double click selects a word.
  await frame
    .locator('#why p .sentence')
    .nth(1)
    .dblclick({ position: { x: 150, y: 8 } });
  await frame.getByRole('button', { name: 'Highlight this' }).click();
  await frame.locator('#why .note-marker').waitFor();

  await frame.locator('#why h2').click();
  await workbench.page.keyboard.press('Alt+ArrowDown');
  await workbench.page.keyboard.press('Alt+ArrowDown');
  await workbench.page.keyboard.press('Alt+n');
  await frame.getByRole('textbox', { name: 'Your note' }).waitFor();
  await workbench.page.keyboard.type('Mind the **step** of [each] group');
  await picture('notes-writing');
  await workbench.page.keyboard.press('Control+Enter');
  await frame
    .getByRole('button', { name: /^Note: Mind the|notes here$/ })
    .first()
    .waitFor();

  await openNotes();
  await row('Mind the **step** of [each] group').waitFor();
  await picture('notes-tree');
});

test('after the window was loaded again the note is there, and its row opens it', async () => {
  await workbench.reload();
  await openNotes();
  const noted = row('Mind the');
  await noted.waitFor();
  await noted.click();
  const frame = await reader();
  const card = frame.getByRole('dialog', { name: 'Note' });
  await card.waitFor();
  await card.locator('strong', { hasText: 'step' }).waitFor();
  assert.equal(await frame.evaluate(() => CSS.highlights.get('note')?.size), 1);
  await picture('notes-open');
});
