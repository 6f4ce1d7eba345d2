// How a model suits a machine: what it costs, whether that is there, and how good a choice it is. Pure arithmetic.

import { kvBytesPerToken } from '../core/model/kvCache.ts';
import type { ModelShape } from './files/modelShape.ts';
import type { Machine, ModelCost, ModelScore, ModelToInspect } from './inspectTypes.ts';

/** Tokens evaluated at once: the buffers for a batch's logits grow with it. */
export const batchTokens = 128;

/** What the process takes beside the model: the runtime and the vocabulary. */
const processBytes = 250e6;

/** How many tokens an embedding or ranking model needs room for: a question and a passage. */
const passageTokens = 2048;

/** The engine lays weights of this type out anew for the processor, and has both for a while. Measured: 616 MB for 427. */
const repacked = 'Q4_0';
const repackedShare = 0.5;

/** What the context will have room for. */
export function contextFor({ kind, trainContext }: ModelShape, wanted: number): number {
  return Math.max(1, Math.min(kind === 'chat' ? wanted : passageTokens, trainContext));
}

/** Bytes of the KV cache, kept as 16-bit numbers. */
export function kvBytes({ kvHeads, kvLayers, headDim }: ModelShape, tokens: number): number {
  const heads = Array.from({ length: kvLayers }, () => kvHeads);
  return tokens * kvBytesPerToken({ kvHeads: heads, keyLength: headDim, valueLength: headDim }, 'f16');
}

/** What laying out the weights anew takes, of those that the processor computes with. */
export function repackingBytes({ quantisation }: ModelShape, weightsInRam: number): number {
  return quantisation === repacked ? weightsInRam * repackedShare : 0;
}

/** What the model takes where all of it is computed by the processor. */
export function costByMemory(model: ModelShape, wantedTokens: number): ModelCost {
  const contextTokens = contextFor(model, wantedTokens);
  const { bytes, vocabulary, embedding, feedForward, heads } = model;
  const perToken = vocabulary + 4 * embedding + 2 * feedForward + heads * Math.min(contextTokens, 4096);
  const compute = 4 * batchTokens * perToken;
  return {
    ramBytes: bytes + repackingBytes(model, bytes) + kvBytes(model, contextTokens) + compute + processBytes,
    vramBytes: 0,
    gpuLayers: 0,
    contextTokens,
  };
}

/** Adds what the engine's own estimate leaves out. */
export function withProcess(cost: ModelCost): ModelCost {
  return { ...cost, ramBytes: cost.ramBytes + processBytes };
}

/**
 * Judges a model by what it costs. It fits well if it leaves room for the editor and everything else, tightly if it leaves a
 * little. Other programs' memory can be moved out, so that half of all counts as there even where less is free.
 */
export function scoreModel(model: ModelToInspect, cost: ModelCost, machine: Machine): ModelScore {
  const { total, free } = machine.ram;
  const needed = cost.ramBytes + (machine.unified ? cost.vramBytes : 0);
  const hasVram = machine.unified || cost.vramBytes <= machine.vram.total;
  const fits = !hasVram || needed > 0.9 * total ? 'no' : needed <= Math.max(0.5 * total, 0.8 * free) ? 'well' : 'tight';
  const score = fits === 'no' ? 0 : usefulness(model, cost, machine);
  return { id: model.id, ...cost, fits, score: Math.round(score * 1000) / 1000, why: whyWords(cost, machine, fits) };
}

/** Memory read in a second, by a usual computer and by a usual GPU; computing, by one core and by a GPU. */
const bytesPerSecond = { processor: 25e9, gpu: 200e9 };
const operationsPerSecond = { core: 80e9, gpu: 8e12 };

/** As fast as one reads; and as long as one waits for an answer to begin. */
const readingTokensPerSecond = 8;
const promptTokens = 1000;
const patienceSeconds = 15;

/**
 * Larger models answer better, as far as they answer in time: what a model knows grows with the logarithm of its size, and
 * loses its worth in proportion as it writes slower than one reads or makes one wait for the first word.
 */
function usefulness(model: ModelShape, { gpuLayers }: ModelCost, { cores, gpu }: Machine): number {
  const onGpu = gpu === 'none' ? 0 : Math.min(1, gpuLayers / model.layers);
  const perToken = model.bytes * (onGpu / bytesPerSecond.gpu + (1 - onGpu) / bytesPerSecond.processor);
  const operations = 2 * model.parameters * promptTokens;
  const processor = operationsPerSecond.core * Math.max(1, cores);
  const wait = operations * (onGpu / operationsPerSecond.gpu + (1 - onGpu) / processor);
  const pace = Math.min(1, 1 / (perToken * readingTokensPerSecond)) * Math.min(1, patienceSeconds / wait);
  if (model.kind !== 'chat') return pace;
  const knowledge = Math.log2(model.parameters / 0.4e9) / Math.log2(16 / 0.4);
  return Math.sqrt(Math.min(1, Math.max(0.05, knowledge))) * pace;
}

function whyWords(cost: ModelCost, { ram, vram, gpu, unified }: Machine, fits: ModelScore['fits']): string {
  const needs =
    cost.vramBytes > 0 && !unified
      ? `It needs about ${gigabytes(cost.ramBytes)} of memory and ${gigabytes(cost.vramBytes)} of the GPU’s`
      : `It needs about ${gigabytes(cost.ramBytes + cost.vramBytes)} of memory`;
  const has = `this machine has ${gigabytes(ram.total)}${gpu === 'none' || unified ? '' : ` and ${gigabytes(vram.total)} on the GPU`}`;
  switch (fits) {
    case 'well':
      return `${needs}; ${has}.`;
    case 'tight':
      return `${needs}; ${has}, of which ${gigabytes(ram.free)} are free. Close other programs first.`;
    case 'no':
      return `${needs}, but ${has}.`;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
