// A quiz in a real VS Code with the packed extension: from the tree, by keyboard, into the chapter, through a reload.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { packed } from './packed.ts';

let workbench: Workbench;

before(async () => {
  workbench = await openWorkbench({ vsix: await packed() });
});

after(async () => {
  await workbench.close();
});

const row = (label: string): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const quiz = (): Promise<Frame> => workbench.frameWith('.step');
const chapter = 'Markov Models';

async function shot(name: string): Promise<void> {
  const shots = process.env['COMPANION_SHOTS'];
  if (shots !== undefined) await workbench.page.screenshot({ path: `${shots}/vscode-quiz-${name}.png` });
}

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for: ${what}`);
}

/** Answers the question that is shown, by keyboard: the first choice, or nothing written and not known. */
async function answerByKeyboard(): Promise<void> {
  const frame = await quiz();
  if (await frame.locator('label.choice').first().isVisible()) {
    await frame.locator('.prompt').press('1');
    await workbench.page.keyboard.press('Enter');
  } else {
    await frame.locator('textarea').press('Enter');
    await frame.locator('.compared').waitFor();
    await frame.locator('.compared').press('3');
  }
  await frame.locator('.verdict').waitFor();
}

test('the context menu of a chapter starts its quiz', async () => {
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
  await row('I. Foundations').click();
  await workbench.chooseFromMenu(row(chapter), 'Quiz me');
  const frame = await quiz();
  await waitFor('the first question', async () =>
    (await frame.locator('.where').innerText()).includes('Question 1 of 10'),
  );
  await shot('question');
});

test('questions are answered without the mouse', async () => {
  for (let n = 1; n <= 2; n++) {
    await answerByKeyboard();
    await shot(`answered-${n}`);
    const frame = await quiz();
    await workbench.page.keyboard.press('Enter');
    await waitFor(`question ${n + 1}`, async () =>
      (await frame.locator('.where').innerText()).startsWith(`Question ${n + 1} of 10`),
    );
  }
});

test('the passage opens beside the quiz, highlighted', async () => {
  await answerByKeyboard();
  await (await quiz()).getByRole('button', { name: 'Read it in the chapter' }).click();
  const reader = await workbench.frameWith('.chapter-head h1');
  assert.equal(await reader.locator('.chapter-head h1').innerText(), chapter);
  await reader.locator('.cited-passage').waitFor();
  assert.match(await (await quiz()).locator('.where').innerText(), /Question 3 of 10/);
  await shot('beside');
});

test('the reader’s end says how it went', async () => {
  const reader = await workbench.frameWith('.chapter-head h1');
  await reader.locator('.quiz-offer').scrollIntoViewIfNeeded();
  assert.match(await reader.locator('.quiz-offer').innerText(), /\d of 3 right last time/);
  await shot('reader');
});

test('after a reload of the window the quiz goes on where it was', async () => {
  await workbench.reload();
  const frame = await quiz();
  await waitFor('the question', async () => (await frame.locator('.where').innerText()).includes('Question 3 of 10'));
  await frame.locator('.verdict').waitFor();
  await frame.getByRole('button', { name: 'Next question' }).click();
  await waitFor('the next', async () => (await frame.locator('.where').innerText()).includes('Question 4 of 10'));
  await frame.getByRole('button', { name: 'End quiz' }).click();
  await frame.locator('.score').waitFor();
  assert.match(await frame.locator('.score').innerText(), /^\d of 3 right$/);
  await shot('result');
});
