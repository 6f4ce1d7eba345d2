// The vectors of all passages in one file: a line of JSON that says whose they are, the numbers, and a checksum of both. A
// file that isn't whole, or is of another model or another edition of the handbook, counts as none.

import { createHash } from 'node:crypto';
import { fieldsOf } from '../fromPage.ts';

/** Whose vectors: of which model, for which passages in which order. */
export interface VectorsOf {
  readonly modelHash: string;
  /** Of the passages' ids and texts. */
  readonly digest: string;
}

const magic = 'handbook-vectors-1';
const checksumBytes = 32;
const newline = 10;

/**
 * `vectors` for the first passages, all of the same length, as bytes to write. A file for fewer passages than there are is
 * where the work was broken off.
 */
export function encodeVectors({ modelHash, digest }: VectorsOf, vectors: readonly Float32Array[]): Buffer {
  const dimensions = vectors[0]?.length ?? 0;
  const header = JSON.stringify({ magic, modelHash, digest, count: vectors.length, dimensions });
  const numbers = Buffer.alloc(vectors.length * dimensions * 4);
  vectors.forEach((vector, row) => {
    vector.forEach((number, column) => {
      numbers.writeFloatLE(number, (row * dimensions + column) * 4);
    });
  });
  const content = Buffer.concat([Buffer.from(`${header}\n`), numbers]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/** The vectors in `bytes`, if they are whole and what is wanted. */
export function decodeVectors(bytes: Buffer, wanted: VectorsOf): readonly Float32Array[] | undefined {
  const content = bytes.subarray(0, -checksumBytes);
  const checksum = bytes.subarray(-checksumBytes);
  if (bytes.length <= checksumBytes || !createHash('sha256').update(content).digest().equals(checksum))
    return undefined;
  const end = content.indexOf(newline);
  if (end < 0) return undefined;
  let header: ReturnType<typeof fieldsOf>;
  try {
    header = fieldsOf(JSON.parse(content.toString('utf8', 0, end)));
  } catch {
    return undefined;
  }
  if (header?.['magic'] !== magic) return undefined;
  if (header['modelHash'] !== wanted.modelHash || header['digest'] !== wanted.digest) return undefined;
  const { count, dimensions } = header;
  if (!Number.isInteger(count) || !Number.isInteger(dimensions)) return undefined;
  const numbers = content.subarray(end + 1);
  const [rows, columns] = [Number(count), Number(dimensions)];
  if (rows < 0 || columns < 1 || numbers.length !== rows * columns * 4) return undefined;
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from({ length: columns }, (__, column) => numbers.readFloatLE((row * columns + column) * 4)),
  );
}

/** Tells one edition of the passages from another. */
export function passagesDigest(passages: Iterable<{ readonly id: string; readonly text: string }>): string {
  const hash = createHash('sha256');
  for (const { id, text } of passages) hash.update(`${id}\0${text}\0`);
  return hash.digest('hex');
}
