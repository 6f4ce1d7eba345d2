import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ToAsk } from '../../src/protocol/ask.ts';
import { longestQuestion } from '../../src/vscode/askMessages.ts';
import { pause, test, until } from './collect.ts';
import { companion } from './companion.ts';
import { found, pageOf, scripted } from './askPages.ts';

test('a question that the handbook covers is answered with citations that lead somewhere', async () => {
  const { ask, study } = await companion();
  const turn = await ask.ask(randomUUID(), 'What is a hidden Markov model?');
  assert.equal(turn.ended, 'finished');
  assert.equal(turn.declined, undefined);
  assert.ok(turn.sentences.length > 0);
  const numbers = new Set(turn.sources.map(({ number }) => number));
  for (const { citations } of turn.sentences) {
    assert.ok(citations.length > 0 && citations.every((number) => numbers.has(number)));
  }
  const { passages } = await study.text();
  assert.ok(turn.sources.every(({ passageId }) => passages.has(passageId)));
});

test('a question about something else is declined', async () => {
  const { ask } = await companion();
  const turn = await ask.ask(randomUUID(), 'What is the capital of Australia?');
  assert.equal(turn.ended, 'finished');
  assert.equal(turn.declined?.reason, 'not-covered');
  assert.deepEqual(turn.sentences, []);
});

test('a question that is too long gets an answer, too: that it is', async () => {
  const { ask } = await companion();
  const turn = await ask.ask(randomUUID(), 'why '.repeat(longestQuestion));
  assert.equal(turn.ended, 'failed');
  assert.ok(turn.question.length < 400);
});

test('questions asked at the same time are all answered, the earlier ones as stopped', async () => {
  const { ask } = await companion();
  const turns = await Promise.all(
    ['What is dropout?', 'What is a token?', 'What is attention?'].map((text) => ask.ask(randomUUID(), text)),
  );
  assert.equal(turns.at(-1)?.ended, 'finished');
  assert.ok(turns.every(({ ended }) => ended === 'finished' || ended === 'stopped'));
});

test('what was asked is kept in a conversation, with its first question as title', async () => {
  const { ask, study } = await companion();
  await vscode.commands.executeCommand('handbook.newConversation');
  assert.equal(ask.conversation?.turns.length, 0);
  const turn = await ask.ask(randomUUID(), 'What is perplexity?');
  const kept = (await study.store()).conversation(ask.conversation.id);
  assert.equal(kept?.title, 'What is perplexity?');
  assert.deepEqual(
    kept.turns.map((each) => each.id),
    [turn.id],
  );
});

test('Stop ends a question that still waits for its model, at once', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    yield { type: 'progress', progress: { phase: 'loading', fraction: 0.1 } };
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise(() => undefined);
  });
  const turn = await ask.ask(randomUUID(), 'how long?');
  assert.deepEqual([turn.ended, turn.sources.length], ['stopped', 1]);
  close();
});

test('each question gets one end, a removed conversation or a broken answer included', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    await pause(5);
    throw new Error('broken');
  });
  const page = pageOf(ask);
  page.says({ type: 'ready' });
  const shown = await until('the page shows a conversation', () => page.shows());
  page.says({ type: 'ask', turnId: 'a', text: 'one?' });
  const ended = (): ToAsk[] => page.told.filter(({ type }) => type === 'ended');
  await until('it has ended', () => ended().length === 1);
  page.says({ type: 'ask', turnId: 'b', text: 'two?' });
  page.says({ type: 'removeConversation', conversationId: shown.conversation.id });
  await until('both have ended', () => ended().length === 2);
  await pause(50);
  assert.equal(ended().length, 2);
  assert.notEqual(page.shows()?.conversation.id, shown.conversation.id);
  close();
});
