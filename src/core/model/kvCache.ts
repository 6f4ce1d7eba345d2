// What the KV cache of a model costs: for every token it holds a key and a value vector for each layer's KV heads.

import type { KvCacheType } from './engineSettings.ts';

/** The attention's shape, as the model file tells it. One entry a layer; a layer without attention has 0 KV heads. */
export interface AttentionShape {
  readonly kvHeads: readonly number[];
  readonly keyLength: number;
  readonly valueLength: number;
}

/** Bytes and elements of a block, as ggml stores each type: a quantised block is 32 numbers and their half-precision scale. */
const blocks: Readonly<Record<KvCacheType, { readonly bytes: number; readonly elements: number }>> = {
  f16: { bytes: 2, elements: 1 },
  q8_0: { bytes: 34, elements: 32 },
  q4_0: { bytes: 18, elements: 32 },
};

/** Bytes that one token takes in the KV cache. */
export function kvBytesPerToken(shape: AttentionShape, type: KvCacheType): number {
  const { bytes, elements } = blocks[type];
  const heads = shape.kvHeads.reduce((sum, count) => sum + count, 0);
  return (heads * (shape.keyLength + shape.valueLength) * bytes) / elements;
}

/** Whether vectors of this shape can be cut into whole blocks of the type. */
export function fitsBlocks(shape: AttentionShape, type: KvCacheType): boolean {
  const { elements } = blocks[type];
  return shape.keyLength % elements === 0 && shape.valueLength % elements === 0;
}
