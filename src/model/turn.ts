// One window at a time: those that start at once must make one process between them. The lock is SQLite's on an empty
// file, because the system takes it back from a window that dies; a lock file would need guessing whether it is stale.

import { setTimeout as wait } from 'node:timers/promises';
import { isRecord } from './check.ts';

const busy = 5;

/**
 * Does `work` while no other window of this user does. Rejects with the signal's reason if it is aborted before its turn
 * comes. Where no lock can be had (a full disk, a file system without locks), the work is done all the same: two
 * processes are better than none.
 */
export async function inTurn<T>(
  path: string,
  signal: AbortSignal,
  log: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  const release = await takeLock(path, signal, log);
  try {
    return await work();
  } finally {
    release();
  }
}

async function takeLock(path: string, signal: AbortSignal, log: (line: string) => void): Promise<() => void> {
  const { DatabaseSync } = await import('node:sqlite');
  for (let pause = 5; ; pause = Math.min(100, pause * 2)) {
    signal.throwIfAborted();
    let lock: InstanceType<typeof DatabaseSync> | undefined;
    try {
      lock = new DatabaseSync(path, { timeout: 0 });
      lock.exec('BEGIN EXCLUSIVE');
      const held = lock;
      return () => {
        held.close();
      };
    } catch (error) {
      lock?.close();
      if (!(isRecord(error) && error['errcode'] === busy)) {
        log(`no lock at ${path}: ${String(error)}`);
        return () => undefined;
      }
    }
    await wait(pause, undefined, { signal });
  }
}
