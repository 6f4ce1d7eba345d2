// What a learner does on a first evening, in a real VS Code with the packed extension, by mouse and keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { packed } from './packed.ts';

let workbench: Workbench;
const complaints: string[] = [];

before(async () => {
  workbench = await openWorkbench({
    vsix: await packed(),
    beforeLoad: (page) => {
      page.on('console', (message) => {
        if (
          /content security policy/i.test(message.text()) &&
          /handbook|dist\/webview/i.test(message.location().url + message.text())
        ) {
          complaints.push(message.text());
        }
      });
      return Promise.resolve();
    },
  });
});

after(async () => {
  await workbench.close();
});

const row = (label: string): Locator => workbench.page.locator('.monaco-list-row', { hasText: label }).first();
const status = (): Locator => workbench.page.locator('.statusbar-item', { hasText: 'studied' });
const reader = (): Promise<Frame> => workbench.frameWith('.chapter-head h1');
const heading = async (): Promise<string> => (await reader()).locator('.chapter-head h1').innerText();

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await holds().catch(() => false)) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for: ${what}`);
}

test('the sidebar shows the book: orientation and nine sections', async () => {
  await workbench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /Handbook/ })
    .click();
  for (const section of ['Orientation', 'I. Foundations', 'V. LLM', 'IX. Multimodal']) await row(section).waitFor();
});

test('a chapter opens from the keyboard', async () => {
  const section = row('VI. Performance');
  await section.click();
  await row('FlashAttention').click();
  await waitFor('the chapter', async () => (await heading()) === 'FlashAttention');
});

test('marking it in the reader shows in the tree and in the status bar', async () => {
  const frame = await reader();
  await frame.locator('label.mark', { hasText: 'Studied' }).click();
  await waitFor('the status bar', async () => (await status().innerText()).includes('1/55'));
  await waitFor(
    'the checkbox',
    async () => (await row('FlashAttention').locator('[role=checkbox][aria-checked=true]').count()) === 1,
  );
});

test('a citation of an answer opens the passage, highlighted', async () => {
  await workbench.runCommand('Handbook: Ask a question');
  const ask = await workbench.frameWith('vscode-text-area');
  await ask.locator('textarea').fill('what does GPTQ do?');
  await ask.locator('textarea').press('Enter');
  await ask.locator('.answered').waitFor();
  const citation = ask.locator('.sentences button').first();
  assert.match((await citation.getAttribute('aria-label')) ?? '', /^Source 1/);
  await citation.click();
  await waitFor('the cited chapter', async () => (await heading()) === 'Parameter Quantization');
  await waitFor('the highlight', async () => (await (await reader()).evaluate(() => CSS.highlights.size)) > 0);
});

test('a follow-up is understood from the conversation', async () => {
  const ask = await workbench.frameWith('vscode-text-area');
  await ask.locator('textarea').fill('how many bits does it use?');
  await ask.locator('textarea').press('Enter');
  await waitFor('a second answer', async () => (await ask.locator('.turn.answered').count()) === 2);
  assert.match(await ask.locator('.turn').last().innerText(), /Quantization/);
});

test('what the handbook does not cover is declined, with the nearest passages', async () => {
  const ask = await workbench.frameWith('vscode-text-area');
  await ask.locator('textarea').fill('how do I make sourdough starter from scratch?');
  await ask.locator('textarea').press('Enter');
  await waitFor('the refusal', async () => /doesn.t cover/i.test(await ask.locator('.turn').last().innerText()));
});

test('search forgives a slip and opens the passage', async () => {
  const input = workbench.page.locator('.quick-input-widget input.input');
  // The chapter that the test before has opened takes the focus once it is drawn, which closes whatever box is open.
  await waitFor('the search box', async () => {
    await workbench.runCommand('Handbook: Search');
    await input.fill('speculitive decod', { timeout: 3000 });
    return true;
  });
  await workbench.page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Speculative Decoding' })
    .first()
    .waitFor();
  await input.press('Enter');
  await waitFor('the chapter', async () => (await heading()) === 'Speculative Decoding');
});

test('a second window shows the mark at once', async () => {
  const second = await workbench.openWindow();
  const there = second.page.locator('.statusbar-item', { hasText: 'studied' });
  await waitFor('the first mark', async () => (await there.innerText()).includes('1/55'));
  await (await reader()).locator('label.mark', { hasText: 'Studied' }).click();
  await waitFor('the second mark', async () => (await there.innerText()).includes('2/55'));
  await second.page.close();
});

test('after a reload the reader is back at its chapter', async () => {
  await workbench.reload();
  await waitFor('the chapter', async () => (await heading()) === 'Speculative Decoding');
  await waitFor('the marks', async () => (await status().innerText()).includes('2/55'));
});

test('a mark survives the extension host being killed right after it shows', async () => {
  const frame = await reader();
  await frame.locator('label.mark', { hasText: 'Not started' }).click();
  await waitFor('the mark', async () => (await status().innerText()).includes('1/55'));
  for (const pid of workbench.server.extensionHosts()) process.kill(pid, 'SIGKILL');
  await workbench.reload();
  await waitFor('the mark again', async () => (await status().innerText()).includes('1/55'));
});

test('the pages broke no rule of their content security policy', () => {
  assert.deepEqual(complaints, []);
});
