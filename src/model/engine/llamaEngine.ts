// The engine: llama.cpp through node-llama-cpp. This builds the parts, and puts them away again.

import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { getModuleVersion } from 'node-llama-cpp';
import { ModelError } from '../../core/model/modelError.ts';
import type { Engine, OpenEngine } from '../engine.ts';
import { fingerprint } from './fingerprint.ts';
import { createLlamaLog } from './llamaLog.ts';
import { explainLoadFailure } from './loadFailure.ts';
import type { LoadedParts } from './loadedParts.ts';
import { startLlama } from './backend.ts';
import { loadModel } from './loading.ts';
import { openChat } from './openChat.ts';
import { openVectors } from './openVectors.ts';
import { collectGarbage, forgetVocabulary } from './spareMemory.ts';
import { createTotals } from './totals.ts';
import { createTurns } from './turns.ts';

/** The part of loading that is the weights; the rest is the context. */
const weightsShare = 0.9;

const lateLinesMs = 100;

/** Opens a model. Throws a ModelError that says what is wrong; rejects with the signal's reason. */
export const openLlamaEngine: OpenEngine = async (options, signal) => {
  const startedAt = performance.now();
  const llamaLog = createLlamaLog(options.log);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const disposers: (() => Promise<void>)[] = [];

  const dispose = async (): Promise<void> => {
    closing.abort(new ModelError('ended', 'The model was put away. Ask again.'));
    await Promise.allSettled(running);
    for (const disposer of disposers.splice(0).reverse()) {
      await disposer().catch((error: unknown) => {
        options.log('warn', `Something couldn’t be put away: ${String(error)}`);
      });
    }
  };

  try {
    signal.throwIfAborted();
    const file = await stat(options.file);
    if (!file.isFile()) throw new ModelError('bad-file', 'This is no model file. Choose a file that ends in .gguf.');
    const llama = await startLlama(options.settings, options.log, llamaLog);
    const model = await loadModel({
      llama,
      file: options.file,
      settings: options.settings,
      signal,
      onLoading: (fraction) => {
        options.onLoading(fraction * weightsShare);
      },
    });
    disposers.push(() => model.dispose());
    const parts: LoadedParts = {
      options,
      llama,
      model,
      llamaLog,
      loadLines: [...llamaLog.lines()],
      modelHash: await fingerprint(options.file),
      fileBytes: file.size,
      modifiedMs: file.mtimeMs,
      gpuName: llama.gpu === false ? undefined : (await llama.getGpuDeviceNames())[0],
      engineVersion: `node-llama-cpp ${await getModuleVersion()}, llama.cpp ${llama.llamaCppRelease.release}`,
      startedAt,
      turns: createTurns(),
      totals: createTotals(),
      signal,
      closing: closing.signal,
      track: (work) => {
        running.add(work);
        void work.finally(() => {
          running.delete(work);
        });
      },
      owns: (disposer) => {
        disposers.push(disposer);
      },
    };
    const engine = await (options.kind === 'chat' ? openChat(parts) : openVectors(parts));
    signal.throwIfAborted();
    forgetVocabulary(model);
    collectGarbage();
    options.onLoading(1);
    return { ...engine, dispose: once(dispose) };
  } catch (error) {
    await dispose();
    if (signal.aborted) throw signal.reason;
    // llama.cpp's lines come through the event loop, and so may arrive after the error that they explain.
    await setTimeout(lateLinesMs);
    throw explainLoadFailure(error, llamaLog.lines());
  }
};

function once(dispose: () => Promise<void>): Engine['dispose'] {
  let disposed: Promise<void> | undefined;
  return () => (disposed ??= dispose());
}
