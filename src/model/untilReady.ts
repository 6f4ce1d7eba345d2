// Waiting for a model to be loaded, by this window's process or another's.

import type { ModelCard } from '../core/model/language.ts';
import { ModelError } from '../core/model/modelError.ts';
import type { Connection } from './connection.ts';
import { exitError, silentError } from './exitReason.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import { watchSilence } from './silence.ts';

export interface LoadOptions {
  /** Loading may stand still for so long. */
  readonly loadTimeoutMs: number;
  readonly onLoading: (fraction: number) => void;
  readonly log: (level: 'error' | 'warn' | 'info' | 'debug', line: string) => void;
}

/** How long the end of a socket may come before that of its process. */
const exitMs = 1_000;

/**
 * Resolves with the model's card. Rejects with a ModelError that says why there is none, or with the signal's reason.
 * A process whose loading stands still is killed. Only progress counts as a sign of life: a reader that runs in circles in
 * a damaged file answers every ping.
 */
export async function untilReady(
  connection: Connection,
  remote: RemoteProcess,
  { loadTimeoutMs, onLoading, log }: LoadOptions,
  signal: AbortSignal,
): Promise<ModelCard> {
  const { promise, resolve, reject } = Promise.withResolvers<ModelCard>();
  let best = -1;
  const silence = watchSilence({
    limitMs: loadTimeoutMs,
    isWaiting: () => true,
    onSilent: () => {
      reject(silentError(true, loadTimeoutMs));
      remote.kill('SIGKILL');
    },
  });
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  connection.listen(
    (message) => {
      switch (message.type) {
        case 'loading':
          if (message.fraction <= best) return;
          best = message.fraction;
          silence.sign();
          onLoading(message.fraction);
          return;
        case 'ready':
          resolve(message.card);
          return;
        case 'loadFailed':
          reject(new ModelError(message.problem, message.message, message.detail));
          return;
        case 'log':
          log(message.level, message.line);
          return;
        case 'event':
        case 'counted':
        case 'embedded':
        case 'ranked':
        case 'warmed':
        case 'statistics':
        case 'failed':
        case 'pong':
          return;
      }
    },
    (detail) => {
      void remote.endedWithin(exitMs, true).then((ended) => {
        reject(ended ?? exitError(undefined, true, detail));
      });
    },
  );
  if (signal.aborted) onAbort();
  try {
    return await promise;
  } finally {
    silence.dispose();
    signal.removeEventListener('abort', onAbort);
  }
}
