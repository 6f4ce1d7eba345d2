import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stem, termsOf, wordsOf } from '../../../src/core/search/words.ts';

test('hyphenated words meet their parts and their joined form', () => {
  assert.deepEqual(wordsOf('k-means'), ['k', 'means', 'kmeans']);
  assert.deepEqual(wordsOf('VQ-VAE'), ['vq', 'vae', 'vqvae']);
  assert.deepEqual(wordsOf('C++ and F16'), ['c++', 'and', 'f16']);
});

test('both spellings of English meet', () => {
  for (const [british, american] of [
    ['quantisation', 'quantization'],
    ['optimiser', 'optimizer'],
    ['normalising', 'normalizing'],
    ['behaviour', 'behavior'],
    ['modelling', 'modeling'],
    ['analyse', 'analyze'],
  ] as const) {
    assert.deepEqual(termsOf(british), termsOf(american), british);
  }
});

test('quotation marks, possessives and punctuation are no part of a word', () => {
  assert.deepEqual(wordsOf('“Karpathy’s” model’s (loss)?!'), ['karpathy', 'model', 'loss']);
});

test('any input gives words or nothing', () => {
  for (const text of ['', '   ', '+++', ':~^*', '\u0000\uFFFF', '𝔘𝔫𝔦', '--a--b--', 'é'.repeat(10_000)]) {
    assert.ok(Array.isArray(wordsOf(text)));
  }
  assert.deepEqual(wordsOf(':~^* ?'), []);
});

test('what a learner asks with is not what is looked for', () => {
  assert.deepEqual(termsOf('how do I explain what attention is?'), [stem('attention')]);
});
