// Whether an engine for the GPU works on this machine: it is started and, if there is a model, made to generate a little.

import { availableParallelism } from 'node:os';
import { LlamaLogLevel, NoBinaryFoundError, getLlama } from 'node-llama-cpp';
import type { Llama } from 'node-llama-cpp';
import type { TrialEnd, TrialFailure, TrialNews, TrialOrder } from '../binaries/trial.ts';

const someTokens = 10;

/** Tells of the device as soon as it is known. Rejects with whatever the engine throws. */
export async function tryGpu(
  { gpu, modelFile }: TrialOrder,
  onNews: (news: TrialNews) => void,
): Promise<TrialEnd | TrialFailure> {
  let llama: Llama;
  try {
    llama = await getLlama({
      gpu,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: LlamaLogLevel.warn,
      logger: (_level, line) => {
        process.stderr.write(`${line.trimEnd()}\n`);
      },
      maxThreads: availableParallelism(),
    });
  } catch (error) {
    // It tries its binary in a process of its own first, and says no more than this if that fails.
    if (error instanceof NoBinaryFoundError)
      return { type: 'failed', why: 'no-device', detail: 'the binary does not start' };
    throw error;
  }
  const [names, memory] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
  const [name] = names;
  // With a driver but no device it starts all the same.
  if (llama.gpu !== gpu || name === undefined) {
    return {
      type: 'failed',
      why: 'no-device',
      detail: `it runs on ${llama.gpu || 'the CPU'}, with ${names.length} devices`,
    };
  }
  onNews({ type: 'device', name, memoryBytes: memory.total });
  return modelFile === null ? { type: 'worked', tokensPerSecond: null } : generate(llama, modelFile);
}

async function generate(llama: Llama, modelPath: string): Promise<TrialEnd | TrialFailure> {
  const model = await llama.loadModel({ modelPath, gpuLayers: 'auto' });
  if (model.gpuLayers === 0) return { type: 'failed', why: 'no-layer', detail: 'gpuLayers is 0' };
  const context = await model.createContext({
    contextSize: 256,
    batchSize: 64,
    sequences: 1,
    failedCreationRemedy: false,
  });
  const tokens = context
    .getSequence()
    .evaluateWithMetadata(model.tokenize('The'), { confidence: true }, { temperature: 0 });
  const started = performance.now();
  let count = 0;
  for await (const { confidence } of tokens) {
    // A driver at fault computes NaN without complaint.
    if (!(confidence > 0 && confidence <= 1)) {
      return { type: 'failed', why: 'wrong-numbers', detail: `confidence ${confidence}` };
    }
    if (++count === someTokens) break;
  }
  return { type: 'worked', tokensPerSecond: (count * 1000) / (performance.now() - started) };
}
