import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isKnownArchitecture } from '../../../src/model/files/architectures.ts';
import { builtInCatalogue, readCatalogue } from '../../../src/model/files/catalogue.ts';
import type { CatalogueModel } from '../../../src/model/files/catalogue.ts';
import { safeFileName } from '../../../src/model/files/safeFileName.ts';

const json = readFileSync(new URL('../../../src/model/files/catalogue.json', import.meta.url), 'utf8');
const catalogue = builtInCatalogue();

/** Bits that a weight takes: what each quantisation comes to over a whole model. */
const bits: Readonly<Record<string, readonly [least: number, most: number]>> = {
  Q8_0: [8.4, 9.1],
  Q4_K_M: [4.7, 6.6],
};

/** The weights of a network of such a shape, without the few thousand of its norms. */
function weights(model: CatalogueModel, outputs: number, matrices: number): number {
  const { embedding, heads, kvHeads, headDim, feedForward, layers, vocabulary } = model;
  const attention = 2 * embedding * heads * headDim + 2 * embedding * kvHeads * headDim;
  return outputs * embedding * vocabulary + layers * (attention + matrices * embedding * feedForward);
}

test('every entry is sound', () => {
  assert.deepEqual(catalogue.problems, []);
  assert.match(catalogue.checked, /^20\d\d-\d\d-\d\d$/);
});

test('there are chat models in several sizes, models for search, and one that needs no acceptance in each size', () => {
  const kinds = Map.groupBy(catalogue.models, ({ kind }) => kind);
  const chat = kinds.get('chat') ?? [];
  assert.ok(chat.some(({ parameters }) => parameters < 0.7e9) && chat.some(({ parameters }) => parameters > 13e9));
  for (const [least, most] of [
    [0.4e9, 1e9],
    [1e9, 3e9],
    [3e9, 5e9],
    [5e9, 10e9],
    [10e9, 16e9],
  ] as const) {
    const free = chat.filter((model) => model.parameters >= least && model.parameters < most && !model.mustAccept);
    assert.ok(free.length > 0, `${least} to ${most}`);
  }
  assert.ok((kinds.get('embedding') ?? []).length >= 1 && (kinds.get('ranking') ?? []).length >= 1);
});

test('ids, files and checksums are each different', () => {
  for (const field of ['id', 'file', 'sha256', 'url'] as const) {
    assert.equal(new Set(catalogue.models.map((model) => model[field])).size, catalogue.models.length, field);
  }
});

for (const model of catalogue.models) {
  test(`${model.id}: what is said of it agrees with itself`, () => {
    assert.ok(isKnownArchitecture(model.architecture));
    assert.ok(model.url.startsWith(`${model.page}/resolve/`) && model.url.endsWith(`/${model.file}`));
    assert.ok(model.file.toLowerCase().includes(model.quantisation.toLowerCase()));
    assert.equal(model.heads % model.kvHeads, 0);

    const gated = !['bert'].includes(model.architecture);
    const guesses = [1, 2].map((outputs) => weights(model, outputs, gated ? 3 : 2));
    const near = guesses.some((guess) => Math.abs(guess / model.parameters - 1) < 0.02);
    assert.ok(near, `${model.parameters} parameters, but the shape makes ${guesses.join(' or ')}`);

    const [least, most] = bits[model.quantisation] ?? assert.fail(model.quantisation);
    const each = (model.bytes * 8) / model.parameters;
    assert.ok(each > least && each < most, `${each} bits each`);
  });
}

test('an entry that is wrong is left out and named', () => {
  const read = JSON.parse(json) as { models: Record<string, unknown>[] };
  const [first, second, third, fourth] = read.models;
  assert.ok(first && second && third && fourth);
  first['url'] = 'http://example.org/model.gguf';
  second['file'] = '../model.gguf';
  third['id'] = fourth['id'];
  const { models, problems } = readCatalogue({ ...read, models: [...read.models, null, 7] });
  assert.equal(problems.length, 5);
  assert.match(problems.join('\n'), /qwen3-0\.6b: a field/);
  assert.match(problems.join('\n'), /stands there twice/);
  assert.equal(models.length, catalogue.models.length - 3);
  assert.deepEqual(readCatalogue({ models: 7 }).models, []);
});

test('only names that stay in their folder, on every system, are safe', () => {
  for (const name of ['a.gguf', 'Qwen3-0.6B-Q8_0.gguf', 'nomic-embed-text-v1.5.Q8_0.GGUF']) {
    assert.equal(safeFileName(name), name);
  }
  for (const name of [
    '../a.gguf',
    'a/b.gguf',
    'a\\b.gguf',
    'C:a.gguf',
    '.gguf',
    '.a.gguf',
    'a.bin',
    'con.gguf',
    'COM1.x.gguf',
    'a\u0000.gguf',
    'a\n.gguf',
    `${'a'.repeat(300)}.gguf`,
    '',
  ]) {
    assert.equal(safeFileName(name), undefined, name);
  }
});
