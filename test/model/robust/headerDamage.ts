// Damage to what holds a header together: its first words, counts, lengths, types, offsets.

import type { Gguf } from '../../../scripts/specimen/gguf.ts';
import { entryOf, hugeAt, misspell, patched, spliced, tensorOf } from './damage.ts';
import type { Damaged } from './damage.ts';

const uint32s = { '13': 13, '99': 99, '2^31': 2 ** 31, '-1': 2 ** 32 - 1 } as const;

export function headerDamage(gguf: Gguf): Damaged[] {
  return [...firstWords(gguf), ...metadata(gguf), ...tensors(gguf), ...missingBytes(gguf)];
}

function firstWords(gguf: Gguf): Damaged[] {
  const versions = [0, 1, 4, 99, 0x03000000, 2 ** 32 - 1];
  const tensors = gguf.tensors.length;
  const entries = gguf.metadata.length;
  const counts = (what: string, at: number, values: readonly number[]): Damaged[] =>
    values.map((value) =>
      patched(gguf, `${what} is ${value}`, 'refused', (bytes) => bytes.writeBigUInt64LE(BigInt(value), at)),
    );
  return [
    ...[0, 1, 2, 3].map((n) => patched(gguf, `magic, byte ${n}`, 'not-gguf', misspell(gguf.magicAt + n))),
    patched(gguf, 'magic of GGML', 'not-gguf', (bytes) => bytes.write('GGML')),
    patched(gguf, 'magic backwards', 'not-gguf', (bytes) => bytes.write('FUGG')),
    patched(gguf, 'a ZIP archive', 'not-gguf', (bytes) => bytes.write('PK\u0003\u0004')),
    ...versions.map((version) =>
      patched(gguf, `version ${version}`, 'version', (bytes) => bytes.writeUInt32LE(version, gguf.versionAt)),
    ),
    ...counts('number of tensors', gguf.tensorCountAt, [0, 1, tensors - 1, tensors + 1, 1000, 2 ** 16]),
    ...hugeAt(gguf, 'number of tensors', gguf.tensorCountAt, 'damaged'),
    ...counts('number of entries', gguf.metadataCountAt, [0, 1, entries - 1, entries + 1, 1000, 10_001]),
    ...hugeAt(gguf, 'number of entries', gguf.metadataCountAt, 'damaged'),
  ];
}

function metadata(gguf: Gguf): Damaged[] {
  const keys = ['general.architecture', 'llama.block_count', 'tokenizer.ggml.tokens', 'tokenizer.chat_template'];
  const texts = ['general.architecture', 'general.name', 'tokenizer.ggml.pre', 'tokenizer.chat_template'];
  const lists = ['tokenizer.ggml.tokens', 'tokenizer.ggml.token_type', 'tokenizer.ggml.merges'];
  return [
    ...keys.flatMap((key) => {
      const { keyLengthAt } = entryOf(gguf, key);
      return [
        patched(gguf, `no key for ${key}`, 'damaged', (bytes) => bytes.writeBigUInt64LE(0n, keyLengthAt)),
        patched(gguf, `a key shorter than ${key}`, 'refused', (bytes) => bytes.writeUInt8(3, keyLengthAt)),
        patched(gguf, `a key longer than ${key}`, 'refused', (bytes) => bytes.writeUInt8(200, keyLengthAt)),
        ...hugeAt(gguf, `length of the key ${key}`, keyLengthAt, 'damaged'),
      ];
    }),
    ...texts.flatMap((key) => {
      const { valueAt } = entryOf(gguf, key);
      return [
        patched(gguf, `${key} starts one byte late`, 'refused', (bytes) =>
          bytes.writeUInt8(bytes.readUInt8(valueAt) + 1, valueAt),
        ),
        ...hugeAt(gguf, `length of ${key}`, valueAt, 'damaged'),
      ];
    }),
    ...lists.flatMap((key) => {
      const { valueAt, countAt = 0, elementsAt = 0 } = entryOf(gguf, key);
      return [
        patched(gguf, `${key} is empty`, 'refused', (bytes) => bytes.writeBigUInt64LE(0n, countAt)),
        patched(gguf, `one fewer in ${key}`, 'refused', (bytes) =>
          bytes.writeBigUInt64LE(bytes.readBigUInt64LE(countAt) - 1n, countAt),
        ),
        patched(gguf, `one more in ${key}`, 'refused', (bytes) =>
          bytes.writeBigUInt64LE(bytes.readBigUInt64LE(countAt) + 1n, countAt),
        ),
        ...hugeAt(gguf, `count of ${key}`, countAt, 'damaged'),
        ...(key === 'tokenizer.ggml.token_type' ? [] : hugeAt(gguf, `first string of ${key}`, elementsAt, 'damaged')),
        ...[9, 13, 2 ** 32 - 1].map((type) =>
          patched(gguf, `${key} is a list of type ${type}`, 'damaged', (bytes) => bytes.writeUInt32LE(type, valueAt)),
        ),
      ];
    }),
    // Every entry with a type that there isn't, or with that of a list.
    ...gguf.metadata.flatMap(({ key, typeAt }, n) => {
      const unknown = Object.values(uint32s)[n % 4] ?? 0;
      return [
        patched(gguf, `${key} is of type ${unknown}`, 'damaged', (bytes) => bytes.writeUInt32LE(unknown, typeAt)),
        ...(n % 3 === 0 && gguf.metadata[n]?.value.type !== 'array'
          ? [patched(gguf, `${key} is a list`, 'refused', (bytes) => bytes.writeUInt32LE(9, typeAt))]
          : []),
      ];
    }),
    twice(gguf),
  ];
}

