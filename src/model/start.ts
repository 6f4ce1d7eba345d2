// What the window that starts the model's process tells it, and what comes back, over the channel of the fork. Not by
// arguments or environment, which others on the machine can read.

import { either, isCount, isText, messageOf, oneOf, shape } from './check.ts';
import type { EngineOptions } from './engine.ts';
import { isEngineSettings, isKind } from './messages.ts';

export interface StartOptions extends Omit<EngineOptions, 'log' | 'onLoading'> {
  /** What a window has to say to be let in. */
  readonly token: string;
  /** Where the process leaves word of itself for other windows. */
  readonly runFile: string;
  /** The process ends after so long without a window. */
  readonly idleMs: number;
  /** An engine that has work but shows nothing for so long hangs, though the process answers. */
  readonly stalledMs: number;
  /** A folder from which the engine's package is to be taken instead: that with the GPU's binaries. */
  readonly engineFolder: string | null;
}

export interface ToProcess {
  readonly type: 'start';
  readonly options: StartOptions;
}

export type FromProcess =
  { readonly type: 'listening'; readonly socket: string } | { readonly type: 'failed'; readonly detail: string };

const isToProcess = messageOf<ToProcess>({
  start: shape<ToProcess>({
    type: oneOf('start'),
    options: shape<StartOptions>({
      file: isText,
      kind: isKind,
      settings: isEngineSettings,
      stateFolder: isText,
      stateQuota: isCount,
      token: isText,
      runFile: isText,
      idleMs: isCount,
      stalledMs: isCount,
      engineFolder: either(isText, (value): value is null => value === null),
    }),
  }),
});

const isFromProcess = messageOf<FromProcess>({
  listening: shape({ type: oneOf('listening'), socket: isText }),
  failed: shape({ type: oneOf('failed'), detail: isText }),
});

export function readToProcess(value: unknown): ToProcess | undefined {
  return isToProcess(value) ? value : undefined;
}

export function readFromProcess(value: unknown): FromProcess | undefined {
  return isFromProcess(value) ? value : undefined;
}
