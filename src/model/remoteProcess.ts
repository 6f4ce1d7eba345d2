// The model's process as a window sees it: started by this window, which learns how it ends, or found.

import { setTimeout as wait } from 'node:timers/promises';
import type { ModelError } from '../core/model/modelError.ts';
import { exitError } from './exitReason.ts';
import type { LaunchedProcess } from './launch.ts';

export interface RemoteProcess {
  readonly pid: number;
  readonly socket: string;
  readonly token: string;
  /** Whether this window started it. */
  readonly isOurs: boolean;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves with why it ended if it has or does so within `ms`, else with undefined. */
  readonly endedWithin: (ms: number, loading: boolean) => Promise<ModelError | undefined>;
}

export function launchedProcess(launched: LaunchedProcess, token: string): RemoteProcess {
  const { pid, socket, kill, exited, output } = launched;
  return {
    pid,
    socket,
    token,
    isOurs: true,
    kill,
    endedWithin: async (ms, loading) => {
      const late = new AbortController();
      const timeout = wait(ms, undefined, { signal: late.signal }).catch(() => undefined);
      const exit = await Promise.race([exited, timeout]);
      late.abort();
      return exit && exitError(exit, loading, output());
    },
  };
}

/** `pid` is believed only while the socket answers: the number may have passed to another process since. */
export function foundProcess({ pid, socket, token }: Pick<RemoteProcess, 'pid' | 'socket' | 'token'>): RemoteProcess {
  return {
    pid,
    socket,
    token,
    isOurs: false,
    kill: (signal) => {
      try {
        process.kill(pid, signal);
      } catch {
        // It has gone by itself.
        return;
      }
    },
    endedWithin: async (ms, loading) => {
      for (let left = ms; ; left -= 20) {
        if (!isAlive(pid)) return exitError(undefined, loading, '');
        if (left <= 0) return undefined;
        await wait(20);
      }
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
