// What a header says about the network, checked before anything is built from it: layers, heads and widths of zero or a
// million abort the engine or fill the memory.

import { isHybrid } from './architectures.ts';
import { FileProblemError } from './fileProblem.ts';
import { arrayAt, numberAt, required, wholeAt, wholePerLayer } from './headerFields.ts';
import type { Metadata } from './headerFields.ts';

export interface NetworkShape {
  readonly layers: number;
  readonly embedding: number;
  /** The largest number of heads of a layer, and of heads with keys and values of their own. */
  readonly heads: number;
  readonly kvHeads: number;
  /** Layers that keep keys and values for every token. */
  readonly kvLayers: number;
  readonly keyLength: number;
  readonly valueLength: number;
  readonly feedForward: number;
  readonly trainContext: number;
  readonly slidingWindow?: number;
  /** Whether every layer has the same heads and width, so that the tensors' sizes follow. */
  readonly uniform: boolean;
}

const mostLayers = 512;
const widest = 131_072;
const mostHeads = 1024;
const longestHead = 4096;
const mostExperts = 512;
const longestContext = 2 ** 28;

/** Reads and checks the shape; throws a FileProblemError('shape') that names the entry. */
export function readNetworkShape(metadata: Metadata, architecture: string): NetworkShape {
  const key = (name: string): string => `${architecture}.${name}`;
  const whole = (name: string, least: number, most: number): number | undefined =>
    wholeAt(metadata, key(name), least, most);

  const layers = required(whole('block_count', 1, mostLayers), key('block_count'));
  const embedding = required(whole('embedding_length', 1, widest), key('embedding_length'));
  const trainContext = required(whole('context_length', 1, longestContext), key('context_length'));

  const fewest = isHybrid(architecture) || architecture === 'deci' ? 0 : 1;
  const heads = required(
    wholePerLayer(metadata, key('attention.head_count'), layers, fewest, mostHeads),
    key('attention.head_count'),
  );
  const kvHeads = wholePerLayer(metadata, key('attention.head_count_kv'), layers, fewest, mostHeads) ?? heads;
  const most = Math.max(...heads);
  if (most === 0) fail(`${key('attention.head_count')} is 0 in every layer`);
  heads.forEach((count, layer) => {
    const kv = kvHeads[layer] ?? 0;
    if (kv > 0 && (count < kv || count % kv !== 0)) {
      fail(`layer ${layer}: ${count} heads can’t share ${kv} heads of keys and values`);
    }
  });

  const shared = embedding / most;
  const keyLength = whole('attention.key_length', 1, longestHead) ?? shared;
  const valueLength = whole('attention.value_length', 1, longestHead) ?? shared;
  if (!Number.isInteger(keyLength) || !Number.isInteger(valueLength)) {
    fail(`${embedding} numbers can’t be shared out among ${most} heads`);
  }
  checkRope(metadata, architecture, keyLength);
  checkFloats(metadata, architecture);
  checkExperts(metadata, architecture);

  const experts = whole('expert_feed_forward_length', 1, widest * 8);
  const narrowest = fewest === 0 || experts !== undefined ? 0 : 1;
  const feedForward =
    wholePerLayer(metadata, key('feed_forward_length'), layers, narrowest, widest * 8) ??
    (narrowest === 0 ? [0] : fail(`${key('feed_forward_length')} is missing`));
  const slidingWindow = slidingWindowOf(metadata, key('attention.sliding_window'), trainContext);
  const interval = numberAt(metadata, key('full_attention_interval'));
  const withKv = kvHeads.filter((count) => count > 0).length;
  return {
    layers,
    embedding,
    heads: most,
    kvHeads: Math.max(...kvHeads),
    kvLayers: interval !== undefined && interval >= 1 ? Math.max(1, Math.floor(layers / interval)) : withKv,
    keyLength,
    valueLength,
    feedForward: Math.max(...feedForward),
    trainContext,
    ...(slidingWindow !== undefined && { slidingWindow }),
    uniform: ['attention.head_count', 'attention.head_count_kv', 'feed_forward_length'].every(
      (name) => !arrayAt(metadata, key(name)),
    ),
  };
}

function slidingWindowOf(metadata: Metadata, key: string, trainContext: number): number | undefined {
  const window = wholeAt(metadata, key, 0, longestContext);
  return window !== undefined && window > 0 && window < trainContext ? window : undefined;
}

function checkRope(metadata: Metadata, architecture: string, keyLength: number): void {
  const key = `${architecture}.rope.dimension_count`;
  const rotated = wholeAt(metadata, key, 0, longestHead);
  if (rotated === undefined || rotated === 0) return;
  if (rotated % 2 !== 0 || rotated > keyLength || (architecture === 'llama' && rotated !== keyLength)) {
    fail(`${key} is ${rotated}, but a head has ${keyLength} numbers`);
  }
}

/** Numbers that aren't any, or that norms and rotations would divide by. */
function checkFloats(metadata: Metadata, architecture: string): void {
  const mustBePositive = /(_epsilon|rope\.freq_base(_swa)?)$/;
  for (const [key, entry] of metadata) {
    if (!key.startsWith(`${architecture}.`) || (entry.type !== 'float32' && entry.type !== 'float64')) continue;
    if (Number.isNaN(entry.value)) fail(`${key} is not a number`);
    if (mustBePositive.test(key) && !(entry.value > 0 && entry.value < Infinity)) fail(`${key} is ${entry.value}`);
    if (key.endsWith('_epsilon') && entry.value > 0.1) fail(`${key} is ${entry.value}`);
  }
  const epsilon = ['layer_norm_rms_epsilon', 'layer_norm_epsilon'].map((name) =>
    metadata.get(`${architecture}.attention.${name}`),
  );
  if (!epsilon.some((entry) => entry?.type === 'float32' || entry?.type === 'float64')) {
    fail(`${architecture}.attention has no epsilon for its norms`);
  }
}

function checkExperts(metadata: Metadata, architecture: string): void {
  const experts = wholeAt(metadata, `${architecture}.expert_count`, 0, mostExperts) ?? 0;
  const used = wholeAt(metadata, `${architecture}.expert_used_count`, 0, mostExperts) ?? 0;
  if (used > experts || (experts > 0 && used === 0)) fail(`${used} of ${experts} experts are used`);
}

function fail(detail: string): never {
  throw new FileProblemError('shape', detail);
}
