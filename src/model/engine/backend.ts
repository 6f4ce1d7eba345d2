// llama.cpp's backend: there is one in a process, for as long as that lives.

import { availableParallelism } from 'node:os';
import { platform } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { LlamaLogLevel, NoBinaryFoundError, getLlama } from 'node-llama-cpp';
import type { Llama } from 'node-llama-cpp';
import type { EngineSettings } from '../../core/model/engineSettings.ts';
import type { EngineOptions } from '../engine.ts';
import type { LlamaLog } from './llamaLog.ts';

type Gpu = 'auto' | 'metal' | 'cuda' | 'vulkan' | false;

/**
 * Once started it stays: its native part and its logger belong to the process, and a second start would leave the first
 * one's logger in place of its own.
 */
const started = new Map<Gpu, Promise<Llama>>();

/** Starts llama.cpp with the backend that the settings want, or on the CPU where that isn't to be had. */
export async function startLlama(
  settings: EngineSettings,
  log: EngineOptions['log'],
  llamaLog: LlamaLog,
): Promise<Llama> {
  const start = async (gpu: Gpu): Promise<Llama> => {
    const known = started.get(gpu) ?? load(gpu, llamaLog);
    started.set(gpu, known);
    try {
      const llama = await known;
      llama.logger = llamaLog.write;
      return llama;
    } catch (error) {
      started.delete(gpu);
      throw error;
    }
  };
  const onCpu = async (): Promise<Llama> => {
    try {
      return await start(false);
    } catch (error) {
      // For Apple silicon there is an engine with Metal only; with no layers on the GPU that computes on the CPU.
      if (!(error instanceof NoBinaryFoundError) || platform !== 'darwin') throw error;
      return start('metal');
    }
  };
  if (settings.gpu === 'off') return onCpu();
  try {
    return await start(settings.gpu);
  } catch (error) {
    if (!(error instanceof NoBinaryFoundError)) throw error;
    log('warn', `There is no engine for the GPU (${settings.gpu}); the CPU is used`);
    return onCpu();
  }
}

function load(gpu: Gpu, llamaLog: LlamaLog): Promise<Llama> {
  // A vocabulary is read as hundreds of thousands of strings, for which V8 would let its space for young objects grow by
  // 60 MB, and keep that ever after.
  setFlagsFromString('--semi-space-growth-factor=1');
  return getLlama({
    gpu,
    // Nothing is downloaded or compiled on the learner's machine.
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.info,
    logger: llamaLog.write,
    maxThreads: availableParallelism(),
  });
}
