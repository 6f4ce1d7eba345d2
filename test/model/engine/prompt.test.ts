import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readGguf, tensorData, writeGguf } from '../../../scripts/specimen/gguf.ts';
import type { MetadataValue } from '../../../scripts/specimen/gguf.ts';
import type { ChatMessage } from '../../../src/core/model/language.ts';
import { ask, chainModel, chainText, open, temporaryFolder } from './opened.ts';

/** The chain model with another chat template, or with none. */
async function withTemplate(t: TestContext, template: string | undefined): Promise<string> {
  const source = readGguf(await chainModel());
  const metadata = new Map(source.metadata.map(({ key, value }): [string, MetadataValue] => [key, value]));
  metadata.delete('tokenizer.chat_template');
  if (template !== undefined) metadata.set('tokenizer.chat_template', { type: 'string', value: template });
  const path = join(await temporaryFolder(t), 'model.gguf');
  const tensors = source.tensors.map((tensor) => ({ ...tensor, data: () => [tensorData(source, tensor)] }));
  writeGguf(path, metadata, tensors);
  return path;
}

const turns =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' }}" +
  "{% if m['role'] == 'assistant' %}{{ m['content'].split('</think>')[-1] }}{% else %}{{ m['content'] }}{% endif %}" +
  "{{ '<|im_end|>' + '\\n' }}{% endfor %}";

/** Opens the thought itself, at the start of every answer. */
const opensThought = `${turns}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n<think>\\n' }}{% endif %}`;

/** Has an empty thought written before the answer where thinking isn't wanted. */
const canBeQuiet =
  `${turns}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}` +
  "{% if enable_thinking is defined and enable_thinking is false %}{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}{% endif %}";

const question: ChatMessage[] = [{ role: 'user', text: 'What?' }];

test('where the template opens the thought, what comes is thought', async (t) => {
  const engine = await open(t, { file: await withTemplate(t, opensThought) });
  assert.equal(engine.card.thinks, true);
  const { answer, thought, end } = await ask(engine, { messages: question, maxTokens: 12 });
  assert.equal(end.reason, 'length');
  assert.equal(answer, '');
  assert.equal(thought, chainText(0, 12).trimStart());
});

test('a model that is asked not to think answers at once', async (t) => {
  for (const template of [opensThought, canBeQuiet]) {
    const engine = await open(t, { file: await withTemplate(t, template) });
    const { answer, thought } = await ask(engine, { messages: question, maxTokens: 12, thoughts: 'off' });
    assert.equal(thought, '');
    assert.equal(answer, chainText(0, 12).trimStart());
  }
});

test('a thought in the answer’s text is told from the answer', async (t) => {
  const engine = await open(t, { file: await withTemplate(t, canBeQuiet) });
  const { answer, thought } = await ask(engine, {
    messages: [...question, { role: 'assistant', text: chainText(40, 2) }],
    maxTokens: 4,
  });
  assert.equal(thought, '');
  assert.equal(answer, chainText(42, 4));
});

test('an answer that is gone on with is no thought, whatever the template opens', async (t) => {
  const engine = await open(t, { file: await withTemplate(t, opensThought) });
  const { answer, thought } = await ask(engine, {
    messages: [...question, { role: 'assistant', text: chainText(40, 2) }],
    maxTokens: 4,
  });
  assert.deepEqual([answer, thought], [chainText(42, 4), '']);
});

test('a model without a template is asked all the same', async (t) => {
  const engine = await open(t, { file: await withTemplate(t, undefined) });
  assert.equal(engine.card.thinks, false);
  const { answer } = await ask(engine, { messages: question, maxTokens: 6 });
  assert.equal(answer, chainText(0, 6).trimStart());
});

test('a template that refuses the conversation says so', async (t) => {
  const strict = `{% if messages|length > 6 %}{{ raise_exception('too many turns') }}{% endif %}${turns}`;
  const engine = await open(t, { file: await withTemplate(t, strict) });
  assert.ok((await ask(engine, { messages: question, maxTokens: 2 })).answer !== '');
  const many = Array.from({ length: 9 }, (_, n): ChatMessage => ({
    role: n % 2 === 0 ? 'user' : 'assistant',
    text: 'a',
  }));
  await assert.rejects(ask(engine, { messages: many }), { name: 'ModelError', problem: 'not-supported' });
});

test('what repeats comes first: the next turn reuses all of the one before', async (t) => {
  const engine = await open(t, { file: await chainModel() });
  const first = await ask(engine, { messages: question, maxTokens: 8 });
  const next: ChatMessage[] = [
    ...question,
    { role: 'assistant', text: first.answer },
    { role: 'user', text: 'And then?' },
  ];
  const { reusedTokens } = (await ask(engine, { messages: next, maxTokens: 1 })).end.statistics;
  // Its last token was never evaluated, and the first lost the space before it.
  assert.ok(reusedTokens >= first.end.statistics.promptTokens, `${reusedTokens}`);
});
