import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readGguf, tensorData, writeGguf, type MetadataValue } from '../../../scripts/specimen/gguf.ts';
import { quantise } from '../../../scripts/specimen/quantise.ts';
import { seeded } from '../../../scripts/specimen/random.ts';
import {
  decodeWeights,
  encodeWeights,
  fromHalf,
  tensorTypes,
  toHalf,
  type TensorType,
} from '../../../scripts/specimen/tensorTypes.ts';
import { specimen } from './specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'quantise-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const random = seeded(1);
const weights = Float32Array.from({ length: 32 * 200 }, () => (random() - 0.5) * 10 ** (random() * 6 - 3));

test('a file is read as it was written, and every position is where it says', () => {
  const path = join(folder, 'round.gguf');
  const metadata = new Map<string, MetadataValue>([
    ['text', { type: 'string', value: 'Ünïcode' }],
    ['yes', { type: 'bool', value: true }],
    ['small', { type: 'uint8', value: 200 }],
    ['below', { type: 'int32', value: -5 }],
    ['large', { type: 'uint64', value: 2 ** 40 }],
    ['part', { type: 'float32', value: 0.5 }],
    ['words', { type: 'array', of: 'string', value: ['', 'a', 'Ġb'] }],
    ['numbers', { type: 'array', of: 'int32', value: [1, -2, 3] }],
  ]);
  const first = encodeWeights('q8_0', weights.subarray(0, 96));
  const second = encodeWeights('f32', weights.subarray(0, 3));
  writeGguf(path, metadata, [
    { name: 'one', dimensions: [32, 3], type: 'q8_0', data: () => [first.subarray(0, 7), first.subarray(7)] },
    { name: 'two', dimensions: [3], type: 'f32', data: () => [second] },
  ]);

  const read = readGguf(path);
  assert.deepEqual(new Map(read.metadata.map(({ key, value }) => [key, value])), metadata);
  assert.deepEqual(
    read.tensors.map(({ name, dimensions, type }) => ({ name, dimensions, type })),
    [
      { name: 'one', dimensions: [32, 3], type: 'q8_0' },
      { name: 'two', dimensions: [3], type: 'f32' },
    ],
  );
  assert.deepEqual(
    read.tensors.map((tensor) => Buffer.from(tensorData(read, tensor))),
    [Buffer.from(first), Buffer.from(second)],
  );

  const bytes = readFileSync(path);
  const long = (at: number): number => Number(bytes.readBigUInt64LE(at));
  assert.equal(bytes.toString('latin1', read.magicAt, read.magicAt + 4), 'GGUF');
  assert.equal(bytes.readUInt32LE(read.versionAt), 3);
  assert.equal(long(read.tensorCountAt), 2);
  assert.equal(long(read.metadataCountAt), metadata.size);
  for (const entry of read.metadata) {
    assert.equal(long(entry.keyLengthAt), Buffer.byteLength(entry.key));
    assert.equal(bytes.toString('utf8', entry.keyAt, entry.typeAt), entry.key);
    if (entry.value.type === 'array') assert.equal(long(entry.countAt ?? 0), entry.value.value.length);
  }
  for (const tensor of read.tensors) {
    assert.equal(bytes.toString('utf8', tensor.nameAt, tensor.dimensionCountAt), tensor.name);
    assert.equal(bytes.readUInt32LE(tensor.dimensionCountAt), tensor.dimensions.length);
    assert.deepEqual(tensor.dimensionsAt.map(long), tensor.dimensions);
    assert.equal(bytes.readUInt32LE(tensor.typeAt), tensorTypes[tensor.type].id);
    assert.equal(long(tensor.offsetAt), tensor.offset);
  }
  assert.equal(read.dataAt % 32, 0);
});

test('a tensor with too little data is not written', () => {
  assert.throws(() => {
    writeGguf(join(folder, 'short.gguf'), new Map(), [
      { name: 'short', dimensions: [32], type: 'f32', data: () => [new Uint8Array(100)] },
    ]);
  }, /short: 100 bytes instead of 128/);
});

test('every half-precision number survives the way there and back', () => {
  for (let bits = 0; bits < 65_536; bits++) {
    const value = fromHalf(bits);
    if (!Number.isNaN(value)) assert.equal(toHalf(value), bits, `${bits}`);
  }
  assert.ok(Number.isNaN(fromHalf(toHalf(NaN))));
});

test('a number between two halves goes to the nearer, in the middle to the even one', () => {
  const one = 0x3c00;
  const step = 2 ** -10;
  assert.equal(toHalf(1 + step * 0.49), one);
  assert.equal(toHalf(1 + step * 0.5), one);
  assert.equal(toHalf(1 + step * 0.51), one + 1);
  assert.equal(toHalf(1 + step * 1.5), one + 2);
  assert.equal(toHalf(65_519), 0x7bff);
  assert.equal(toHalf(65_520), 0x7c00);
  assert.equal(toHalf(-(2 ** -24)), 0x8001);
  assert.equal(toHalf(2 ** -26), 0);
});

/** How far a weight may be off, as a share of the greatest weight of its block. */
const tolerance: Readonly<Record<TensorType, number>> = {
  f32: 0,
  f16: 2 ** -11,
  q8_0: 0.5 / 127 + 2 ** -10,
  // Seven steps on one side: what lies opposite the extreme weight loses up to a whole one.
  q4_0: 1 / 8 + 2 ** -10,
};

for (const type of Object.keys(tensorTypes) as TensorType[]) {
  test(`${type} keeps weights as well as it can`, () => {
    const kept = decodeWeights(type, encodeWeights(type, weights));
    for (let block = 0; block < weights.length; block += 32) {
      const part = weights.subarray(block, block + 32);
      const greatest = Math.max(...part.map(Math.abs));
      for (const [n, weight] of part.entries()) {
        const off = Math.abs((kept[block + n] ?? NaN) - weight);
        assert.ok(off <= tolerance[type] * greatest + 2 ** -25, `${weight} became ${kept[block + n] ?? NaN}`);
      }
    }
  });
}

test('zeros stay zeros', () => {
  for (const type of Object.keys(tensorTypes) as TensorType[]) {
    const kept = decodeWeights(type, encodeWeights(type, new Float32Array(32)));
    assert.ok(kept.every((weight) => weight === 0));
  }
});

test('quantising twice gives the same bytes, in the layout that was asked for', async () => {
  const source = await specimen('f16');
  const paths = ['a', 'b'].map((name) => join(folder, `${name}.gguf`));
  for (const path of paths) quantise(source, path, 'q4_0');
  const [first, second] = paths.map((path) => readFileSync(path));
  assert.ok(first && second && first.equals(second));

  const model = readGguf(paths[0] ?? '');
  const types = new Map(model.tensors.map(({ name, type }) => [name, type]));
  assert.equal(types.get('blk.0.ffn_up.weight'), 'q4_0');
  assert.equal(types.get('token_embd.weight'), 'q8_0');
  assert.equal(types.get('output_norm.weight'), 'f32');
  assert.deepEqual(model.metadata.find(({ key }) => key === 'general.file_type')?.value, { type: 'uint32', value: 2 });
});

test('tests that ask for a type at once all get the one whole file', async () => {
  const paths = await Promise.all(Array.from({ length: 6 }, () => specimen('q8_0')));
  assert.equal(new Set(paths).size, 1);
  const path = paths[0] ?? '';
  const { tensors, bytes, dataAt } = readGguf(path);
  const last = tensors.at(-1);
  assert.ok(last && bytes.length >= dataAt + last.offset + last.bytes);
});
