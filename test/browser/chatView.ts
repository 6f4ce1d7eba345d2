// VS Code's own chat view, as a person uses it.

import type { Locator, Page } from 'playwright-core';
import type { Workbench } from '../../scripts/host/browser.mjs';

/** Opens the chat once it has our model in its picker: until then VS Code would refuse a question itself. */
export async function openChat(workbench: Workbench): Promise<void> {
  await workbench.page.locator('.statusbar-item', { hasText: 'studied' }).waitFor();
  await workbench.runCommand('Chat: Open Chat');
  await workbench.page.locator('.chat-input-container', { hasText: 'Handbook' }).waitFor({ timeout: 30_000 });
}

/** Types a question into the chat and gives back the answer once it is complete, which may take `timeout` milliseconds. */
export async function askInChat({ page }: Workbench, text: string, timeout = 30_000): Promise<Locator> {
  // The list keeps only what is in sight: one answer at a time is always the one that was asked for.
  await page
    .locator('.part.auxiliarybar')
    .getByRole('button', { name: /^New Chat/ })
    .first()
    .click();
  // Until the old chat is gone, what is typed would go with it.
  await page.locator('.interactive-request, .interactive-response').first().waitFor({ state: 'detached' });
  const editor = page.locator('.chat-input-container .monaco-editor').first();
  await retypeUntilThere(editor, text);
  // The list of commands that typing opened would take Enter for itself.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  return lastAnswer(page, timeout);
}

/** VS Code still writes into the box of a new chat after it shows it. */
async function retypeUntilThere(editor: Locator, text: string): Promise<void> {
  const page = editor.page();
  for (let attempt = 0; attempt < 5; attempt++) {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text, { delay: 5 });
    await page.waitForTimeout(200);
    const there = await editor.locator('.view-lines').innerText();
    if (there.replace(/\s/g, '') === text.replace(/\s/g, '')) return;
  }
  throw new Error(`The box doesn’t take “${text}”`);
}

/** The last answer once it is complete. Whoever begins a new chat before loses what they type into that. */
export async function lastAnswer(page: Page, timeout = 30_000): Promise<Locator> {
  const answer = page.locator('.interactive-response').last();
  await answer.waitFor();
  const actions = answer.locator('.chat-footer-toolbar .codicon-copy, .chat-footer-toolbar .action-label');
  await actions.first().waitFor({ timeout });
  return answer;
}
