import assert from 'node:assert/strict';
import { test } from 'node:test';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import { parseModelSettings } from '../../../src/vscode/model/modelSettings.ts';

const parse = (values: Readonly<Record<string, unknown>>) => parseModelSettings({ get: (name) => values[name] });

test('with nothing set everything is automatic and no model is chosen', () => {
  const { model, wrong } = parse({});
  assert.deepEqual(model.engine, automaticSettings);
  assert.equal(model.file, '');
  assert.equal(model.warmChapters, true);
  assert.deepEqual(wrong, []);
});

test('what is set holds, numbers also as the text that the settings editor makes of them', () => {
  const { model, wrong } = parse({
    'model.file': ' /models/a.gguf ',
    'model.temperature': 0.7,
    'engine.gpu': 'vulkan',
    'engine.gpuLayers': '22',
    'engine.threads': 3,
    'engine.contextTokens': '8192',
    'engine.batchTokens': 'auto',
    'engine.kvCache': 'q8_0',
    'engine.lockMemory': true,
    'engine.speculation': 'off',
  });
  assert.deepEqual(wrong, []);
  assert.equal(model.file, '/models/a.gguf');
  assert.equal(model.temperature, 0.7);
  assert.deepEqual(model.engine, {
    ...automaticSettings,
    gpu: 'vulkan',
    gpuLayers: 22,
    threads: 3,
    contextTokens: 8192,
    kvCache: 'q8_0',
    lockMemory: true,
    speculation: 'off',
  });
});

test('a value that makes no sense counts as the default, and is named', () => {
  const { model, wrong } = parse({
    'model.file': 42,
    'model.temperature': 'hot',
    'model.idleMinutes': -1,
    'engine.gpu': 'magic',
    'engine.gpuLayers': 'all',
    'engine.threads': 0,
    'engine.contextTokens': 1.5,
    'engine.batchTokens': Number.NaN,
    'engine.flashAttention': true,
    'engine.lockMemory': 'yes',
    'engine.kvCache': 'q2_0',
  });
  assert.deepEqual(model, parse({}).model);
  assert.deepEqual(
    wrong.map(({ name, value }) => `${name}=${value}`),
    [
      'handbook.model.file=42',
      'handbook.model.temperature=hot',
      'handbook.model.idleMinutes=-1',
      'handbook.engine.gpu=magic',
      'handbook.engine.gpuLayers=all',
      'handbook.engine.threads=0',
      'handbook.engine.contextTokens=1.5',
      'handbook.engine.batchTokens=null',
      'handbook.engine.flashAttention=true',
      'handbook.engine.kvCache=q2_0',
      'handbook.engine.lockMemory=yes',
    ],
  );
});
