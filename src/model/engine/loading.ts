// From settings to a model in memory, and a context for it.

import { availableParallelism } from 'node:os';
import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { chooseEngine, chooseThreads } from '../../core/model/chooseEngine.ts';
import type { ChosenEngine, MachineFacts } from '../../core/model/chooseEngine.ts';
import type { EngineSettings, KvCacheType } from '../../core/model/engineSettings.ts';
import { kvBytesPerToken } from '../../core/model/kvCache.ts';
import type { EngineOptions } from '../engine.ts';
import type { LlamaLog } from './llamaLog.ts';
import { attentionShape, modelFacts } from './modelFacts.ts';

/** llama.cpp's names of the KV cache's types. */
const kvTypes = { f16: 'F16', q8_0: 'Q8_0', q4_0: 'Q4_0' } as const satisfies Record<KvCacheType, string>;

export function machineFacts(llama: Llama): MachineFacts {
  return { cores: availableParallelism(), mathCores: llama.cpuMathCores };
}

export interface LoadOptions {
  readonly llama: Llama;
  readonly file: string;
  readonly settings: EngineSettings;
  readonly signal: AbortSignal;
  readonly onLoading: (fraction: number) => void;
}

export async function loadModel({ llama, file, settings, signal, onLoading }: LoadOptions): Promise<LlamaModel> {
  // For the model and all its contexts: the library would take at least four threads, on any machine.
  llama.maxThreads = chooseThreads(settings.threads, machineFacts(llama));
  return llama.loadModel({
    modelPath: file,
    gpuLayers: settings.gpu === 'off' ? 0 : settings.gpuLayers,
    useMlock: settings.lockMemory,
    defaultContextFlashAttention: settings.flashAttention === 'off' ? false : 'auto',
    loadSignal: signal,
    onLoadProgress: onLoading,
  });
}

export interface ContextOptions {
  readonly model: LlamaModel;
  readonly settings: EngineSettings;
  readonly signal: AbortSignal;
  readonly log: EngineOptions['log'];
  readonly llamaLog: LlamaLog;
}

/** Creates the conversations' context; a KV cache type that the engine refuses becomes f16. */
export async function createChatContext(
  options: ContextOptions,
): Promise<{ readonly context: LlamaContext; readonly chosen: ChosenEngine }> {
  const { model, settings, log, llamaLog } = options;
  const chosen = chooseEngine(settings, machineFacts(model.llama), modelFacts(model));
  for (const note of chosen.notes) log('warn', note);
  const { min, max } = chosen.contextTokens;
  const size = min === max ? max : { min, max };
  llamaLog.mark();
  try {
    return { chosen, context: await createContext(model, chosen, size, chosen.batchTokens, options.signal) };
  } catch (error) {
    if (chosen.kvCache === 'f16' || options.signal.aborted) throw error;
    log('warn', `KV cache: ${chosen.kvCache} was refused, f16 is used: ${String(error)}`);
    const plain: ChosenEngine = {
      ...chosen,
      kvCache: 'f16',
      kvBytesPerToken: kvBytesPerToken(attentionShape(model), 'f16'),
    };
    llamaLog.mark();
    return { chosen: plain, context: await createContext(model, plain, size, plain.batchTokens, options.signal) };
  }
}

export async function createContext(
  model: LlamaModel,
  chosen: ChosenEngine,
  contextSize: number | { readonly min: number; readonly max: number },
  batchSize: number,
  createSignal: AbortSignal,
): Promise<LlamaContext> {
  return model.createContext({
    contextSize,
    batchSize,
    sequences: 1,
    threads: chosen.threads,
    flashAttention: chosen.flashAttention,
    // With a sliding cache, going back a little would silently use cells that are lost already.
    swaFullCache: true,
    // A size that the learner has set is kept or refused; an automatic one shrinks until it fits.
    failedCreationRemedy: typeof contextSize === 'number' ? false : { retries: 8, autoContextSizeShrink: 0.3 },
    createSignal,
    ...(chosen.kvCache !== 'f16' && kvTypeOptions(chosen.kvCache)),
  });
}

/** Deprecated in the library because many a machine can't run them, which is why a refusal is expected and f16 the default. */
function kvTypeOptions(type: KvCacheType): object {
  return { experimentalKvCacheKeyType: kvTypes[type], experimentalKvCacheValueType: kvTypes[type] };
}
