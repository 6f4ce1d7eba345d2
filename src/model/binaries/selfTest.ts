// Tries an engine for the GPU in a process of its own, since a driver may take down or hang the one that uses it.

import { fork } from 'node:child_process';
import type { Exit } from '../exitReason.ts';
import { processEnvironment } from '../launch.ts';
import type { GpuKind } from './gpuOffer.ts';
import { rememberTrial } from './installed.ts';
import { readFromTrial } from './trial.ts';
import type { FromTrial, TrialFailure, TrialNews, TrialOrder } from './trial.ts';

export interface SelfTestOptions {
  /** dist/gpu-trial.mjs */
  readonly entry: string;
  readonly gpu: GpuKind;
  /** Where the engine is installed. */
  readonly folder: string;
  /** A model to try it on. */
  readonly modelFile?: string;
  readonly timeoutMs: number;
  readonly log: (level: 'warn' | 'debug', line: string) => void;
}

export type SelfTestResult =
  | {
      readonly type: 'works';
      /** The GPU's name. */
      readonly device: string;
      readonly memoryBytes: number;
      /** Null if there was no model to try it on. */
      readonly tokensPerSecond: number | null;
    }
  /** The CPU is to be used, and why, in the learner's words. */
  | { readonly type: 'fails'; readonly why: string; readonly detail: string }
  | { readonly type: 'stopped' };

/** Never rejects. Remembers beside the engine how it went, unless it was stopped. */
export async function selfTest(options: SelfTestOptions, signal: AbortSignal): Promise<SelfTestResult> {
  if (signal.aborted) return { type: 'stopped' };
  const result = await tryOut(options, signal);
  if (result.type === 'stopped') return result;
  const worked = result.type === 'works';
  if (!worked) options.log('warn', `GPU trial: ${result.why} ${result.detail}`);
  await rememberTrial(options.folder, { worked, words: worked ? result.device : result.why });
  return result;
}

async function tryOut(options: SelfTestOptions, signal: AbortSignal): Promise<SelfTestResult> {
  const { entry, gpu, folder, modelFile, timeoutMs, log } = options;
  const child = fork(entry, [], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: processEnvironment(process.env),
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000);
      log('debug', text.trimEnd());
    });
  }
  const { promise, resolve } = Promise.withResolvers<SelfTestResult>();
  let device: TrialNews | undefined;
  const settle = (message: FromTrial): void => {
    switch (message.type) {
      case 'device':
        device = message;
        return;
      case 'worked':
        if (device) {
          const { name, memoryBytes } = device;
          resolve({ type: 'works', device: name, memoryBytes, tokensPerSecond: message.tokensPerSecond });
        }
        return;
      case 'failed':
        resolve(fails(failureWords(message, gpu), `${message.detail}\n${output}`));
        return;
    }
  };
  const onAbort = (): void => {
    resolve({ type: 'stopped' });
  };
  const timer = setTimeout(() => {
    const seconds = Math.max(1, Math.round(timeoutMs / 1000));
    resolve(fails(`gave no result within ${seconds} seconds`, output));
  }, timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  child.on('message', (value: unknown) => {
    const message = readFromTrial(value);
    if (message) settle(message);
  });
  child.once('error', (error) => {
    resolve(fails('could not be started', error.message));
  });
  // 'close' comes after the last message.
  child.once('close', (code, exitSignal) => {
    resolve(fails(crashWords({ code, signal: exitSignal }), output));
  });
  child.send(
    { type: 'try', gpu, engineFolder: folder, modelFile: modelFile ?? null } satisfies TrialOrder,
    () => undefined,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

function fails(what: string, detail: string): SelfTestResult {
  return {
    type: 'fails',
    why: `The engine for the GPU ${what}. The processor computes the answers, as before.`,
    detail,
  };
}

function failureWords({ why }: TrialFailure, gpu: GpuKind): string {
  const system = gpu === 'cuda' ? 'CUDA' : 'Vulkan';
  switch (why) {
    case 'no-device':
      return `found no GPU that it can use (${system}); a newer graphics driver may help`;
    case 'no-layer':
      return 'found no room in the GPU’s memory for any layer of the model';
    case 'wrong-numbers':
      return 'computed nonsense in its trial; a newer graphics driver may help';
    case 'other':
      return 'failed in its trial; the log says more';
  }
}

function crashWords({ code, signal }: Exit): string {
  return `crashed in its trial (${signal ?? `code ${code ?? '-'}`}); a newer graphics driver may help`;
}
