// What a loaded model's file says about it, in the shape that deciding needs.

import { GgmlType, GgufFileType } from 'node-llama-cpp';
import type { LlamaModel } from 'node-llama-cpp';
import type { ModelFacts } from '../../core/model/chooseEngine.ts';
import type { AttentionShape } from '../../core/model/kvCache.ts';

export function modelFacts(model: LlamaModel): ModelFacts {
  const insights = model.fileInsights;
  return {
    trainContextTokens: model.trainContextSize,
    attention: attentionShape(model),
    flashAttention: model.flashAttentionSupported,
    rewindsFreely: !insights.isRecurrent && !insights.isHybrid && insights.swaSize === undefined,
  };
}

/** The shape of attention. Models that don't give the length of keys and values share the embedding out among the heads. */
export function attentionShape(model: LlamaModel): AttentionShape {
  const metadata: { readonly attention?: object; readonly embedding_length?: unknown } & object =
    model.fileInfo.architectureMetadata;
  const attention = new Map<string, unknown>(Object.entries(metadata.attention ?? {}));
  // One of the total is the output layer, which has no attention.
  const layers = Math.max(1, model.fileInsights.totalLayers - 1);
  const heads = numbers(attention.get('head_count'), layers, 1);
  const kvHeads = numbers(attention.get('head_count_kv') ?? attention.get('head_count'), layers, 1);
  const shared = Math.floor(number(metadata.embedding_length, 0) / Math.max(1, ...heads));
  return {
    kvHeads,
    keyLength: number(attention.get('key_length'), shared),
    valueLength: number(attention.get('value_length'), shared),
  };
}

/** How the weights are stored, as GGUF names it; what most tensors are where the file doesn't say. */
export function quantisationOf(model: LlamaModel): string {
  const type: unknown = model.fileInfo.metadata.general.file_type;
  const named = typeof type === 'number' ? GgufFileType[type] : undefined;
  if (named !== undefined) return named.replace(/^MOSTLY_|^ALL_/, '');
  const dominant = model.fileInsights.dominantTensorType;
  return dominant === undefined ? 'unknown' : GgmlType[dominant];
}

/** Whether the file says that it was made for tests. */
export function isSpecimen(model: LlamaModel): boolean {
  const metadata = new Map<string, unknown>(Object.entries(model.fileInfo.metadata));
  const own = metadata.get('handbook');
  return typeof own === 'object' && own !== null && 'specimen' in own && own.specimen === true;
}

/** A number for each layer: metadata has one for all, or a list. */
function numbers(value: unknown, layers: number, fallback: number): number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return Array.from({ length: layers }, (_, layer) => number(list.length > 0 ? list[layer] : value, fallback));
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
