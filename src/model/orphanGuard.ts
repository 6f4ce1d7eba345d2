// A process whose event loop hangs in native code doesn't notice that its window has gone, and would run on for ever. A
// small second thread sees to that: it sleeps but for a look now and then, and ends the process when nobody else will.

import { Worker, workerData } from 'node:worker_threads';

const lookMs = 400;

/** So many looks without a beat of the main thread, and it hangs. */
const mostMissed = 4;

interface GuardData {
  readonly orphanGuard: true;
  readonly parent: number;
  readonly beats: Int32Array<SharedArrayBuffer>;
}

/** Starts the guard thread: the same entry file once more, whose main thread this isn't. */
export function guardAgainstOrphan(): void {
  const entry = process.argv[1];
  if (entry === undefined) return;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const data: GuardData = { orphanGuard: true, parent: process.ppid, beats };
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 },
  });
  // Without the guard everything works but this one rescue.
  worker.on('error', () => undefined);
  worker.unref();
  setInterval(() => {
    Atomics.add(beats, 0, 1);
  }, lookMs).unref();
}

/** The guard thread's part: ends the process when its parent is gone and its main thread hangs. */
export function watchMainThread(): void {
  const { parent, beats } = workerData as GuardData;
  let seen = -1;
  let missed = 0;
  setInterval(() => {
    const beat = Atomics.load(beats, 0);
    missed = beat === seen ? missed + 1 : 0;
    seen = beat;
    if (missed >= mostMissed && isGone(parent)) process.kill(process.pid, 'SIGKILL');
  }, lookMs);
}

function isGone(parent: number): boolean {
  // Elsewhere than on Windows an orphan gets another parent.
  if (process.platform !== 'win32') return process.ppid !== parent;
  try {
    process.kill(parent, 0);
    return false;
  } catch {
    return true;
  }
}
