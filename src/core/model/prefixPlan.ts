// How much of a prompt needn't be evaluated again, because the KV cache or a state file on disk begins the same way.

/** A state that lies on disk: the tokens it holds, and whatever finds it again. */
export interface StoredState<File> {
  readonly file: File;
  readonly tokens: ArrayLike<number>;
}

export interface PrefixPlan<File> {
  /** How many leading tokens of the prompt are taken over, from the cache or the file. */
  readonly reuse: number;
  /** Read this first, in place of what the cache holds. */
  readonly restore?: File;
  readonly evaluate: number;
}

/** Reading a file is worth it from so many tokens on that needn't be evaluated. */
const worthRestoring = 64;

/** How many leading tokens two sequences share. */
export function sharedPrefix(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}

/**
 * Plans the evaluation of a prompt. The prompt's last token is always evaluated: its logits are what the answer starts from.
 * @param rewinds Whether a state can be cut back to any length. If not, a state serves only if all of it begins the prompt.
 */
export function planPrefix<File>(
  prompt: ArrayLike<number>,
  held: ArrayLike<number>,
  stored: readonly StoredState<File>[],
  rewinds: boolean,
): PrefixPlan<File> {
  const usable = (tokens: ArrayLike<number>): number => {
    const shared = Math.min(sharedPrefix(prompt, tokens), Math.max(0, prompt.length - 1));
    return rewinds || shared === tokens.length ? shared : 0;
  };
  let reuse = usable(held);
  let restore: File | undefined;
  let best = reuse + worthRestoring;
  for (const { file, tokens } of stored) {
    const shared = usable(tokens);
    if (shared < best) continue;
    best = shared + 1;
    reuse = shared;
    restore = file;
  }
  return { reuse, ...(restore !== undefined && { restore }), evaluate: prompt.length - reuse };
}

/** How many tokens a reused one is worth where reusing it leaves a rest that is evaluated slowly: measured on a CPU. */
const slowness = 900;

/**
 * Where attention takes whole tiles much faster than single tokens, a rest that nearly fills a tile is filled up with tokens
 * that could have been reused. Each token of a rest costs extra in proportion to what stands before it.
 * @returns How many tokens to reuse.
 */
export function fillTile(promptTokens: number, reuse: number, tile: number): number {
  const rest = promptTokens - reuse;
  const missing = tile - rest;
  if (missing <= 0 || missing > reuse) return reuse;
  return rest * reuse > slowness * missing ? reuse - missing : reuse;
}
