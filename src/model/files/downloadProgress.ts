export interface DownloadProgress {
  readonly step: 'fetching' | 'checking';
  readonly done: number;
  /** Undefined as long as nobody has said it. */
  readonly total?: number;
}

export type Report = (progress: DownloadProgress, now: boolean) => void;

/** Passes on what is reported, but not more often than every `progressMs`; what is marked `now`, and the end, always. */
export function throttled(onProgress: (progress: DownloadProgress) => void, progressMs: number): Report {
  let last = -Infinity;
  return (progress, now) => {
    const time = performance.now();
    if (!now && time - last < progressMs && progress.done !== progress.total) return;
    last = time;
    onProgress(progress);
  };
}