/** Two entries of one name. */
function twice(gguf: Gguf): Damaged {
  const { keyLengthAt, end } = entryOf(gguf, 'llama.block_count');
  return spliced(
    gguf,
    'llama.block_count stands there twice',
    'damaged',
    [keyLengthAt, keyLengthAt],
    gguf.bytes.subarray(keyLengthAt, end),
    (bytes) => bytes.writeBigUInt64LE(BigInt(gguf.metadata.length + 1), gguf.metadataCountAt),
  );
}

function tensors(gguf: Gguf): Damaged[] {
  const { typeAt: normTypeAt } = tensorOf(gguf, 'output_norm.weight');
  const norm = patched(gguf, 'a norm in blocks', 'tensors', (bytes) => bytes.writeUInt32LE(8, normTypeAt));
  const names = ['token_embd.weight', 'blk.0.attn_q.weight', 'blk.2.ffn_down.weight', 'output_norm.weight'];
  const each = names.flatMap((name) => {
    const { nameLengthAt, nameAt, dimensionCountAt, dimensionsAt, typeAt, offsetAt } = tensorOf(gguf, name);
    const at = dimensionsAt[0] ?? 0;
    const write = (what: string, place: number, value: bigint): Damaged =>
      patched(gguf, `${name}: ${what} ${value}`, 'refused', (bytes) => bytes.writeBigUInt64LE(value, place));
    return [
      patched(gguf, `${name} has another name`, 'tensors', misspell(nameAt)),
      ...hugeAt(gguf, `${name}: length of the name`, nameLengthAt, 'damaged'),
      ...[0, 5, 2 ** 32 - 1].map((count) =>
        patched(gguf, `${name}: ${count} dimensions`, 'damaged', (bytes) =>
          bytes.writeUInt32LE(count, dimensionCountAt),
        ),
      ),
      ...[0n, 1n, 31n, 224n].map((width) => write('width', at, width)),
      ...hugeAt(gguf, `${name}: width`, at, 'refused'),
      // 4 was a type once.
      ...[4, 99, 2 ** 32 - 1].map((type) =>
        patched(gguf, `${name}: type ${type}`, 'refused', (bytes) => bytes.writeUInt32LE(type, typeAt)),
      ),
      patched(gguf, `${name}: a type that weights are never stored in`, 'damaged', (bytes) =>
        bytes.writeUInt32LE(9, typeAt),
      ),
      ...[1n, 64n, BigInt(gguf.bytes.length)].map((offset) => write('offset', offsetAt, offset)),
      ...hugeAt(gguf, `${name}: offset`, offsetAt, 'damaged'),
    ];
  });
  return [...each, norm];
}

/** The file cut short, and with bytes too many or too few in its header. */
function missingBytes(gguf: Gguf): Damaged[] {
  const size = gguf.bytes.length;
  const { keyAt, valueAt } = entryOf(gguf, 'llama.block_count');
  const { elementsAt = 0 } = entryOf(gguf, 'tokenizer.ggml.merges');
  const { offsetAt } = tensorOf(gguf, 'blk.2.ffn_down.weight');
  const cuts = [24, 25, keyAt, keyAt + 3, valueAt, valueAt + 2, offsetAt, gguf.dataAt - 1];
  const inList = [elementsAt, elementsAt + 5000];
  const inData = [gguf.dataAt, gguf.dataAt + 1, size >> 1, size - 4096, size - 33];
  const cut = (length: number, verdict: Damaged['verdict']): Damaged => ({
    name: `the first ${length} bytes`,
    verdict,
    bytes: () => Buffer.from(gguf.bytes.subarray(0, length)),
  });
  const shifted = [keyAt, valueAt, elementsAt, offsetAt].flatMap((at) => [
    spliced(gguf, `a byte too many at ${at}`, 'refused', [at, at], Buffer.of(1)),
    spliced(gguf, `a byte too few at ${at}`, 'refused', [at, at + 1], Buffer.alloc(0)),
  ]);
  return [
    ...[0, 1, 4, 8, 23].map((length) => cut(length, 'not-gguf')),
    ...[...cuts, ...inData].map((length) => cut(length, 'cut-short')),
    ...inList.map((length) => cut(length, 'refused')),
    ...shifted,
    { name: 'zeros', verdict: 'not-gguf', bytes: () => Buffer.alloc(size) },
    patched(gguf, 'zeros after the first words', 'refused', (bytes) => bytes.fill(0, 24, gguf.dataAt)),
  ];
}
