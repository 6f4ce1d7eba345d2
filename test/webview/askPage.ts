// The Ask page with somebody at it.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Locator } from 'playwright-core';
import type { AnswerEvent, ToAsk, Turn } from '../../src/protocol/ask.ts';
import { noModel } from './askSample.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { conversation, kept, sources, suggestions, texStyles } from './sample.ts';

export type ConversationMessage = Extract<ToAsk, { type: 'conversation' }>;

export const empty: ConversationMessage = {
  type: 'conversation',
  conversation: { id: 'new', title: '', startedAt: 0, turns: [] },
  kept,
  suggestions,
  model: noModel,
  scopes: { chosen: 'handbook', library: false },
};
export const full: ConversationMessage = { ...empty, conversation };
export const about = {
  chapterId: 'parameter-quantization',
  chapterTitle: 'Parameter Quantization',
  text: 'one outlier',
};

/** Where questions are looked up unless something else is chosen. */
export const scope = { kind: 'handbook' } as const;

/** The conversation with these turns. */
export function withTurns(...turns: Turn[]): ConversationMessage {
  return { ...empty, conversation: { ...conversation, turns } };
}

let pages: Pages;

/** Starts the browser for the tests of a file. */
export function usePages(): void {
  before(async () => {
    pages = await startPages(texStyles);
  });
  after(() => pages.close());
}

export async function withAsk(
  message: ConversationMessage,
  run: (ask: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const ask = await pages.open('ask', { width: 320, height: 700, ...options });
  try {
    await ask.send(message);
    await run(ask);
    assert.deepEqual(ask.faults, []);
  } finally {
    await ask.close();
  }
}

export const box = ({ page }: OpenPage): Locator => page.getByRole('textbox', { name: 'Your question' });
export const button = ({ page }: OpenPage, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Asks, and returns the id that the page gave the turn. */
export async function askFor(ask: OpenPage, question: string): Promise<string> {
  const earlier = (await ask.posted('ask')).length;
  await box(ask).fill(question);
  await box(ask).press('Enter');
  return String((await ask.next('ask', earlier))['turnId']);
}

export async function answer(ask: OpenPage, turnId: string, ...events: AnswerEvent[]): Promise<void> {
  for (const event of events) await ask.send({ type: 'answer', turnId, event });
}

export async function end(ask: OpenPage, turnId: string, ended: Turn['ended'] = 'finished'): Promise<void> {
  await ask.send({ type: 'ended', turnId, ended, kept });
}

/** Everything that was read out so far. */
export const readOut = ({ page }: OpenPage): Promise<string[]> => page.locator('[role=log] p').allInnerTexts();

export const found: AnswerEvent = { type: 'sources', coverage: 'covered', sources };

export const quoted = (text: string, ...citations: number[]): AnswerEvent => ({
  type: 'sentence',
  speaker: 'quotation',
  sentence: { text, html: text, citations },
});
