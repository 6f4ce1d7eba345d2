// The model in VS Code, with the specimen in its real process: chosen by a setting, asked, killed, asked again.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import type { ModelState } from '../../src/vscode/model/modelState.ts';
import { test, until } from './collect.ts';
import { companion } from './companion.ts';
import { set, specimen, withModel } from './withModel.ts';

const question = 'What is a hidden Markov model?';

async function stateOf({ model }: Companion, type: ModelState['type']): Promise<ModelState> {
  return until(`the model is ${type}`, () => model.state().type === type && model.state());
}

test('nothing of a model is there before one is chosen', async () => {
  const { model, ask } = await companion();
  assert.deepEqual(model.line, { state: 'none', name: '' });
  assert.equal(model.pid, undefined);
  const turn = await ask.ask(randomUUID(), question);
  assert.equal(turn.speaker, 'quotation');
});

test('a model that is chosen answers, with citations that lead somewhere', () =>
  withModel(specimen(), async (running) => {
    const { ask, model, study } = running;
    assert.equal(model.state().type, 'idle', 'choosing loads nothing');
    const turn = await ask.ask(randomUUID(), question);
    assert.equal(turn.ended, 'finished');
    assert.equal(turn.fallback, undefined);
    assert.equal(turn.speaker, 'model');
    assert.ok(turn.blocks?.some(({ html }) => html !== ''));
    const numbers = new Set(turn.sources.map(({ number }) => number));
    assert.ok((turn.blocks ?? []).flatMap(({ citations }) => citations).every((number) => numbers.has(number)));
    const { passages } = await study.text();
    assert.ok(turn.sources.every(({ passageId }) => passages.has(passageId)));
    assert.ok((turn.seen?.prompt ?? 0) > 0);
    assert.equal(model.card?.specimen, true);
    assert.equal(turn.seen?.model, model.card.name);
    assert.equal(model.line.state, 'ready');
    assert.ok((model.lastAnswer?.generatedTokens ?? 0) > 0);
  }));

test('a question that the handbook doesn’t cover doesn’t wake the model', () =>
  withModel(specimen(), async ({ ask, model }) => {
    const turn = await ask.ask(randomUUID(), 'What is the capital of Australia?');
    assert.equal(turn.declined?.reason, 'not-covered');
    assert.equal(model.pid, undefined);
  }));

test('killing the model’s process fails nothing but its answer, and the next question works', () =>
  withModel(specimen(), async (running) => {
    const { ask, model } = running;
    await ask.ask(randomUUID(), question);
    const first = model.pid;
    assert.ok(first);
    process.kill(first, 'SIGKILL');
    const failed = await stateOf(running, 'failed');
    assert.ok(failed.type === 'failed' && failed.message !== '');
    assert.equal(model.line.problem, failed.message);
    const turn = await ask.ask(randomUUID(), question);
    assert.equal(turn.speaker, 'model');
    assert.equal(turn.fallback, undefined);
    assert.notEqual(model.pid, first);
    assert.equal(ask.conversation?.turns.length, 2);
  }));

test('a file that isn’t there is said, and the handbook is quoted', () =>
  withModel('/nowhere/model.gguf', async (running) => {
    const turn = await running.ask.ask(randomUUID(), question);
    assert.equal(turn.ended, 'finished');
    assert.equal(turn.speaker, 'quotation');
    assert.ok(turn.sentences.length > 0);
    assert.match(turn.fallback ?? '', /model\.gguf isn’t there any more/);
    assert.equal(running.model.pid, undefined, 'no process was started for it');
    assert.match(running.model.line.problem ?? '', /isn’t there/);
  }));

