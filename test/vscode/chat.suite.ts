import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { handbookToolNames } from '../../src/core/tools/toolNames.ts';
import { test } from './collect.ts';
import { companion } from './companion.ts';

async function invoke(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

test('the tools are there for any agent, and answer', async () => {
  await companion();
  const offered = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('handbook_'));
  assert.deepEqual(offered.sort(), [...handbookToolNames].sort());
  assert.match(await invoke('handbook_search', { query: 'what is LoRA?' }), /\(low-rank-adapters-lora#/);
  assert.match(await invoke('handbook_read_chapter', { chapter: 'flashattention' }), /^# FlashAttention/);
  assert.match(await invoke('handbook_progress', {}), /of 55 chapters studied/);
});

test('a tool that is used wrongly says what to do instead', async () => {
  await assert.rejects(invoke('handbook_read_chapter', { chapter: 'no such chapter' }), /The nearest: /);
});

test('without a model file the picker has an entry that quotes and says how to get one', async () => {
  const [model] = await vscode.lm.selectChatModels({ vendor: 'handbook' });
  assert.ok(model, 'the picker has our entry');
  assert.equal(model.id, 'quotes');
  const asked = [vscode.LanguageModelChatMessage.User('what is LoRA?')];
  const { text } = await model.sendRequest(asked, {}, new vscode.CancellationTokenSource().token);
  const answer = (await Array.fromAsync(text)).join('');
  assert.match(answer, /Handbook: Choose a Model/);
  assert.match(answer, /\[1\] .*LoRA/);
});

test('what it does not cover is declined there too', async () => {
  const [model] = await vscode.lm.selectChatModels({ vendor: 'handbook' });
  assert.ok(model);
  const asked = [vscode.LanguageModelChatMessage.User('who won the football world cup?')];
  const { text } = await model.sendRequest(asked, {}, new vscode.CancellationTokenSource().token);
  assert.match((await Array.fromAsync(text)).join(''), /doesn’t cover this/);
});
