/** Milliseconds of each run of `work`, sorted; a few runs before them warm the engine up. */
export function timings(runs: number, work: (run: number) => unknown): number[] {
  for (let run = 0; run < Math.min(20, runs); run++) work(run);
  const times = Array.from({ length: runs }, (_, run) => {
    const started = performance.now();
    work(run);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b);
}

/** The value below which a share `at` (0 to 1) of sorted values lies. */
export function quantile(sorted: readonly number[], at: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? NaN;
}

/** "1.23" or "123": milliseconds with as many digits as tell something. */
export function shownMs(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms.toFixed(0);
}
