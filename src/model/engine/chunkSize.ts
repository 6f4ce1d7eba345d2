// How many tokens are evaluated at once.

export interface ChunkSize {
  readonly size: () => number;
  /** A whole chunk took so long. */
  readonly took: (ms: number) => void;
}

const smallestChunk = 16;

/**
 * As many tokens as the batch holds, fewer where that takes too long: a chunk can't be stopped, and on a slow machine a
 * whole batch takes many seconds.
 * @param first How many tokens the first chunk has.
 * @param longestMs What a chunk should take at most.
 */
export function createChunkSize(batch: number, first: number, longestMs: number): ChunkSize {
  let size = Math.min(batch, first);
  return {
    size: () => size,
    took: (ms) => {
      if (ms > longestMs) size = Math.max(Math.min(smallestChunk, batch), Math.floor(size / 2));
      else if (ms < longestMs / 3) size = Math.min(batch, size * 2);
    },
  };
}
