// Answers that are written again, gone on with or stopped, and conversations that go meanwhile.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Question } from '../../src/core/question.ts';
import { pause, test, until } from './collect.ts';
import { companion } from './companion.ts';
import { found, block, pageOf, scripted } from './askPages.ts';

test('an answer that is written again takes the place of the kept one', async () => {
  const { ask, study } = await companion();
  await vscode.commands.executeCommand('handbook.newConversation');
  const first = await ask.ask(randomUUID(), 'What is perplexity?');
  await ask.ask(randomUUID(), 'What is a token?');
  const again = await ask.ask(first.id, '', { again: 'regenerate' });
  assert.deepEqual([again.id, again.question, again.ended], [first.id, 'What is perplexity?', 'finished']);
  const kept = (await study.store()).conversation(ask.conversation?.id ?? '');
  assert.deepEqual(
    kept?.turns.map(({ question }) => question),
    ['What is perplexity?', 'What is a token?'],
  );
});

test('a model’s answer is kept, written again, and stays what it was if the new one is stopped', async () => {
  const texts = ['One [1].', 'Two [1].', 'Thr'];
  const { ask, kept, close } = await scripted(async function* (_question, signal) {
    const text = texts.shift() ?? '';
    yield found;
    yield block(0, text);
    if (text !== 'Thr') return;
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  });
  const { id } = await ask.ask(randomUUID(), 'how many?', { mode: 'explain' });
  assert.deepEqual(await kept(), ['One [1]. finished']);
  await ask.ask(id, '', { again: 'regenerate' });
  assert.deepEqual(await kept(), ['Two [1]. finished']);
  const stopped = await ask.ask(id, '', { again: 'regenerate' });
  assert.equal(stopped.mode, 'explain');
  assert.deepEqual(await kept(), ['Two [1]. finished']);
  close();
});

test('a cut answer goes on, and what was added stays when it is stopped', async () => {
  const asked: Question[] = [];
  const { ask, kept, close } = await scripted(async function* (question, signal) {
    asked.push(question);
    yield found;
    yield block(0, 'One [1].');
    if (!question.continued) {
      yield { type: 'cut' };
      return;
    }
    yield block(1, 'Two [1].');
    setTimeout(() => {
      ask.stop();
    }, 10);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  });
  const { id, cut } = await ask.ask(randomUUID(), 'how many?');
  assert.equal(cut, true);
  const more = await ask.ask(id, '', { again: 'continue' });
  assert.equal(asked[1]?.continued?.id, id);
  assert.equal(more.cut, true);
  assert.deepEqual(await kept(), ['One [1]. Two [1]. stopped']);
  close();
});

test('a conversation that was thrown away while it was answered stays away', async () => {
  const { study } = await companion();
  const { ask, kept, close } = await scripted(async function* () {
    yield found;
    yield block(0, 'One [1].');
    // As another window would.
    const id = ask.conversation?.id ?? '';
    if (ask.conversation?.turns.length === 1) (await study.store()).removeConversation(id);
  });
  await ask.ask(randomUUID(), 'one?');
  const removed = ask.conversation?.id;
  await ask.ask(randomUUID(), 'two?');
  assert.deepEqual(await kept(), []);
  await ask.ask(randomUUID(), 'three?');
  assert.notEqual(ask.conversation?.id, removed);
  assert.deepEqual(await kept(), ['One [1]. finished']);
  close();
});

test('picking the conversation that is shown leaves its answer alone; picking another one stops it', async () => {
  const { ask, close } = await scripted(async function* () {
    yield found;
    yield { type: 'progress', progress: { phase: 'reading', fraction: 0.5 } };
    await new Promise(() => undefined);
  });
  const page = pageOf(ask);
  page.says({ type: 'ready' });
  const shown = await until('the page shows a conversation', () => page.shows());
  page.says({ type: 'ask', turnId: 'a', text: 'how long?' });
  await until('the answer is under way', () => page.told.some(({ type }) => type === 'answer'));
  const { id } = shown.conversation;
  const before = page.told.length;
  page.says({ type: 'showConversation', conversationId: id });
  await until('it is shown again', () => page.told.slice(before).some(({ type }) => type === 'conversation'));
  assert.equal(page.shows()?.running?.turn.id, 'a');
  assert.deepEqual(page.shows()?.running?.progress, { phase: 'reading', fraction: 0.5 });
  assert.ok(page.told.every(({ type }) => type !== 'ended'));
  const other = page.shows()?.kept.find((one) => one.id !== id);
  assert.ok(other);
  page.says({ type: 'showConversation', conversationId: other.id });
  await until('it has stopped', () =>
    page.told.some((message) => message.type === 'ended' && message.ended === 'stopped'),
  );
  assert.equal(page.shows()?.conversation.id, other.id);
  close();
});

test('a page that comes back while an answer ends is never told that it still runs', async () => {
  const finish = Promise.withResolvers<undefined>();
  const read = Promise.withResolvers<undefined>();
  const { ask, close } = await scripted(async function* () {
    yield found;
    await finish.promise;
    yield block(0, 'One [1].');
  }, read.promise);
  const asked = ask.ask(randomUUID(), 'how long?');
  const page = pageOf(ask);
  // What the page is to show takes a while to gather; meanwhile the answer ends.
  page.says({ type: 'ready' });
  await pause(20);
  finish.resolve(undefined);
  const { id } = await asked;
  read.resolve(undefined);
  const shown = await until('the page shows a conversation', () => page.shows());
  assert.equal(shown.running, undefined);
  assert.equal(shown.conversation.turns.at(-1)?.id, id);
  close();
});
