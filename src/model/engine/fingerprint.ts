// Which weights a model file holds. Hashing gigabytes at every start would take longer than loading them: the size, the
// header and samples all over the file tell two models apart, and a model from its revision.

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const headBytes = 1 << 20;
const sampleBytes = 1 << 14;
const samples = 64;

/** A hash of what the file holds, in hex; rejects where the file can't be read. */
export async function fingerprint(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256').update(`${size}\n`);
    const buffer = Buffer.alloc(headBytes);
    const add = async (from: number, length: number): Promise<void> => {
      const { bytesRead } = await file.read(buffer, 0, length, from);
      hash.update(buffer.subarray(0, bytesRead));
    };
    await add(0, headBytes);
    for (let sample = 1; sample <= samples; sample++) {
      await add(Math.max(0, Math.floor(((size - sampleBytes) * sample) / samples)), sampleBytes);
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
