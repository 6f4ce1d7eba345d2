// Models that are on this machine already, used where they lie.

import { realpath } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { checkModelFile } from './checkModelFile.ts';
import type { FoundIn, KnownPlace } from './knownPlaces.ts';
import type { ModelFacts } from './modelFacts.ts';
import { ollamaModels } from './ollama.ts';
import { splitName } from './splitFiles.ts';
import { walk } from './walk.ts';

export interface FoundModel {
  readonly path: string;
  readonly where: FoundIn;
  /** As the program that has it calls it, else as the file does. */
  readonly name: string;
  readonly facts: ModelFacts;
}

interface Candidate {
  readonly path: string;
  readonly name?: string;
}

const mostModels = 500;

/**
 * Looks through the places, in order, and hands out each model as soon as its header is read; a file that lies in several
 * places only once. What isn't a whole language model, can't be read or leads nowhere is passed over.
 */
export async function* findModels(
  places: readonly KnownPlace[],
  signal: AbortSignal,
): AsyncGenerator<FoundModel, void, undefined> {
  const seen = new Set<string>();
  for (const place of places) {
    for await (const { path, name } of candidates(place, signal)) {
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || seen.has(real)) continue;
      seen.add(real);
      const checked = await checkModelFile(path, signal);
      if (!checked.ok) continue;
      yield { path, where: place.where, name: name ?? checked.facts.name, facts: checked.facts };
      if (seen.size >= mostModels) return;
    }
  }
}

async function* candidates(
  { folder, layout }: KnownPlace,
  signal: AbortSignal,
): AsyncGenerator<Candidate, void, undefined> {
  if (layout === 'ollama') {
    yield* ollamaModels(folder, signal);
    return;
  }
  for await (const path of walk(folder, signal)) {
    if (layout === 'hub' && !path.includes(`${sep}snapshots${sep}`)) continue;
    if (isMainFile(path)) yield { path };
  }
}

/** By its name: an image encoder isn't a model by itself, and of a split model the first file stands for all. */
function isMainFile(path: string): boolean {
  const name = basename(path).toLowerCase();
  return name.endsWith('.gguf') && !name.includes('mmproj') && (splitName(path)?.part ?? 1) === 1;
}
