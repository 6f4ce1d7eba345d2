// What a model would cost on this machine, by the engine's own reckoning, before anything of it is fetched.

import { getLlama, getLlamaGpuTypes, GgufInsights, LlamaLogLevel, NoBinaryFoundError } from 'node-llama-cpp';
import type { Llama } from 'node-llama-cpp';
import { batchTokens, contextFor, kvBytes, repackingBytes, scoreModel, withProcess } from '../inspectFit.ts';
import type { Inspection, InspectRequest, Machine, ModelCost, ModelToInspect } from '../inspectTypes.ts';
import { syntheticFile } from './syntheticFile.ts';

/** Looks at the machine and judges every model. Throws `NoEngineError` if there is no binary for this machine. */
export async function inspect(request: InspectRequest): Promise<Inspection> {
  const llama = await openEngine(request.gpu);
  try {
    const machine = await machineOf(llama);
    const scores = [];
    for (const model of request.models) {
      scores.push(scoreModel(model, await costOf(model, request.contextTokens, llama), machine));
    }
    return { engine: 'ready', engineDetail: '', ...machine, scores };
  } finally {
    await llama.dispose();
  }
}

/** The engine has no binary that runs here. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

async function openEngine(gpu: InspectRequest['gpu']): Promise<Llama> {
  const open = (type: 'auto' | 'metal' | 'cuda' | 'vulkan' | false): Promise<Llama> =>
    getLlama({
      gpu: type,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: 1,
      logLevel: LlamaLogLevel.error,
      logger: (_level, line) => void process.stderr.write(`${line}\n`),
    });
  try {
    return await open(gpu === 'off' ? false : gpu);
  } catch (error) {
    if (!(error instanceof NoBinaryFoundError)) throw error;
    if (gpu === 'off') throw new NoEngineError(error.message);
  }
  return open(false).catch((error: unknown) => {
    throw error instanceof NoBinaryFoundError ? new NoEngineError(error.message) : error;
  });
}

async function machineOf(llama: Llama): Promise<Machine> {
  const ram = await llama.getRamState();
  const vram = llama.gpu === false ? { total: 0, free: 0, unifiedSize: 0 } : await llama.getVramState();
  const types = await getLlamaGpuTypes('supported');
  return {
    ram: { total: ram.total, free: ram.free },
    vram: { total: vram.total, free: vram.free },
    unified: vram.unifiedSize > 0,
    cores: llama.cpuMathCores,
    gpu: llama.gpu === false ? 'none' : llama.gpu,
    gpuTypes: types.filter((type) => type !== false),
    gpuNames: llama.gpu === false ? [] : await llama.getGpuDeviceNames(),
  };
}

async function costOf(model: ModelToInspect, wantedTokens: number, llama: Llama): Promise<ModelCost> {
  const contextTokens = contextFor(model, wantedTokens);
  const insights = await GgufInsights.from(syntheticFile(model), llama);
  const settings = {
    flashAttention: insights.flashAttentionSupported,
    // As the engine is run: without it, going back in a sliding window gives wrong answers.
    swaFullCache: true,
  };
  const embeddingContext = model.kind !== 'chat';
  const { compatibilityScore, resolvedValues } = await insights.configurationResolver.resolveAndScoreConfig({
    targetContextSize: contextTokens,
    embeddingContext,
    ...settings,
  });
  // What doesn't fit is reckoned as if all of it were on the GPU: then it goes to the processor.
  const gpuLayers = llama.gpu === false || compatibilityScore === 0 ? 0 : resolvedValues.gpuLayers;
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers });
  const context = await insights.estimateContextResourceRequirementsV2({
    contextSize: contextTokens,
    modelGpuLayers: gpuLayers,
    batchSize: batchTokens,
    sequences: 1,
    isEmbeddingContext: embeddingContext,
    ...settings,
  });
  const share = Math.min(1, gpuLayers / insights.totalLayers);
  // The library's corrections for some architectures come out below the cache alone.
  const least = kvBytes(model, contextTokens);
  return withProcess({
    ramBytes: weights.cpuRam + repackingBytes(model, weights.cpuRam) + Math.max(context.cpuRam, least * (1 - share)),
    vramBytes: gpuLayers === 0 ? 0 : weights.gpuVram + Math.max(context.gpuVram, least * share),
    gpuLayers,
    contextTokens,
  });
}
