// How many tokens are evaluated at once.

export interface ChunkSize {
  readonly size: () => number;
  /** A whole chunk took so long. */
  readonly took: (ms: number) => void;
}

export interface ChunkLimits {
  /** How many tokens the batch holds. */
  readonly batch: number;
  /** How many tokens the first chunk has. */
  readonly first: number;
  /** No chunk becomes smaller than this, however long it takes. */
  readonly smallest: number;
  /** What a chunk should take at most. */
  readonly longestMs: number;
}

/**
 * As many tokens as the batch holds, fewer where that takes too long: a chunk can't be stopped, and on a slow machine a
 * whole batch takes many seconds.
 */
export function createChunkSize({ batch, first, smallest, longestMs }: ChunkLimits): ChunkSize {
  let size = Math.min(batch, first);
  return {
    size: () => size,
    took: (ms) => {
      if (ms > longestMs) size = Math.min(size, Math.max(Math.min(smallest, batch), Math.floor(size / 2)));
      else if (ms < longestMs / 3) size = Math.min(batch, size * 2);
    },
  };
}
