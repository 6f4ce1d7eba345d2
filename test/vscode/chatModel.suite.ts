// The local model as VS Code and other extensions use it: through the model picker's API, with the specimen in its process.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, until } from './collect.ts';
import { endless, set, specimen, withModel } from './withModel.ts';

const never = new vscode.CancellationTokenSource().token;
const user = (content: Parameters<typeof vscode.LanguageModelChatMessage.User>[0]): vscode.LanguageModelChatMessage =>
  vscode.LanguageModelChatMessage.User(content);

/** The model as the picker has it once it is chosen. */
async function picked(): Promise<vscode.LanguageModelChat> {
  return until('the picker lists the model', async () => {
    const [model] = await vscode.lm.selectChatModels({ vendor: 'handbook', id: 'local' });
    return model;
  });
}

const weather: vscode.LanguageModelChatTool = {
  name: 'weather',
  description: 'Tells the weather of a place.',
  inputSchema: {
    type: 'object',
    required: ['place'],
    properties: { place: { enum: ['Paris', 'Rome'] }, days: { anyOf: [{ type: 'integer' }] } },
  },
};

test('a chosen model writes for anybody in VS Code, and says how large its context really is', () =>
  withModel(specimen(), async ({ model }) => {
    const before = await picked();
    const { text } = await before.sendRequest([user('What is attention?')], { modelOptions: {} }, never);
    const written: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of text) written.push(piece);
    };
    // Without passages the specimen doesn't always come to an end.
    await read().catch((error: unknown) => {
      assert.match(String(error), /stopped at its length limit/);
    });
    assert.ok(written.join('').length > 0);
    const context = model.card?.contextTokens;
    assert.ok(context);
    await until('the true context is known', async () => (await picked()).maxInputTokens < context);
    const [info] = [await picked()];
    assert.ok(info.maxInputTokens >= context / 2);
    const words = 'The key-value cache grows with the context.';
    const [count] = await model.countTokens([words], new AbortController().signal);
    assert.equal(await info.countTokens(words, never), count);
  }));

test('a conversation with system rules and results of tools is understood', () =>
  withModel(specimen(), async () => {
    const model = await picked();
    const call = new vscode.LanguageModelToolCallPart('1', 'weather', { place: 'Rome' });
    const result = new vscode.LanguageModelToolResultPart('1', [new vscode.LanguageModelTextPart('sunny')]);
    const { text } = await model.sendRequest(
      [user('What is it like?'), vscode.LanguageModelChatMessage.Assistant([call]), user([result])],
      {},
      never,
    );
    assert.ok((await Array.fromAsync(text)).join('').length > 0);
  }));

test('rules of a system message, which VS Code’s own agents send, stand in the prompt as such', () =>
  withModel(specimen(), async ({ model: local }) => {
    const model = await picked();
    const promptOf = async (messages: readonly vscode.LanguageModelChatMessage[]): Promise<number> => {
      const { text } = await model.sendRequest([...messages], {}, never);
      await Array.fromAsync(text);
      return local.lastAnswer?.promptTokens ?? 0;
    };
    const rules = 'Answer in one short sentence.';
    // The stable typings have no name for this role.
    const system = Object.assign(user(rules), { role: 3 });
    const asked = user('What is attention?');
    const joined = await promptOf([user(rules), asked]);
    const apart = await promptOf([system, asked]);
    // A message of its own has its own marks in the chat template.
    assert.ok(apart > joined, `${apart} tokens apart, ${joined} joined`);
  }));

test('an answer that is cut at its length limit doesn’t pass for a whole one', () =>
  endless((file) =>
    withModel(file, async () => {
      await set('engine.contextTokens', '512');
      try {
        const model = await picked();
        const { text } = await model.sendRequest([user('A transformer is')], {}, never);
        const written: string[] = [];
        await assert.rejects(async () => {
          for await (const piece of text) written.push(piece);
        }, /stopped at its length limit of \d+ tokens/);
        assert.ok(written.join('').length > 20, 'what was written is there');
      } finally {
        await set('engine.contextTokens', undefined);
      }
    }),
  ));

test('a tool that must be called is called, with input that fits its schema', () =>
  withModel(specimen(), async () => {
    const model = await picked();
    const { stream } = await model.sendRequest(
      [user('How is the weather in Rome?')],
      { tools: [weather], toolMode: vscode.LanguageModelChatToolMode.Required },
      never,
    );
    const parts = await Array.fromAsync(stream);
    const [call] = parts;
    assert.ok(call instanceof vscode.LanguageModelToolCallPart, JSON.stringify(parts));
    assert.equal(call.name, 'weather');
    const { place, days, ...more } = call.input as { place?: unknown; days?: unknown };
    assert.ok(place === 'Paris' || place === 'Rome');
    assert.ok(days === undefined || Number.isInteger(days));
    assert.deepEqual(more, {});
  }));

test('stopping a request frees the model', () =>
  withModel(specimen(), async ({ model: local }) => {
    const model = await picked();
    const stop = new vscode.CancellationTokenSource();
    const { text } = await model.sendRequest([user('Tell me everything about attention. '.repeat(20))], {}, stop.token);
    const reading = (async () => {
      for await (const piece of text) if (piece !== '') stop.cancel();
    })();
    await reading.catch(() => undefined);
    await until('nothing is being written', () => !local.busy);
  }));

test('a prompt that the context can’t hold is refused in words, not cut', () =>
  withModel(specimen(), async () => {
    const model = await picked();
    await assert.rejects(async () => {
      const { text } = await model.sendRequest([user('attention and memory '.repeat(4000))], {}, never);
      await Array.fromAsync(text);
    }, /tokens, but the context holds only|context/);
  }));
