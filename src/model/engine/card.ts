// The model card: what was chosen, and what it costs in memory.

import { basename } from 'node:path';
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import type { ChosenEngine } from '../../core/model/chooseEngine.ts';
import type { ModelCard } from '../../core/model/language.ts';
import type { EngineOptions } from '../engine.ts';
import { contextFacts, saysNotLocked } from './llamaLog.ts';
import { isSpecimen, quantisationOf } from './modelFacts.ts';

export interface CardParts {
  readonly options: EngineOptions;
  readonly model: LlamaModel;
  readonly modelHash: string;
  readonly fileBytes: number;
  readonly chosen: ChosenEngine;
  /** Created for the conversations, embeddings or ranking. */
  readonly context: { readonly size: number; readonly batch: number; readonly memory: LlamaContext['memoryUsage'] };
  /** The draft model's own context and weights, if there is one. */
  readonly draft?: { readonly model: LlamaModel; readonly context: LlamaContext; readonly kvBytesPerToken: number };
  /** What llama.cpp said while it loaded the weights, and while it made the context. */
  readonly loadLines: readonly string[];
  readonly contextLines: readonly string[];
  readonly gpuName: string | undefined;
  readonly engineVersion: string;
  readonly thinks: boolean;
  readonly speculation: ModelCard['speculation'];
  readonly loadMs: number;
}

export function makeCard(parts: CardParts): ModelCard {
  const { options, model, chosen, context, draft } = parts;
  const { gpu } = model.llama;
  const name: unknown = model.fileInfo.metadata.general.name;
  const said = contextFacts(parts.contextLines);
  // Computed from the model's shape, and checked against what llama.cpp has allocated: that counts if they differ.
  const computed = chosen.kvBytesPerToken * context.size;
  const allocated = said.kv ?? computed;
  const agrees = Math.abs(allocated - computed) <= 0.02 * computed;
  const kv = agrees ? computed : allocated;
  if (!agrees) options.log('info', `KV cache: ${computed} bytes expected, ${kv} allocated`);
  const draftKv = draft ? draft.kvBytesPerToken * draft.context.contextSize : 0;
  const draftMemory = draft ? total(draft.context.memoryUsage) : 0;
  return {
    name: typeof name === 'string' && name !== '' ? name : basename(options.file, '.gguf'),
    file: options.file,
    modelHash: parts.modelHash,
    kind: options.kind,
    architecture: model.architecture,
    parameters: model.fileInsights.totalParameters,
    quantisation: quantisationOf(model),
    fileBytes: parts.fileBytes,
    specimen: isSpecimen(model),
    thinks: parts.thinks,
    // A driver without a device, or no layers: whatever the backend is called, the CPU computes.
    gpu: gpu === false || model.gpuLayers === 0 ? 'none' : gpu,
    ...(gpu !== false && model.gpuLayers > 0 && parts.gpuName !== undefined && { gpuName: parts.gpuName }),
    layers: model.fileInsights.totalLayers,
    gpuLayers: model.gpuLayers,
    threads: chosen.threads,
    contextTokens: context.size,
    trainContextTokens: model.trainContextSize,
    batchTokens: context.batch,
    flashAttention: said.flashAttention ?? chosen.flashAttention !== false,
    kvCache: chosen.kvCache,
    memoryLocked: options.settings.lockMemory && model.llama.supportsMlock && !saysNotLocked(parts.loadLines),
    speculation: parts.speculation,
    memory: {
      // llama.cpp's own account, with the copies that it repacks for the CPU.
      weightsRam: model.memoryUsage.ram + (draft?.model.memoryUsage.ram ?? 0),
      weightsVram: model.memoryUsage.vram + (draft?.model.memoryUsage.vram ?? 0),
      kvBytesPerToken: kv / context.size,
      kv: kv + draftKv,
      // What the contexts have allocated besides their KV caches.
      compute: Math.max(0, total(context.memory) - kv) + Math.max(0, draftMemory - draftKv),
    },
    engineVersion: parts.engineVersion,
    loadMs: parts.loadMs,
  };
}

function total({ ram, vram }: { readonly ram: number; readonly vram: number }): number {
  return ram + vram;
}
