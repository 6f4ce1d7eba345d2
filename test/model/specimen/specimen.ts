// The models that tests run on. They are made by `npm run specimen`; only the half-precision files are committed, the
// quantised ones are made from them when first asked for.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantise } from '../../../scripts/specimen/quantise.ts';

export type SpecimenType = 'f16' | 'q8_0' | 'q4_0';

const fixtures = join(import.meta.dirname, '..', 'fixtures');

/** The path of the model that writes text: ChatML, 4,096 tokens of context; its answers end in a citation. Read only. */
export async function specimen(type: SpecimenType): Promise<string> {
  const source = join(fixtures, 'specimen-f16.gguf');
  return type === 'f16'
    ? source
    : inCache(await contentHash(source, type), `specimen-${type}.gguf`, (target) => {
        quantise(source, target, type);
      });
}

/** The path of the embedding model: the vector of a text is that of its last token. Read only. */
export function embeddingSpecimen(): string {
  return join(fixtures, 'specimen-embedding-f16.gguf');
}

/** The path of the ranking model: how well a passage fits a question. Read only. */
export function rankingSpecimen(): string {
  return join(fixtures, 'specimen-ranking-f16.gguf');
}

/**
 * The path of a file that is made once and kept in the temporary folder. Several processes may ask at once: each makes the
 * file aside and moves it into place whole.
 */
export async function inCache(
  key: string,
  name: string,
  make: (path: string) => void | Promise<void>,
): Promise<string> {
  const folder = join(tmpdir(), 'handbook-specimens', key);
  const path = join(folder, name);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `${randomUUID()}.part`);
  try {
    await make(aside);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
  return path;
}

/** Of the model and of what makes another type of it, so that a change of either makes a new file. */
async function contentHash(source: string, type: SpecimenType): Promise<string> {
  const scripts = join(import.meta.dirname, '..', '..', '..', 'scripts', 'specimen');
  const parts = ['quantise.ts', 'tensorTypes.ts', 'gguf.ts'].map((name) => join(scripts, name));
  const hash = createHash('sha256').update(type);
  for (const path of [source, ...parts]) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}