test('a damaged file is named, and the handbook is quoted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'damaged-'));
  try {
    const file = join(folder, 'cut.gguf');
    await copyFile(specimen(), file);
    await truncate(file, 500_000);
    await withModel(file, async (running) => {
      const turn = await running.ask.ask(randomUUID(), question);
      assert.equal(turn.speaker, 'quotation');
      assert.match(turn.fallback ?? '', /cut\.gguf is incomplete/);
      assert.equal(running.model.pid, undefined);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a model of another kind is told apart', () =>
  withModel(specimen('specimen-embedding-f16.gguf'), async ({ ask }) => {
    const turn = await ask.ask(randomUUID(), question);
    assert.equal(turn.speaker, 'quotation');
    assert.match(turn.fallback ?? '', /Choose a model that answers/);
  }));

test('other engine settings take effect with the next question', () =>
  withModel(specimen(), async (running) => {
    const { ask, model } = running;
    await ask.ask(randomUUID(), question);
    const before = model.pid;
    const { contextTokens } = model.card ?? {};
    await set('engine.contextTokens', '1024');
    try {
      await stateOf(running, 'idle');
      await ask.ask(randomUUID(), question);
      assert.notEqual(model.pid, before);
      assert.equal(model.card?.contextTokens, 1024);
      assert.notEqual(contextTokens, 1024);
    } finally {
      await set('engine.contextTokens', undefined);
    }
  }));

test('a setting that makes no sense counts as its default', () =>
  withModel(specimen(), async ({ model }) => {
    await set('engine.threads', 'many');
    try {
      assert.equal(model.settings.engine.threads, 'auto');
    } finally {
      await set('engine.threads', undefined);
    }
  }));

test('the model card shows what is loaded, and frees the memory', () =>
  withModel(specimen(), async (running) => {
    const { ask, model, modelPanel } = running;
    await ask.ask(randomUUID(), question);
    await vscode.commands.executeCommand('handbook.showModel');
    const page = await until('the page is told', () => modelPanel.shown);
    assert.equal(page.state.type, 'ready');
    assert.ok(page.memory && page.choices.length > 0 && page.facts.length > 0 && page.lastAnswer.length > 0);
    const links = [...page.choices, ...page.facts].flatMap(({ taught }) => taught ?? []);
    assert.ok(links.length >= 5);
    for (const { passageId } of links) assert.ok((await running.study.text()).passages.has(passageId), passageId);
    await model.free();
    assert.equal(model.pid, undefined);
    await until('the page is told that it is free', () => modelPanel.shown?.state.type === 'idle');
  }));

test('with an embedding and a ranking model passages are found by their meaning, too', () =>
  withModel(specimen(), async ({ answers, ask, model, study }) => {
    await set('model.embeddingFile', specimen('specimen-embedding-f16.gguf'));
    await set('model.rankingFile', specimen('specimen-ranking-f16.gguf'));
    try {
      await answers.meaning.prepare(await study.text());
      assert.equal(model.state('embedding').type, 'ready');
      assert.equal(model.state('ranking').type, 'ready');
      const turn = await ask.ask(randomUUID(), question);
      assert.equal(turn.speaker, 'model');
      assert.ok(turn.sources.length > 0);
    } finally {
      await set('model.embeddingFile', undefined);
      await set('model.rankingFile', undefined);
    }
  }));

test('what is evaluated ahead is kept; a chapter that the context can’t hold isn’t tried', () =>
  withModel(specimen(), async ({ ask, answers, model, study }) => {
    const { signal } = new AbortController();
    await ask.ask(randomUUID(), question);
    const { chapters } = await study.curriculum();
    const longest = Object.values(chapters).toSorted((a, b) => b.words - a.words)[0];
    assert.ok(longest);
    assert.equal(await answers.prefix(longest.id, signal), undefined);
    const text = `${longest.summary} ${randomUUID()} ${longest.questions.join(' ')} ${longest.objectives.join(' ')}`;
    const messages = [{ role: 'system', text }] as const;
    const first = await model.warm(messages, signal);
    assert.equal(first.fresh, true);
    assert.deepEqual(await model.warm(messages, signal), { tokens: first.tokens, fresh: false });
  }));
