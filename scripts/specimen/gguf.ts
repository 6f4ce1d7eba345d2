// GGUF version 3, written and read: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
// The reader is for files that we wrote. It says at which byte everything stands, so that a test can damage it.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { numberFormats, type NumberType } from './ggufNumbers.ts';
import { bytesOf, tensorTypes, type TensorType } from './tensorTypes.ts';

const boolId = 7;
const stringId = 8;
const arrayId = 9;

export type MetadataValue =
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly of: NumberType; readonly value: readonly number[] }
  | { readonly type: 'array'; readonly of: 'string'; readonly value: readonly string[] };

export type Metadata = ReadonlyMap<string, MetadataValue>;

export interface TensorToWrite {
  readonly name: string;
  /** As GGUF has it: the length of a row first. */
  readonly dimensions: readonly number[];
  readonly type: TensorType;
  /** The bytes in pieces of any length, asked for when their turn comes. */
  readonly data: () => Iterable<Uint8Array>;
}

const magic = 0x46554747;
const version = 3;
const alignment = 32;

/** Writes a model file; tensors are streamed, so that one needn't fit in memory. Throws if a tensor's data has the wrong length. */
export function writeGguf(path: string, metadata: Metadata, tensors: readonly TensorToWrite[]): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, padded(header(metadata, tensors)));
    for (const { name, dimensions, type, data } of tensors) {
      const size = bytesOf(type, weightsOf(dimensions));
      let written = 0;
      for (const bytes of data()) written += writeSync(file, bytes);
      if (written !== size) throw new Error(`${name}: ${written} bytes instead of ${size}`);
      writeSync(file, new Uint8Array(aligned(size) - size));
    }
  } finally {
    closeSync(file);
  }
}

export function weightsOf(dimensions: readonly number[]): number {
  return dimensions.reduce((product, dimension) => product * dimension, 1);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(aligned(bytes.length));
  whole.set(bytes);
  return whole;
}

