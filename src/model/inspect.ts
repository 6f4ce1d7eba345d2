// Has a short-lived process judge what this machine can run.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { ModelError } from '../core/model/modelError.ts';
import { readFromInspector } from './inspectTypes.ts';
import type { Inspection, InspectRequest, ToInspector } from './inspectTypes.ts';
import { processEnvironment } from './launch.ts';

export interface InspectOptions extends InspectRequest {
  /** What is forked: dist/inspect.mjs. */
  readonly entry: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const keptOutput = 4000;

/**
 * Scores models for this machine. Where the engine has no binary for it, the answer says so and the scores are by memory.
 * Rejects with a ModelError if the process dies or gives no answer in time, or with the signal's reason; it is ended then.
 */
export async function inspectMachine({ entry, timeoutMs, signal, ...request }: InspectOptions): Promise<Inspection> {
  signal.throwIfAborted();
  const child = fork(entry, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: processEnvironment(process.env),
    windowsHide: true,
  });
  const output = keepOutput(child);
  const { promise, resolve, reject } = Promise.withResolvers<Inspection>();
  const fail = (problem: ModelError['problem'], how: string, detail: string): void => {
    const message = `Whether models fit this machine could not be found out: ${how}. Models can be chosen all the same.`;
    reject(new ModelError(problem, message, [detail, output()].filter((part) => part !== '').join('\n')));
  };
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => {
    fail('silent', 'the engine gave no answer in time', `${timeoutMs} ms`);
  }, timeoutMs);
  child.on('message', (value: unknown) => {
    const message = readFromInspector(value);
    if (message?.type === 'inspected') resolve(message.inspection);
    else fail('internal', 'the engine failed', message?.detail ?? 'the answer is not readable');
  });
  child.once('error', (error) => {
    fail('internal', 'the process could not be started', error.message);
  });
  child.once('close', (code, exitSignal) => {
    fail('ended', 'the engine crashed', `code ${code ?? '-'}, signal ${exitSignal ?? '-'}`);
  });
  child.send({ type: 'inspect', request } satisfies ToInspector, () => undefined);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

function keepOutput(child: ChildProcess): () => string {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      kept = (kept + piece).slice(-keptOutput);
    });
    stream?.on('error', () => undefined);
  }
  return () => kept.trim();
}
