// The packed extension, installed in a real VS Code, with a model: it is loaded in its process and answers.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { specimen } from '../model/specimen/specimen.ts';
import { askInChat, lastAnswer, openChat } from './chatView.ts';
import { packed } from './packed.ts';

let own: string;
let workbench: Workbench;

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'model-'));
  const userDataDir = path.join(own, 'user');
  // Settings of the machine, not of the person: in a browser's VS Code they have a file of their own.
  await mkdir(path.join(userDataDir, 'Machine'), { recursive: true });
  await writeFile(
    path.join(userDataDir, 'Machine/settings.json'),
    JSON.stringify({ 'handbook.model.file': await specimen('q8_0'), 'handbook.model.warmChapters': false }),
  );
  workbench = await openWorkbench({
    vsix: await packed(),
    userDataDir,
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'visible' },
  });
});

after(async () => {
  await workbench.close();
  await rm(own, { recursive: true, force: true, maxRetries: 3 });
});

const ask = (): Promise<Frame> => workbench.frameWith('vscode-text-area');

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for: ${what}`);
}

test('the Ask view names the model that will answer', async () => {
  await workbench.runCommand('Handbook: Ask a question');
  const line = (await ask()).locator('.model-line');
  await waitFor('the model’s name', async () => /specimen/i.test(await line.innerText()));
  assert.match((await line.getAttribute('data-state')) ?? '', /^(?:idle|loading|ready)$/);
});

test('a question is answered by the model, not quoted', async () => {
  const frame = await ask();
  await frame.locator('textarea').fill('what does GPTQ do?');
  await frame.locator('textarea').press('Enter');
  await waitFor('the answer', async () => (await frame.locator('.turn.answered').count()) === 1);
  const turn = frame.locator('.turn').last();
  assert.equal(await turn.locator('.fallback').count(), 0, await turn.innerText());
  assert.match(await turn.locator('.speaker').innerText(), /^Written by .*specimen.* on your machine/i);
  assert.match(await turn.locator('.answer').innerText(), /\w/);
  assert.equal(await frame.locator('.model-line').getAttribute('data-state'), 'ready');
});

test('a citation that the model wrote opens its passage in the reader', async () => {
  const frame = await ask();
  const turn = frame.locator('.turn').last();
  const citation = turn.locator('.answer .citation').first();
  const number = await citation.innerText();
  const source = turn.locator('.evidence .source').filter({
    has: frame.locator('.number', { hasText: new RegExp(`^${number}$`) }),
  });
  assert.match(await source.innerText(), /Parameter Quantization/);
  await citation.click();
  await waitFor('the chapter', async () => {
    const reader = await workbench.frameWith('.chapter-head h1');
    return (await reader.locator('.chapter-head h1').innerText()) === 'Parameter Quantization';
  });
});

test('in VS Code’s chat the same model answers, and citations open the reader', async () => {
  await openChat(workbench);
  await workbench.page.locator('.chat-input-container', { hasText: 'Handbook specimen' }).waitFor();
  const answer = await askInChat(workbench, '@handbook what does the KV cache store?');
  assert.doesNotMatch(await answer.innerText(), /could not answer|No model is chosen/);
  // The chat shows the end of a long answer.
  await answer
    .locator('a', { hasText: /^\[\d+\]$/ })
    .last()
    .click();
  await workbench.frameWith('.chapter-head h1');
});

test('/explain lists the passages it used, and a question to go on with is asked by keyboard', async () => {
  const { page } = workbench;
  const answer = await askInChat(workbench, '@handbook /explain what does GPTQ do?');
  assert.doesNotMatch(await answer.innerText(), /could not answer/);
  // VS Code folds what went before the answer, and keeps the end of that in sight.
  await answer.locator('summary.completed-response-summary').dispatchEvent('click');
  const used = answer.locator('.chat-used-context-label', { hasText: /^Used \d+ references?/ });
  await used.locator('.monaco-button').dispatchEvent('click');
  const rows = answer.locator('.chat-used-context-list .monaco-list-row', { hasText: 'Parameter Quantization' });
  await rows.first().waitFor({ state: 'attached' });
  const followup = page.locator('.interactive-session-followups .monaco-button').first();
  const words = await followup.innerText();
  // By keyboard: VS Code still moves the button, or makes it anew, while it draws the answer's end.
  const asked = page.locator('.interactive-request', { hasText: words }).last();
  await waitFor('the question', async () => {
    if ((await asked.count()) > 0) return true;
    await followup.press('Enter', { timeout: 2000 });
    await asked.waitFor({ state: 'attached', timeout: 3000 });
    return true;
  });
  await lastAnswer(page);
});

test('/quiz asks, and leads to the quiz of the chapter', async () => {
  const answer = await askInChat(workbench, '@handbook /quiz FlashAttention');
  assert.match(await answer.innerText(), /\w/);
  await answer.getByRole('button', { name: 'Open the quiz' }).click();
  const quiz = await workbench.frameWith('.step');
  assert.match(await quiz.locator('body').innerText(), /FlashAttention/);
});

test('/summarize reads the whole chapter', async () => {
  const answer = await askInChat(workbench, '@handbook /summarize FlashAttention', 120_000);
  assert.doesNotMatch(await answer.innerText(), /could not answer/);
});
