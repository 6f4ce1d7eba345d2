// Byte-pair encoding over bytes, as GPT-2 does it (Sennrich et al. 2016; Radford et al. 2019), with the pre-tokeniser
// that llama.cpp calls "qwen2": every digit is a piece of its own, so that a citation's number is always the same token.

/** `tokenizer.ggml.pre` of the pieces that `piecesOf` cuts. */
export const preTokeniser = 'qwen2';

const piece =
  /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** A learned vocabulary. Token ids: the 256 bytes, then one per merge, then the special tokens. */
export interface Vocabulary {
  /** Every token as GGUF spells it: bytes as printable characters, special tokens as they are. */
  readonly tokens: readonly string[];
  /** "left right", in the order learned. */
  readonly merges: readonly string[];
  readonly special: ReadonlyMap<string, number>;
}

/** GPT-2's spelling of each byte as one printable character. */
export const byteSpelling: readonly string[] = (() => {
  const printable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
})();

const byteOf: ReadonlyMap<string, number> = new Map(byteSpelling.map((character, byte) => [character, byte]));

const utf8 = new TextEncoder();

/**
 * Learns a vocabulary of `size` tokens, the special ones included. Of equally frequent pairs the one with the smaller
 * token ids is merged first, so that the same texts give the same vocabulary.
 */
export function learnVocabulary(texts: readonly string[], size: number, special: readonly string[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of texts) for (const found of piecesOf(text)) counts.set(found, (counts.get(found) ?? 0) + 1);
  const words = [...counts].map(([text, count]) => ({ ids: [...utf8.encode(text)], count }));

  const tokens = [...byteSpelling];
  const merges: string[] = [];
  while (tokens.length < size - special.length) {
    const best = mostFrequentPair(words);
    if (best === undefined) throw new Error(`The texts give only ${tokens.length + special.length} tokens`);
    const [left, right] = best;
    const merged = tokens.length;
    merges.push(`${tokens[left] ?? ''} ${tokens[right] ?? ''}`);
    tokens.push(`${tokens[left] ?? ''}${tokens[right] ?? ''}`);
    for (const word of words) mergePair(word.ids, left, right, merged);
  }
  return {
    tokens: [...tokens, ...special],
    merges,
    special: new Map(special.map((text, index) => [text, tokens.length + index])),
  };
}

/** The pieces within which merges happen; together they are the text. */
export function piecesOf(text: string): string[] {
  return text.match(piece) ?? [];
}

export interface Tokeniser {
  /** Text to token ids; special tokens in it stay ordinary text. */
  readonly encode: (text: string) => number[];
  readonly decode: (ids: readonly number[]) => string;
}

export function createTokeniser({ tokens, merges, special }: Vocabulary): Tokeniser {
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const known = (token: string): number => {
    const id = idOf.get(token);
    if (id === undefined) throw new Error(`No such token: ${token}`);
    return id;
  };
  const ranks = new Map<string, { rank: number; merged: number }>();
  for (const [rank, merge] of merges.entries()) {
    const [left = '', right = ''] = merge.split(' ');
    ranks.set(`${known(left)} ${known(right)}`, { rank, merged: known(left + right) });
  }
  const cache = new Map<string, readonly number[]>();
  const names = new Map([...special].map(([text, id]) => [id, text]));

  function encodePiece(text: string): readonly number[] {
    const cached = cache.get(text);
    if (cached) return cached;
    const ids = [...utf8.encode(text)];
    for (;;) {
      let best: { rank: number; merged: number } | undefined;
      let pair: readonly [number, number] = [0, 0];
      for (let at = 0; at + 1 < ids.length; at++) {
        const [left = 0, right = 0] = [ids[at], ids[at + 1]];
        const found = ranks.get(`${left} ${right}`);
        if (found && (!best || found.rank < best.rank)) {
          best = found;
          pair = [left, right];
        }
      }
      if (!best) break;
      mergePair(ids, pair[0], pair[1], best.merged);
    }
    cache.set(text, ids);
    return ids;
  }

  return {
    encode: (text) => piecesOf(text).flatMap((found) => encodePiece(found)),
    decode: (ids) => {
      const bytes = ids.flatMap((id) => {
        const name = names.get(id);
        return name === undefined
          ? Array.from(tokens[id] ?? '', (one) => byteOf.get(one) ?? 0)
          : [...utf8.encode(name)];
      });
      return new TextDecoder().decode(Uint8Array.from(bytes));
    },
  };
}

function mostFrequentPair(
  words: readonly { readonly ids: readonly number[]; readonly count: number }[],
): readonly [number, number] | undefined {
  const shift = 2 ** 16;
  const counts = new Map<number, number>();
  for (const { ids, count } of words) {
    for (let at = 0; at + 1 < ids.length; at++) {
      const pair = (ids[at] ?? 0) * shift + (ids[at + 1] ?? 0);
      counts.set(pair, (counts.get(pair) ?? 0) + count);
    }
  }
  let best: number | undefined;
  let most = 0;
  for (const [pair, count] of counts) {
    if (count > most || (count === most && pair < (best ?? Infinity))) [best, most] = [pair, count];
  }
  return best === undefined ? undefined : [Math.floor(best / shift), best % shift];
}

/** Replaces every `left right` in `ids` by `merged`, from the left. */
function mergePair(ids: number[], left: number, right: number, merged: number): void {
  let to = 0;
  for (let from = 0; from < ids.length; from++, to++) {
    if (ids[from] === left && ids[from + 1] === right) {
      ids[to] = merged;
      from++;
    } else {
      ids[to] = ids[from] ?? 0;
    }
  }
  ids.length = to;
}
