// VS Code's own chat view, as a person uses it.

import type { Locator } from 'playwright-core';
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
  await page.locator('.chat-input-container .monaco-editor').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text, { delay: 5 });
  // The list of commands that typing opened would take Enter for itself.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  const answer = page.locator('.interactive-response').last();
  await answer.waitFor();
  const actions = answer.locator('.chat-footer-toolbar .codicon-copy, .chat-footer-toolbar .action-label');
  await actions.first().waitFor({ timeout });
  return answer;
}
