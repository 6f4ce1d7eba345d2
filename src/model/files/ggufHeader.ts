// Reads the header of a GGUF file, piece by piece, believing nothing: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
// The engine's own readers take lengths and counts as they stand: some bad ones abort the process or never end.

import { FileProblemError } from './fileProblem.ts';
import { numberAt, sizes, valueTypes } from './ggufValues.ts';
import type { GgufArray, GgufValue, NumberType } from './ggufValues.ts';
import { tensorTypes } from './tensorTypes.ts';
import { seeWords } from './seeWords.ts';
import type { TensorType } from './tensorTypes.ts';

export interface GgufTensor {
  readonly name: string;
  /** The length of a row first. */
  readonly dimensions: readonly number[];
  readonly type: TensorType;
  readonly elements: number;
  readonly bytes: number;
}

export interface GgufHeader {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
  /** Where the weights begin, and where they end. */
  readonly dataStart: number;
  readonly dataEnd: number;
}

const mostTensors = 100_000;
const mostEntries = 10_000;
const longestKey = 1024;
/** A chat template is the longest text in a header; real ones stay far below this. */
const longestText = 4 * 2 ** 20;
const longestNameBytes = 63;
const mostDimensions = 4;
const mostKeptNumbers = 1024;
/** The array whose texts are looked at. */
const vocabularyKey = 'tokenizer.ggml.tokens';
const mostHeaderBytes = 256 * 2 ** 20;

function damaged(detail: string): never {
  throw new FileProblemError('damaged', detail);
}

/**
 * Parses a header from the bytes that it is given: each `yield` asks for the file's next piece. Returns the header; throws a
 * FileProblemError at the first thing that can't be true of a file of `fileBytes` bytes.
 */
