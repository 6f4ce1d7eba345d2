// Models that have the shape of real ones and say nothing: for speed, memory and protocol. Made on the fly, with little
// memory, the same bytes for the same seed.
//
// A chain model always follows one token by a known other one, whatever stood before, at the full cost of its shape: its
// layers add nothing to the embedding of the current token, and the output row of that token's successor is that same embedding.

import { writeGguf, weightsOf, type TensorToWrite } from '../../../scripts/specimen/gguf.ts';
import { metadataOf, tensorsOf, type ModelShape, type TensorShape } from '../../../scripts/specimen/modelShape.ts';
import { between, seeded, type Random } from '../../../scripts/specimen/random.ts';
import { bytesOf, encodeWeights, tensorTypes, type TensorType } from '../../../scripts/specimen/tensorTypes.ts';
import { spokenVocabulary, wordOf, type SpokenVocabulary } from './syllables.ts';

export type ShapeName = keyof typeof shapes;

const half = {
  architecture: 'llama',
  context: 32_768,
  ropeBase: 10_000,
  vocabulary: 151_936,
  ownOutput: true,
} as const;

export const shapes = {
  /** 630 million weights: 674 MB in Q8_0, 427 MB in Q4_0. */
  'half-billion': { ...half, width: 896, layers: 24, heads: 14, kvHeads: 2, headWidth: 64, inner: 4864 },
  /** A draft model for it: same vocabulary, 20 million weights. */
  draft: { ...half, width: 64, layers: 2, heads: 2, kvHeads: 2, headWidth: 32, inner: 128 },
  /** Loads at once. */
  tiny: {
    ...half,
    context: 8192,
    vocabulary: 4096,
    width: 64,
    layers: 2,
    heads: 2,
    kvHeads: 2,
    headWidth: 32,
    inner: 128,
  },
} as const satisfies Readonly<Record<string, ModelShape>>;

export interface RandomModel {
  readonly shape: ShapeName;
  readonly type: 'f16' | 'q8_0' | 'q4_0';
  readonly seed: number;
  /** Make it a chain model; otherwise its weights are random and so is what it says. */
  readonly chain?: boolean;
}

/** Writes such a model to `path`. */
export function buildRandomModel(path: string, { shape: name, type, seed, chain = false }: RandomModel): void {
  const shape = shapes[name];
  const vocabulary = spokenVocabulary(shape.vocabulary);
  const random = seeded(seed);
  const pools = new Map<string, Uint8Array>();
  const tensors = tensorsOf(shape).map((tensor): TensorToWrite => {
    const stored = storedType(tensor, type);
    const write = (data: TensorToWrite['data']): TensorToWrite => ({ ...tensor, type: stored, data });
    if (tensor.dimensions.length === 1) return write(() => [filled(tensor, stored, 1)]);
    if (chain && /attn_output|ffn_down/.test(tensor.name)) return write(() => [filled(tensor, stored, 0)]);
    if (chain && !tensor.name.startsWith('blk.')) return write(() => chainRows(tensor, stored, vocabulary, seed));
    return write(() => randomBlocks(random, tensor, stored, pools));
  });
  const label = `${name}, ${chain ? 'chain' : 'random'} weights (for tests, not an assistant)`;
  writeGguf(path, metadataOf(shape, vocabulary, { name: label, fileType: type }), tensors);
}

/** Which words a chain model says after which. Word n of the chain is followed by word n + 1, any other token by word 0. */
export interface Chain {
  readonly words: number;
  readonly tokenOf: (word: number) => number;
  /** The words as text, a space before each: one token a word. */
  readonly text: (words: readonly number[]) => string;
}

/** The chain that a chain model of this shape follows. */
export function chainOf(name: ShapeName): Chain {
  const vocabulary = spokenVocabulary(shapes[name].vocabulary);
  const tokenOf = (word: number): number => vocabulary.firstWord + (word % vocabulary.words);
  return {
    words: vocabulary.words,
    tokenOf,
    text: (words) => words.map((word) => ` ${wordOf(vocabulary, tokenOf(word))}`).join(''),
  };
}

/** In four bits the output layer would say the wrong word too often. */
function storedType({ name, dimensions }: TensorShape, type: RandomModel['type']): TensorType {
  if (dimensions.length === 1) return 'f32';
  return type === 'q4_0' && name === 'output.weight' ? 'q8_0' : type;
}

function filled({ dimensions }: TensorShape, type: TensorType, value: number): Uint8Array {
  return encodeWeights(type, new Float32Array(weightsOf(dimensions)).fill(value));
}

const pieceBytes = 2 ** 20;

/** Random weights, as large as keeps the activations in bounds: pieces from a pool of encoded blocks. */
function* randomBlocks(
  random: Random,
  { dimensions }: TensorShape,
  type: TensorType,
  pools: Map<string, Uint8Array>,
): Iterable<Uint8Array> {
  const [width = 1] = dimensions;
  const { blockBytes, blockWeights } = tensorTypes[type];
  const key = `${type} ${width}`;
  const scale = Math.sqrt(3 / width);
  const poolWeights = 2 ** 20 * 2;
  const pool =
    pools.get(key) ??
    encodeWeights(
      type,
      Float32Array.from({ length: poolWeights }, () => (random() * 2 - 1) * scale),
    );
  pools.set(key, pool);
  const poolBlocks = poolWeights / blockWeights;
  for (let left = bytesOf(type, weightsOf(dimensions)); left > 0;) {
    const from = between(random, 0, poolBlocks / 2) * blockBytes;
    const size = Math.min(left, pool.length - from);
    yield pool.subarray(from, from + size);
    left -= size;
  }
}

/** The rows of the embeddings, or those of the output layer with each row moved to the token that follows. */
function* chainRows(
  { name, dimensions }: TensorShape,
  type: TensorType,
  { firstWord, words }: SpokenVocabulary,
  seed: number,
): Iterable<Uint8Array> {
  const [width = 0, rows = 0] = dimensions;
  const { blockBytes, blockWeights } = tensorTypes[type];
  const random = seeded(seed ^ 0x5eed);
  const rowBlocks = width / blockWeights;
  // Row n is what stands in the pool from block n on: each is different, and any two look unrelated.
  const blocks = words + rowBlocks;
  const pool = encodeWeights(
    type,
    Float32Array.from({ length: blocks * blockWeights }, () => (random() < 0.5 ? -1 : 1)),
  );
  const row = (n: number): Uint8Array => pool.subarray(n * blockBytes, (n + rowBlocks) * blockBytes);

  const isOutput = name === 'output.weight';
  const none = encodeWeights(type, new Float32Array(width));
  // Row 0 stands for every token outside the chain, and for its last word: after them the chain begins.
  const rowOf = (token: number): Uint8Array => {
    const word = token - firstWord;
    const inChain = word >= 0 && word < words;
    if (isOutput) return inChain ? row(word) : none;
    return row(inChain ? (word + 1) % words : 0);
  };

  const rowBytes = rowBlocks * blockBytes;
  const perPiece = Math.max(1, Math.floor(pieceBytes / rowBytes));
  for (let token = 0; token < rows; token += perPiece) {
    const count = Math.min(perPiece, rows - token);
    const piece = new Uint8Array(count * rowBytes);
    for (let n = 0; n < count; n++) piece.set(rowOf(token + n), n * rowBytes);
    yield piece;
  }
}
