// The words of a vocabulary, seen once each and not kept: there may be hundreds of thousands.

import type { WordsSeen } from './ggufValues.ts';

export function seeWords(): { readonly see: (word: Uint8Array) => void; readonly seen: () => WordsSeen } {
  const hashes = new Set<number>();
  let empty = 0;
  let bytes = 0;
  return {
    see: (word) => {
      if (word.length === 0) empty++;
      else hashes.add(hashOf(word));
      if (isByte(word)) bytes++;
    },
    seen: () => ({ distinct: hashes.size + empty, bytes }),
  };
}

/** 53 bits: of a million words, two that differ have one hash in a vocabulary out of ten thousand. */
function hashOf(word: Uint8Array): number {
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (const byte of word) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b) ^ (high >>> 15);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

/** `<0x0A>` and the like. */
function isByte(word: Uint8Array): boolean {
  return word.length === 6 && word[0] === 0x3c && word[1] === 0x30 && word[2] === 0x78 && word[5] === 0x3e;
}
