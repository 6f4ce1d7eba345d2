// What can be wrong with a model's bytes. Each kind of damage is a change at a known place of a file that was whole, and
// all are the same in every run.

import type { Gguf, MetadataEntry, TensorEntry } from '../../../scripts/specimen/gguf.ts';

/** Whether the check must refuse the file and as what; 'open' where some of these files can be used. */
export type Verdict =
  | 'not-gguf'
  | 'version'
  | 'damaged'
  | 'cut-short'
  | 'architecture'
  | 'shape'
  | 'tokenizer'
  | 'template'
  | 'tensors'
  | 'not-a-language-model'
  | 'refused'
  | 'open';

export interface Damaged {
  readonly name: string;
  readonly verdict: Verdict;
  readonly bytes: () => Buffer;
}

export type Patch = (bytes: Buffer) => unknown;

/** The file with something overwritten. */
export function patched(gguf: Gguf, name: string, verdict: Verdict, patch: Patch): Damaged {
  return {
    name,
    verdict,
    bytes: () => {
      const bytes = Buffer.from(gguf.bytes);
      patch(bytes);
      return bytes;
    },
  };
}

/** The file with the bytes from `at` to `end` replaced by others, perhaps of another length. The weights keep their place. */
export function spliced(
  gguf: Gguf,
  name: string,
  verdict: Verdict,
  [at, end]: readonly [number, number],
  replacement: Uint8Array,
  patch: Patch = () => undefined,
): Damaged {
  return {
    name,
    verdict,
    bytes: () => {
      const last = gguf.tensors.at(-1)?.end ?? gguf.dataAt;
      const head = Buffer.concat([gguf.bytes.subarray(0, at), replacement, gguf.bytes.subarray(end, last)]);
      const padding = Buffer.alloc((32 - (head.length % 32)) % 32);
      patch(head);
      return Buffer.concat([head, padding, gguf.bytes.subarray(gguf.dataAt)]);
    },
  };
}

export const huge = {
  '2^31': 2n ** 31n,
  '2^32 - 1': 2n ** 32n - 1n,
  '2^40': 2n ** 40n,
  '2^63': 2n ** 63n,
  '-1': 2n ** 64n - 1n,
} as const;

/** A uint64 at `at` set to each of the values that no file has. */
export function hugeAt(gguf: Gguf, what: string, at: number, verdict: Verdict): Damaged[] {
  return Object.entries(huge).map(([words, value]) =>
    patched(gguf, `${what} is ${words}`, verdict, (bytes) => bytes.writeBigUInt64LE(value, at)),
  );
}

export function entryOf(gguf: Gguf, key: string): MetadataEntry {
  const entry = gguf.metadata.find((candidate) => candidate.key === key);
  if (!entry) throw new Error(`The specimen has no ${key}`);
  return entry;
}

export function tensorOf(gguf: Gguf, name: string): TensorEntry {
  const tensor = gguf.tensors.find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`The specimen has no ${name}`);
  return tensor;
}

/** A string as GGUF has it. */
export function text(words: string): Buffer {
  const bytes = Buffer.from(words);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

/** One byte more or less in a word: another word of the same length. */
export function misspell(at: number): Patch {
  return (bytes) => bytes.writeUInt8(bytes.readUInt8(at) ^ 0x01, at);
}
