// What every passage of the handbook means to the embedding model, computed once in the background and kept in a file; until
// it is there, search by words goes on alone.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embedEach } from '../../core/search/embedEach.ts';
import { decodeVectors, encodeVectors, passagesDigest } from './vectorsFile.ts';
import type { VectorsOf } from './vectorsFile.ts';
import { embedWhole } from './wholeTexts.ts';
import type { Embed } from './wholeTexts.ts';

/** A text to be found by its meaning. */
export interface Meant {
  readonly id: string;
  readonly text: string;
}

export interface VectorParts {
  readonly folder: string;
  readonly modelHash: string;
  readonly texts: readonly Meant[];
  readonly embed: Embed;
  readonly onProgress: (done: number, total: number) => void;
  /** The model doesn't take this text. */
  readonly onRefused: (id: string, reason: unknown) => void;
  readonly signal: AbortSignal;
}

/** Small enough that a question which comes in between hardly waits. */
const batch = 8;
/** What may be lost when the window is closed meanwhile. */
const savedEvery = 64;

/**
 * The vectors of the texts by id: from the file, if it is there; what is missing is computed and kept. Other models' and
 * other editions' files are removed. A text that the model refuses has none: zeros stand for it in the file. Rejects when
 * the signal is aborted or the model fails; what was computed is kept.
 */
export async function passageVectors(parts: VectorParts): Promise<ReadonlyMap<string, Float32Array>> {
  const { folder, modelHash, texts, embed, onProgress, onRefused, signal } = parts;
  const of: VectorsOf = { modelHash, digest: passagesDigest(texts) };
  const name = `${modelHash.slice(0, 16)}-${of.digest.slice(0, 16)}.vectors`;
  const file = join(folder, name);
  await mkdir(folder, { recursive: true });
  const kept = await readFile(file).then(
    (bytes) => decodeVectors(bytes, of),
    () => undefined,
  );
  const vectors = kept && kept.length <= texts.length ? [...kept] : [];
  let saved = vectors.length;
  const save = async (): Promise<void> => {
    if (vectors.length === saved) return;
    await replaceFile(file, encodeVectors(of, vectors));
    saved = vectors.length;
  };
  try {
    while (vectors.length < texts.length) {
      signal.throwIfAborted();
      onProgress(vectors.length, texts.length);
      const next = texts.slice(vectors.length, vectors.length + batch);
      const made = await embedEach(
        next.map(({ text }) => text),
        (some) => embedWhole(some, embed),
        (at, reason) => {
          onRefused(next[at]?.id ?? '', reason);
        },
      );
      const length = (vectors[0] ?? made.find((vector) => vector))?.length;
      if (length === undefined) throw new Error('The embedding model refuses every text.');
      if (made.some((vector) => vector && vector.length !== length)) {
        throw new Error('The embedding model gave vectors of different lengths.');
      }
      vectors.push(...made.map((vector) => (vector ? Float32Array.from(vector) : new Float32Array(length))));
      if (vectors.length - saved >= savedEvery) await save();
    }
  } finally {
    await save();
  }
  await removeOthers(folder, name);
  return new Map(
    texts.flatMap(({ id }, index) => {
      const vector = vectors[index];
      return vector?.some((number) => number !== 0) ? [[id, vector]] : [];
    }),
  );
}

/** The texts nearest in meaning to `vector`, nearest first, with the cosine of the angle between them. */
export function nearest(
  vectors: ReadonlyMap<string, Float32Array>,
  vector: readonly number[],
  most: number,
): readonly { readonly id: string; readonly score: number }[] {
  return [...vectors]
    .map(([id, other]) => ({ id, score: other.reduce((sum, number, index) => sum + number * (vector[index] ?? 0), 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
}

/** Never a half-written file, whatever happens; of two windows the last one wins. */
async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  const aside = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(aside, bytes);
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  for (const name of await readdir(folder)) {
    // A part may be another window's that is being written now.
    if (name !== kept && name.endsWith('.vectors')) await rm(join(folder, name), { force: true });
  }
}
