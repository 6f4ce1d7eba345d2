// The limit of V8's heap doesn't count what lies beside it, and that is where a bomb unpacks itself. So a second thread
// looks at all that the process holds.

import { Worker, workerData } from 'node:worker_threads';

const lookMs = 20;

/** Starts the guard thread: the same entry file once more, whose main thread this isn't. */
export function guardMemory(mostBytes: number): void {
  const entry = process.argv[1];
  if (entry === undefined) return;
  const guard = new Worker(entry, {
    workerData: { mostBytes },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
  });
  // Without the guard nothing would end a bomb.
  guard.on('error', endProcess);
  guard.unref();
}

/** The guard thread's part. */
export function watchMemory(): void {
  const { mostBytes } = workerData as { readonly mostBytes: number };
  setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) endProcess();
  }, lookMs);
}

/** By a signal: process.exit in a thread ends only the thread. The parent takes it for what it is (see extract.ts). */
function endProcess(): void {
  process.kill(process.pid, 'SIGTERM');
}
