// The line and the choice under the question box.

import type { Locator } from 'playwright-core';
import { about } from './askPage.ts';
import type { OpenPage } from './harness.ts';

export const chapter = { ...about, text: '' };
export const line = ({ page }: OpenPage): Locator => page.locator('.model-line');
export const choice = ({ page }: OpenPage): Locator => page.getByRole('combobox', { name: 'How to answer' });

/** The words of the choice as the control shows them. */
export const chosen = ({ page }: OpenPage): Promise<string> =>
  page.evaluate<string>(
    `document.querySelector('vscode-dropdown').shadowRoot.querySelector('.selected-value').innerText.trim()`,
  );

export async function choose(ask: OpenPage, mode: string): Promise<void> {
  await choice(ask).click();
  await ask.page.getByRole('option', { name: mode }).click();
}
