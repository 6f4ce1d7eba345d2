import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTokeniser } from '../../../scripts/specimen/bytePairs.ts';
import { readGguf, weightsOf } from '../../../scripts/specimen/gguf.ts';
import { inLlama } from './llama.ts';
import { buildRandomModel, chainOf, shapes } from './shapes.ts';
import { spokenVocabulary } from './syllables.ts';

const folder = mkdtempSync(join(tmpdir(), 'shapes-'));
after(() => {
  rmSync(folder, { recursive: true });
});

for (const type of ['f16', 'q8_0', 'q4_0'] as const) {
  test(`a chain model in ${type} follows its chain from wherever the text ends`, async () => {
    const path = join(folder, `chain-${type}.gguf`);
    buildRandomModel(path, { shape: 'tiny', type, seed: 1, chain: true });
    const chain = chainOf('tiny');
    const run = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);
    const { tokenised, continued } = await inLlama({
      kind: 'language',
      path,
      tokenise: [chain.text(run(100, 50))],
      continue: [chain.text(run(100, 50)), chain.text([5, 900, 17]), 'Hello', chain.text([chain.words - 1])],
      tokens: 25,
    });
    assert.deepEqual(tokenised, [run(100, 50).map(chain.tokenOf)]);
    assert.deepEqual(
      continued.map(({ tokens }) => tokens),
      [150, 18, 0, 0].map((from) => run(from, 25).map(chain.tokenOf)),
    );
    assert.equal(continued[0]?.text, chain.text(run(150, 25)));
  });
}

test('a model with random weights loads and says something', async () => {
  const path = join(folder, 'random.gguf');
  buildRandomModel(path, { shape: 'tiny', type: 'q8_0', seed: 1 });
  const { continued } = await inLlama({ kind: 'language', path, continue: ['Hello there'], tokens: 10 });
  assert.equal(continued.length, 1);
});

test('the same seed gives the same bytes, another seed others', () => {
  const build = (seed: number): Buffer => {
    const path = join(folder, `seed-${seed}.gguf`);
    buildRandomModel(path, { shape: 'tiny', type: 'q4_0', seed });
    return readFileSync(path);
  };
  assert.ok(build(1).equals(build(1)));
  assert.ok(!build(1).equals(build(2)));
});

test('the half-billion shape has as many weights as it says', () => {
  const path = join(folder, 'large.gguf');
  buildRandomModel(path, { shape: 'half-billion', type: 'q4_0', seed: 1 });
  const { tensors, metadata } = readGguf(path);
  rmSync(path);
  const weights = tensors.reduce((sum, { dimensions }) => sum + weightsOf(dimensions), 0);
  assert.equal(Math.round(weights / 1e6), 630);
  const tokens = metadata.find(({ key }) => key === 'tokenizer.ggml.tokens')?.value.value;
  assert.ok(Array.isArray(tokens) && tokens.length === shapes['half-billion'].vocabulary);
});

test('every word of a spoken vocabulary is one token', () => {
  const vocabulary = spokenVocabulary(40_000);
  const { encode, decode } = createTokeniser(vocabulary);
  assert.equal(new Set(vocabulary.tokens).size, 40_000);
  for (let word = 0; word < vocabulary.words; word += 7) {
    const id = vocabulary.firstWord + word;
    assert.deepEqual(encode(decode([id])), [id]);
  }
});
