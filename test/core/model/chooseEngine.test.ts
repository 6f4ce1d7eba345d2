import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseEngine } from '../../../src/core/model/chooseEngine.ts';
import type { MachineFacts, ModelFacts } from '../../../src/core/model/chooseEngine.ts';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import type { EngineSettings } from '../../../src/core/model/engineSettings.ts';
import { kvBytesPerToken } from '../../../src/core/model/kvCache.ts';

const machine: MachineFacts = { cores: 8, mathCores: 8 };
const halfBillion = { kvHeads: Array.from({ length: 24 }, () => 2), keyLength: 64, valueLength: 64 };
const model: ModelFacts = {
  trainContextTokens: 32_768,
  attention: halfBillion,
  flashAttention: true,
  rewindsFreely: true,
};
const choose = (
  settings: Partial<EngineSettings> = {},
  facts: Partial<ModelFacts> = {},
  on: Partial<MachineFacts> = {},
): ReturnType<typeof chooseEngine> =>
  chooseEngine({ ...automaticSettings, ...settings }, { ...machine, ...on }, { ...model, ...facts });

test('the automatic choice', () => {
  assert.deepEqual(choose(), {
    threads: 7,
    batchTokens: 128,
    contextTokens: { min: 512, max: 8192 },
    flashAttention: 'auto',
    kvCache: 'f16',
    kvBytesPerToken: 12_288,
    speculation: 'lookup',
    notes: [],
  });
});

test('one core is left to the editor, and threads never pass the cores', () => {
  assert.equal(choose({}, {}, { cores: 2, mathCores: 2 }).threads, 1);
  assert.equal(choose({}, {}, { cores: 1, mathCores: 1 }).threads, 1);
  assert.equal(choose({}, {}, { cores: 16, mathCores: 6 }).threads, 6);
  assert.equal(choose({ threads: 8 }).threads, 8);
  const many = choose({ threads: 64 });
  assert.equal(many.threads, 8);
  assert.match(many.notes.join(), /threads: 64 asked for/);
  assert.equal(choose({ threads: 0 }).threads, 1);
});

test('a context is never longer than the model was trained on', () => {
  assert.deepEqual(choose({}, { trainContextTokens: 2048 }).contextTokens, { min: 512, max: 2048 });
  assert.deepEqual(choose({}, { trainContextTokens: 256 }).contextTokens, { min: 256, max: 256 });
  assert.deepEqual(choose({}, { trainContextTokens: 0 }).contextTokens, { min: 512, max: 4096 });
  assert.deepEqual(choose({ contextTokens: 16_384 }).contextTokens, { min: 16_384, max: 16_384 });
  const long = choose({ contextTokens: 1_000_000 });
  assert.deepEqual(long.contextTokens, { min: 32_768, max: 32_768 });
  assert.match(long.notes.join(), /trained on 32768/);
});

test('a quantised KV cache is refused where it can’t be had, and that is said', () => {
  assert.equal(choose({ kvCache: 'q8_0' }).kvCache, 'q8_0');
  assert.equal(choose({ kvCache: 'q8_0' }).kvBytesPerToken, 6528);
  const odd = choose({ kvCache: 'q4_0' }, { attention: { ...halfBillion, keyLength: 80 } });
  assert.deepEqual([odd.kvCache, odd.notes.length], ['f16', 1]);
  const off = choose({ kvCache: 'q8_0', flashAttention: 'off' });
  assert.deepEqual([off.kvCache, off.flashAttention, off.notes.length], ['f16', false, 1]);
});

test('FlashAttention is off where the model can’t have it', () => {
  assert.equal(choose({}, { flashAttention: false }).flashAttention, false);
  assert.equal(choose({ flashAttention: 'on' }, { flashAttention: false }).notes.length, 1);
  assert.equal(choose({ flashAttention: 'on' }).flashAttention, true);
});

test('nothing is guessed ahead where a wrong guess can’t be taken back', () => {
  assert.equal(choose({}, { rewindsFreely: false }).speculation, 'off');
  assert.equal(choose({ speculation: 'lookup' }, { rewindsFreely: false }).notes.length, 1);
  assert.equal(choose({ speculation: 'off' }).speculation, 'off');
  assert.equal(choose({ speculation: 'draft', draftFile: '/a.gguf' }).speculation, 'draft');
  assert.equal(choose({ speculation: 'draft' }).speculation, 'lookup');
});

test('layers without attention take no KV cache', () => {
  assert.equal(kvBytesPerToken({ kvHeads: [2, 0, 2], keyLength: 64, valueLength: 64 }, 'f16'), 1024);
});
