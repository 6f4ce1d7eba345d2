// A process whose event loop hangs in native code doesn't notice that its window has gone, and would run on for ever. A
// small second thread sees to that: it sleeps but for a look now and then, and ends the process when nobody else will.

import { Worker } from 'node:worker_threads';

const lookMs = 400;

/** So many looks without a beat of the main thread, and it hangs. */
const mostMissed = 4;

interface GuardData {
  readonly parent: number;
  readonly beats: Int32Array<SharedArrayBuffer>;
  readonly lookMs: number;
  readonly mostMissed: number;
}

/** Starts the guard thread. */
export function guardAgainstOrphan(): void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const data: GuardData = { parent: process.ppid, beats, lookMs, mostMissed };
  // Its text rather than a file: the modules of this process once more would take 4 MB.
  const worker = new Worker(`(${watchMainThread.toString()})(require('node:worker_threads').workerData)`, {
    eval: true,
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  // Without the guard everything works but this one rescue.
  worker.on('error', () => undefined);
  worker.unref();
  setInterval(() => {
    Atomics.add(beats, 0, 1);
  }, lookMs).unref();
}

/**
 * The guard thread's part: ends the process when its parent is gone and its main thread hangs. It is handed over as text, so
 * all that it uses is Node's or in `data`.
 */
function watchMainThread({ parent, beats, lookMs, mostMissed }: GuardData): void {
  const isGone = (): boolean => {
    // Elsewhere than on Windows an orphan gets another parent.
    if (process.platform !== 'win32') return process.ppid !== parent;
    try {
      process.kill(parent, 0);
      return false;
    } catch {
      return true;
    }
  };
  let seen = -1;
  let missed = 0;
  setInterval(() => {
    const beat = Atomics.load(beats, 0);
    missed = beat === seen ? missed + 1 : 0;
    seen = beat;
    if (missed >= mostMissed && isGone()) process.kill(process.pid, 'SIGKILL');
  }, lookMs);
}