function header(metadata: Metadata, tensors: readonly TensorToWrite[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const number = (type: NumberType, value: number): void => void parts.push(numberBytes(type, value));
  const text = (value: string): void => {
    const bytes = Buffer.from(value);
    number('uint64', bytes.length);
    parts.push(bytes);
  };

  number('uint32', magic);
  number('uint32', version);
  number('uint64', tensors.length);
  number('uint64', metadata.size);
  for (const [key, entry] of metadata) {
    text(key);
    if (entry.type === 'string') {
      number('uint32', stringId);
      text(entry.value);
    } else if (entry.type === 'bool') {
      number('uint32', boolId);
      number('uint8', Number(entry.value));
    } else if (entry.type === 'array') {
      number('uint32', arrayId);
      number('uint32', entry.of === 'string' ? stringId : numberFormats[entry.of].id);
      number('uint64', entry.value.length);
      if (entry.of === 'string') entry.value.forEach(text);
      else for (const value of entry.value) number(entry.of, value);
    } else {
      number('uint32', numberFormats[entry.type].id);
      number(entry.type, entry.value);
    }
  }
  let offset = 0;
  for (const { name, dimensions, type } of tensors) {
    text(name);
    number('uint32', dimensions.length);
    for (const dimension of dimensions) number('uint64', dimension);
    number('uint32', tensorTypes[type].id);
    number('uint64', offset);
    offset += aligned(bytesOf(type, weightsOf(dimensions)));
  }
  return Buffer.concat(parts);
}

function numberBytes(type: NumberType, value: number): Uint8Array {
  const bytes = Buffer.alloc(numberFormats[type].bytes);
  numberFormats[type].write(bytes, value);
  return bytes;
}

/** A metadata entry and where it stands; every position is a byte of the file. */
export interface MetadataEntry {
  readonly key: string;
  readonly value: MetadataValue;
  /** The uint64 length of the key, the key itself, and the uint32 type of the value. */
  readonly keyLengthAt: number;
  readonly keyAt: number;
  readonly typeAt: number;
  /** The value; of a string its uint64 length, of an array the uint32 type of its elements. */
  readonly valueAt: number;
  /** Of an array: its uint64 count, and its first element. */
  readonly countAt?: number;
  readonly elementsAt?: number;
  readonly end: number;
}

export interface TensorEntry {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: TensorType;
  /** Relative to `dataAt`. */
  readonly offset: number;
  readonly bytes: number;
  readonly nameLengthAt: number;
  readonly nameAt: number;
  /** The uint32 number of dimensions, then a uint64 each. */
  readonly dimensionCountAt: number;
  readonly dimensionsAt: readonly number[];
  readonly typeAt: number;
  readonly offsetAt: number;
  readonly end: number;
}

export interface Gguf {
  readonly bytes: Uint8Array;
  readonly magicAt: number;
  readonly versionAt: number;
  readonly tensorCountAt: number;
  readonly metadataCountAt: number;
  readonly metadata: readonly MetadataEntry[];
  readonly tensors: readonly TensorEntry[];
  /** Where the tensors' data begins. */
  readonly dataAt: number;
}

/** Reads a whole model file that `writeGguf` wrote. Throws on anything else. */
export function readGguf(path: string): Gguf {
  const bytes = readFileSync(path);
  let at = 0;
  const number = (type: NumberType): number => {
    const value = numberFormats[type].read(bytes, at);
    at += numberFormats[type].bytes;
    return value;
  };
  const text = (): string => {
    const length = number('uint64');
    at += length;
    return bytes.toString('utf8', at - length, at);
  };

  if (number('uint32') !== magic || number('uint32') !== version) throw new Error(`${path}: not GGUF version 3`);
  const tensorCount = number('uint64');
  const metadataCount = number('uint64');

  const metadata = Array.from({ length: metadataCount }, (): MetadataEntry => {
    const keyLengthAt = at;
    const key = text();
    const typeAt = at;
    const id = number('uint32');
    const valueAt = at;
    const start = { key, keyLengthAt, keyAt: keyLengthAt + 8, typeAt, valueAt };
    if (id === stringId) return { ...start, value: { type: 'string', value: text() }, end: at };
    if (id !== arrayId) return { ...start, value: readScalar(scalarOf(id), number), end: at };
    const elementId = number('uint32');
    const countAt = at;
    const count = number('uint64');
    const elementsAt = at;
    const value: MetadataValue =
      elementId === stringId
        ? { type: 'array', of: 'string', value: Array.from({ length: count }, text) }
        : readNumbers(scalarOf(elementId), count, number);
    return { ...start, countAt, elementsAt, value, end: at };
  });

  const tensors = Array.from({ length: tensorCount }, (): TensorEntry => {
    const nameLengthAt = at;
    const name = text();
    const dimensionCountAt = at;
    const count = number('uint32');
    const dimensionsAt = Array.from({ length: count }, (_, n) => at + 8 * n);
    const dimensions = dimensionsAt.map(() => number('uint64'));
    const typeAt = at;
    const type = tensorTypeOf(number('uint32'));
    const offsetAt = at;
    const offset = number('uint64');
    const size = bytesOf(type, weightsOf(dimensions));
    const positions = { nameLengthAt, nameAt: nameLengthAt + 8, dimensionCountAt, dimensionsAt, typeAt, offsetAt };
    return { name, dimensions, type, offset, bytes: size, ...positions, end: at };
  });
  const positions = { magicAt: 0, versionAt: 4, tensorCountAt: 8, metadataCountAt: 16 };
  return { bytes, ...positions, metadata, tensors, dataAt: aligned(at) };
}

/** The encoded weights of one tensor. */
export function tensorData({ bytes, dataAt }: Gguf, tensor: TensorEntry): Uint8Array {
  return bytes.subarray(dataAt + tensor.offset, dataAt + tensor.offset + tensor.bytes);
}

function readScalar(type: NumberType | 'bool', number: (type: NumberType) => number): MetadataValue {
  return type === 'bool' ? { type, value: number('uint8') !== 0 } : { type, value: number(type) };
}

function readNumbers(type: NumberType | 'bool', count: number, number: (type: NumberType) => number): MetadataValue {
  if (type === 'bool') throw new Error('Arrays of booleans are not read');
  return { type: 'array', of: type, value: Array.from({ length: count }, () => number(type)) };
}

function scalarOf(id: number): NumberType | 'bool' {
  if (id === boolId) return 'bool';
  for (const [type, format] of Object.entries(numberFormats)) if (format.id === id) return type as NumberType;
  throw new Error(`Unknown metadata type ${id}`);
}

function tensorTypeOf(id: number): TensorType {
  for (const [type, known] of Object.entries(tensorTypes)) if (known.id === id) return type as TensorType;
  throw new Error(`Unknown tensor type ${id}`);
}
