// @handbook in VS Code's own chat view, with no account: what a learner types there and what they can click.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from '../../scripts/host/browser.mjs';
import { projectRoot } from '../../scripts/host/paths.mjs';
import { askInChat, openChat } from './chatView.ts';

let workbench: Workbench;

before(async () => {
  workbench = await openWorkbench({
    developmentPath: projectRoot,
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'visible' },
  });
  await openChat(workbench);
});

after(async () => {
  await workbench.close();
});

const ask = (text: string): Promise<Locator> => askInChat(workbench, text);

test('a command without words asks for some', async () => {
  const answer = await ask('@handbook /explain');
  assert.match(await answer.innerText(), /Name a chapter or ask a question/);
});

test('an answer cites passages, and a citation opens the reader there', async () => {
  const answer = await ask('@handbook what does the KV cache store?');
  assert.match(await answer.innerText(), /key and value/i);
  const citation = answer
    .getByRole('link', { name: '[1]' })
    .or(answer.locator('a', { hasText: '[1]' }))
    .first();
  await citation.click();
  const reader = await workbench.frameWith('.chapter-head h1');
  assert.equal(await reader.locator('.chapter-head h1').innerText(), 'Key-Value Caching and Paged Attention');
});

test('questions to go on with are offered', async () => {
  const followup = workbench.page.locator('.interactive-session-followups a, .chat-followups a, .monaco-button', {
    hasText: /^\/quiz /,
  });
  await followup.first().waitFor();
});

test('a command without words is about the chapter that is open', async () => {
  const answer = await ask('@handbook /summarize');
  assert.match(await answer.innerText(), /Paged attention/);
});

test('/plan lists what to read first, in order', async () => {
  const answer = await ask('@handbook /plan FlashAttention');
  const steps = await answer.locator('ol li').allInnerTexts();
  assert.ok(steps.length > 1, steps.join());
  assert.match(steps.at(-1) ?? '', /^FlashAttention/);
});

test('/resources lists papers and opens nothing by itself', async () => {
  const answer = await ask('@handbook /resources FlashAttention');
  assert.ok((await answer.locator('ul li a').count()) > 1);
});

test('what there is no chapter for isn’t planned, nor are resources found for it', async () => {
  for (const command of ['plan', 'resources']) {
    const answer = await ask(`@handbook /${command} cooking pasta`);
    assert.match(await answer.innerText(), /doesn’t cover this/);
  }
});

test('what the handbook does not cover is declined', async () => {
  const answer = await ask('@handbook who won the football world cup?');
  assert.match(await answer.innerText(), /doesn’t cover this/);
});