export function* parseGgufHeader(fileBytes: number): Generator<undefined, GgufHeader, Uint8Array> {
  let bytes = new Uint8Array(0);
  let view = new DataView(bytes.buffer);
  /** The place in `bytes`, and where `bytes` begins in the file. */
  let at = 0;
  let base = 0;

  /** Resumes when `count` bytes from here on are in `bytes`. */
  function* need(count: number): Generator<undefined, void, Uint8Array> {
    if (base + at + count > fileBytes) {
      throw new FileProblemError('cut-short', `the header goes on at byte ${base + at}, past the end at ${fileBytes}`);
    }
    if (base + at + count > mostHeaderBytes) damaged(`the header is longer than ${mostHeaderBytes} bytes`);
    while (at + count > bytes.length) {
      const piece = yield;
      if (piece.length === 0)
        throw new FileProblemError('cut-short', `nothing to read after byte ${base + bytes.length}`);
      const rest = bytes.subarray(at);
      bytes = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      view = new DataView(bytes.buffer);
      base += at;
      at = 0;
    }
  }

  const number = (type: NumberType): number => {
    const value = numberAt(view, type, at);
    at += sizes[type];
    return value;
  };

  function* uint32(): Generator<undefined, number, Uint8Array> {
    yield* need(4);
    return number('uint32');
  }

  /** A count or length: one that no file of this size can hold is an error. */
  function* count(what: string, most: number): Generator<undefined, number, Uint8Array> {
    yield* need(8);
    const value = view.getBigUint64(at, true);
    at += 8;
    if (value > BigInt(most)) damaged(`${what}: ${value}, but at most ${most} is possible`);
    return Number(value);
  }

  function* text(what: string, longest: number): Generator<undefined, string, Uint8Array> {
    const length = yield* count(`length of ${what}`, longest);
    yield* need(length);
    const words = new TextDecoder().decode(bytes.subarray(at, at + length));
    at += length;
    return words;
  }

  function* skip(length: number): Generator<undefined, void, Uint8Array> {
    for (let left = length; left > 0;) {
      yield* need(1);
      const step = Math.min(left, bytes.length - at);
      at += step;
      left -= step;
    }
  }

  function* array(key: string): Generator<undefined, GgufArray, Uint8Array> {
    const of = valueTypes[yield* uint32()];
    if (of === undefined || of === 'array') damaged(`${key}: an array of an unknown type`);
    const least = of === 'string' ? 8 : sizes[of];
    const length = yield* count(`length of ${key}`, Math.floor((fileBytes - base - at) / least));
    if (of !== 'string') {
      if (length > mostKeptNumbers) {
        yield* need(1);
        yield* skip(length * sizes[of]);
        return { type: 'array', of, length };
      }
      yield* need(length * sizes[of]);
      return { type: 'array', of, length, numbers: Array.from({ length }, () => number(of)) };
    }
    const words = key === vocabularyKey ? seeWords() : undefined;
    for (let index = 0; index < length; index++) {
      if (at + 8 > bytes.length) yield* need(8);
      const size = view.getUint32(at, true);
      if (view.getUint32(at + 4, true) !== 0 || size > longestText) damaged(`${key}: entry ${index} is too long`);
      at += 8;
      if (at + size > bytes.length) yield* need(size);
      words?.see(bytes.subarray(at, at + size));
      at += size;
    }
    return { type: 'array', of, length, ...(words && { words: words.seen() }) };
  }

  function* value(key: string): Generator<undefined, GgufValue, Uint8Array> {
    const type = valueTypes[yield* uint32()];
    if (type === undefined) damaged(`${key}: a value of an unknown type`);
    if (type === 'string') return { type, value: yield* text(key, longestText) };
    if (type === 'array') return yield* array(key);
    yield* need(sizes[type]);
    return { type, value: number(type) };
  }

  function* tensor(index: number): Generator<undefined, GgufTensor & { readonly offset: number }, Uint8Array> {
    const name = yield* text(`name of tensor ${index}`, longestNameBytes);
    const rank = yield* uint32();
    if (rank < 1 || rank > mostDimensions) damaged(`${name}: ${rank} dimensions`);
    const dimensions: number[] = [];
    for (let n = 0; n < rank; n++) dimensions.push(yield* count(`dimension ${n} of ${name}`, Number.MAX_SAFE_INTEGER));
    const type = tensorTypes.get(yield* uint32());
    const offset = yield* count(`offset of ${name}`, fileBytes);
    return { name, dimensions, ...extent(name, dimensions, type), offset };
  }

  if (fileBytes < 24) throw new FileProblemError('not-gguf', `${fileBytes} bytes are too few for a header`);
  yield* need(24);
  if (number('uint32') !== 0x46554747) throw new FileProblemError('not-gguf', 'it doesn’t begin with “GGUF”');
  const version = number('uint32');
  if (version === 0x02000000 || version === 0x03000000) {
    throw new FileProblemError('version', 'it was written for a big-endian machine');
  }
  if (version !== 2 && version !== 3) throw new FileProblemError('version', `GGUF version ${version}`);
  const tensorCount = yield* count('number of tensors', mostTensors);
  const entryCount = yield* count('number of metadata entries', mostEntries);

  const metadata = new Map<string, GgufValue>();
  for (let n = 0; n < entryCount; n++) {
    const key = yield* text(`key ${n}`, longestKey);
    if (key === '' || metadata.has(key)) damaged(`the key “${key}” stands there twice or is empty`);
    metadata.set(key, yield* value(key));
  }

  const align = alignment(metadata);
  const padded = (size: number): number => Math.ceil(size / align) * align;
  const tensors: GgufTensor[] = [];
  const names = new Set<string>();
  let next = 0;
  let end = 0;
  for (let n = 0; n < tensorCount; n++) {
    const { offset, ...read } = yield* tensor(n);
    if (names.has(read.name)) damaged(`tensor ${read.name} stands there twice`);
    // Tensors lie one after the other, each at the next aligned place: so none overlap.
    if (offset !== next) damaged(`tensor ${read.name} is said to lie at ${offset}, not at ${next}`);
    names.add(read.name);
    tensors.push(read);
    end = offset + read.bytes;
    next = padded(end);
    if (end > fileBytes) throw new FileProblemError('cut-short', `tensor ${read.name} ends at byte ${end} of its data`);
  }
  const dataStart = padded(base + at);
  const dataEnd = dataStart + end;
  if (dataEnd > fileBytes) {
    throw new FileProblemError('cut-short', `${fileBytes} bytes, but the weights end at byte ${dataEnd}`);
  }
  return { version, metadata, tensors, dataStart, dataEnd };
}

/** What a tensor of these dimensions takes; throws if there can be none. */
function extent(
  name: string,
  dimensions: readonly number[],
  type: TensorType | undefined,
): { readonly type: TensorType; readonly elements: number; readonly bytes: number } {
  if (!type) damaged(`${name}: a tensor of an unknown type`);
  const elements = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (elements < 1 || !Number.isSafeInteger(elements)) damaged(`${name}: ${dimensions.join(' × ')} weights`);
  if ((dimensions[0] ?? 0) % type.blockElements !== 0) {
    damaged(`${name}: rows of ${dimensions[0] ?? 0} weights can’t be cut into blocks of ${type.name}`);
  }
  return { type, elements, bytes: (elements / type.blockElements) * type.blockBytes };
}

function alignment(metadata: ReadonlyMap<string, GgufValue>): number {
  const entry = metadata.get('general.alignment');
  if (!entry) return 32;
  const value = entry.type === 'uint32' ? entry.value : 0;
  if (value < 8 || value > 65_536 || (value & (value - 1)) !== 0) damaged('the alignment is not a small power of two');
  return value;
}
