// Chance that can be repeated: the same seed gives the same order everywhere.

/** A new list with the same elements in an order that depends on the seed alone. */
export function shuffled<T>(list: readonly T[], seed: string): T[] {
  const random = randomFrom(seed);
  return list
    .map((element, index) => ({ element, index, key: random() }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ element }) => element);
}

/** Numbers from 0 up to 1 (mulberry32, started from the seed's FNV-1a hash). */
function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
