import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInCatalogue } from '../../src/model/files/catalogue.ts';
import { contextFor, costByMemory, kvBytes, scoreModel } from '../../src/model/inspectFit.ts';
import type { Machine, ModelScore, ModelToInspect } from '../../src/model/inspectTypes.ts';

const { models } = builtInCatalogue();
const chat = models.filter(({ kind }) => kind === 'chat');

function model(id: string): ModelToInspect {
  return models.find((one) => one.id === id) ?? assert.fail(id);
}

function machine(gigabytes: number, cores: number, changes: Partial<Machine> = {}): Machine {
  return {
    ram: { total: gigabytes * 1e9, free: gigabytes * 0.6e9 },
    vram: { total: 0, free: 0 },
    unified: false,
    cores,
    gpu: 'none',
    gpuTypes: [],
    gpuNames: [],
    ...changes,
  };
}

function best(on: Machine): ModelScore {
  const scores = chat.map((one) => scoreModel(one, costByMemory(one, 8192), on)).filter(({ fits }) => fits === 'well');
  return scores.sort((a, b) => b.score - a.score)[0] ?? assert.fail('nothing fits');
}

test('the cache of a token is what its keys and values take', () => {
  assert.equal(kvBytes(model('qwen3-8b'), 1), 147_456);
  assert.equal(kvBytes(model('qwen3-14b'), 1000), 163_840_000);
});

test('a conversation gets no more than the model was trained on, a passage what it needs', () => {
  assert.equal(contextFor(model('smollm2-1.7b'), 32_768), 8192);
  assert.equal(contextFor(model('qwen3-8b'), 32_768), 32_768);
  assert.equal(contextFor(model('bge-reranker-v2-m3'), 32_768), 2048);
});

test('weights that are laid out anew cost half as much again', () => {
  const cost = (quantisation: string): number =>
    costByMemory({ ...model('qwen3-4b-2507'), quantisation }, 8192).ramBytes;
  assert.equal(Math.round(cost('Q4_0') - cost('Q4_K_M')), model('qwen3-4b-2507').bytes / 2);
});

test('what is too large is said to be, with the numbers', () => {
  const large = model('qwen3-14b');
  const small = scoreModel(large, costByMemory(large, 8192), machine(8, 8));
  assert.equal(small.fits, 'no');
  assert.equal(small.score, 0);
  assert.match(small.why, /^It needs about 10\.\d GB of memory, but this machine has 8\.0 GB\.$/);
  const some = scoreModel(large, costByMemory(large, 8192), machine(16, 8));
  assert.equal(some.fits, 'tight');
  assert.match(some.why, /of which 9\.6 GB are free/);
  assert.equal(scoreModel(large, costByMemory(large, 8192), machine(32, 8)).fits, 'well');
});

test('a small machine is offered a small model, a larger one a larger', () => {
  const size = (on: Machine): number => model(best(on).id).parameters;
  const laptop = size(machine(8, 2));
  const usual = size(machine(16, 8));
  assert.ok(laptop < 2e9, `${laptop}`);
  assert.ok(usual > 2e9 && usual < 5e9, `${usual}`);
  assert.ok(size(machine(64, 32)) >= usual);
});

test('layers on a GPU make a large model a good choice', () => {
  const large = model('qwen3-14b');
  const gpu = machine(32, 8, { gpu: 'cuda', vram: { total: 24e9, free: 22e9 } });
  const cost = costByMemory(large, 8192);
  const on = { ...cost, ramBytes: 1e9, vramBytes: 10.5e9, gpuLayers: 41 };
  const score = (gpuLayers: number): number => scoreModel(large, { ...on, gpuLayers }, gpu).score;
  assert.ok(score(41) > 0.9 && score(20) < score(41) && score(0) < score(20));
  assert.match(
    scoreModel(large, on, gpu).why,
    /10\.5 GB of the GPU’s; this machine has 32\.0 GB and 24\.0 GB on the GPU/,
  );
  assert.equal(scoreModel(large, { ...on, vramBytes: 30e9 }, gpu).fits, 'no');
});

test('memory that is shared with the GPU is counted once', () => {
  const large = model('qwen3-14b');
  const apple = machine(16, 8, { gpu: 'metal', unified: true, vram: { total: 11e9, free: 10e9 } });
  const cost = { ramBytes: 1e9, vramBytes: 14e9, gpuLayers: 41, contextTokens: 8192 };
  assert.equal(scoreModel(large, cost, apple).fits, 'no');
  assert.match(scoreModel(large, cost, apple).why, /15\.0 GB of memory/);
});
