// Where a chunk of a prompt ends, so that all of its chunks together are evaluated fastest.

export interface ChunkStart {
  /** How many tokens of the prompt are held already. */
  readonly at: number;
  /** How many tokens a chunk has at most. */
  readonly size: number;
  /** The prompt's. */
  readonly length: number;
  /** How many tokens are evaluated fastest together; undefined where that makes no difference. */
  readonly tile: number | undefined;
}

/** A rest below this share of a tile costs less than a shorter chunk before it: measured on a CPU. */
const smallRest = 1 / 3;

/**
 * Chunks end where tiles end: llama.cpp pads what attention looks at to whole multiples of 256 tokens, so chunks that reach a
 * few tokens beyond one would each pay for all of the next (measured at 128 tokens a chunk: a thirtieth of a prompt of 500).
 * The last chunk is a whole tile where it would be most of one: in less than a tile, tokens are evaluated one by one.
 * @returns At most `length`; `length` itself if this is the last chunk.
 */
export function chunkEnd({ at, size, length, tile }: ChunkStart): number {
  const most = at + size;
  if (length <= most) return length;
  if (tile === undefined || size < 2 * tile) return most;
  const end = most - (most % tile);
  const rest = length - end;
  return rest > tile * smallRest && rest < tile ? length - tile : end;
}
