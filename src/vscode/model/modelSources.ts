// Where models for the pick come from: the catalogue, this machine's disk, and what judges how they fit.

import { homedir } from 'node:os';
import type { EngineSettings } from '../../core/model/engineSettings.ts';
import { builtInCatalogue } from '../../model/files/catalogue.ts';
import { findModels } from '../../model/files/findModels.ts';
import type { FoundModel } from '../../model/files/findModels.ts';
import { knownPlaces } from '../../model/files/knownPlaces.ts';
import { fetchedBytes, ownModels } from '../../model/files/ownModels.ts';
import type { ModelShape } from '../../model/files/modelShape.ts';
import { inspectMachine } from '../../model/inspect.ts';
import { installedEngine } from './installedEngine.ts';
import { placeWords } from './modelPickRows.ts';
import type { Fit, LocalEntry, PickKnown, RemoteEntry } from './modelPickRows.ts';
import type { ModelPlaces } from './modelPlaces.ts';
import { say } from '../say.ts';

export interface ModelSources {
  /** What there is to download, before anything is known of this machine. */
  readonly catalogue: () => readonly RemoteEntry[];
  /** Tells what becomes known, bit by bit. */
  readonly look: (tell: (known: Partial<PickKnown>) => void, signal: AbortSignal) => Promise<void>;
}

/** Loading the engine to ask it about the machine. */
const inspectMs = 30_000;

/** What the engine allocates where nothing else is set and the machine has room. */
const usualContext = 8192;

export function modelSources(
  places: ModelPlaces,
  engine: Pick<EngineSettings, 'gpu' | 'contextTokens'>,
  log: (line: string) => void,
): ModelSources {
  const { models, problems } = builtInCatalogue();
  for (const problem of problems) log(`The catalogue of models: ${problem}`);
  const catalogue = (): readonly RemoteEntry[] =>
    models.map((model) => ({ ...model, contextTokens: model.trainContext, fetchedBytes: 0 }));

  const fits = async (
    wanted: readonly { readonly id: string; readonly shape: ModelShape }[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Fit>> => {
    const { gpu, contextTokens } = engine;
    if (wanted.length === 0) return new Map();
    try {
      const inspected = await inspectMachine({
        entry: places.inspectEntry,
        models: wanted.map(({ id, shape }) => ({ ...shape, id })),
        gpu,
        contextTokens: contextTokens === 'auto' ? usualContext : contextTokens,
        engineFolder: (gpu === 'off' ? undefined : await installedEngine(places, log)) ?? null,
        signal,
        timeoutMs: inspectMs,
      });
      if (inspected.engineDetail !== '') log(inspected.engineDetail);
      return new Map(inspected.scores.map((score) => [score.id, score]));
    } catch (error) {
      signal.throwIfAborted();
      log(`How models fit this machine isn’t known: ${String(error)}`);
      return new Map();
    }
  };

  const lookAtCatalogue = async (tell: (known: Partial<PickKnown>) => void, signal: AbortSignal): Promise<void> => {
    const { bytes } = await ownModels(places.models);
    const there = await Promise.all(models.map(({ file }) => fetchedBytes(places.models, file)));
    const entries = catalogue().map((entry, index) => ({ ...entry, fetchedBytes: there[index] ?? 0 }));
    tell({ catalogue: entries, ownBytes: bytes });
    const judged = await fits(
      models.map((model) => ({ id: model.id, shape: model })),
      signal,
    );
    tell({ catalogue: entries.map((entry) => withFit(entry, judged.get(entry.id))) });
  };

  const lookAtDisk = async (tell: (known: Partial<PickKnown>) => void, signal: AbortSignal): Promise<void> => {
    const found: FoundModel[] = [];
    const entries = (): LocalEntry[] => found.map(localEntry);
    const where = knownPlaces({ env: process.env, home: homedir(), platform: process.platform, own: places.models });
    for await (const model of findModels(where, signal)) {
      // A model made for tests knows nothing.
      if (model.facts.specimen) continue;
      found.push(model);
      tell({ found: entries() });
    }
    const judged = await fits(
      found.map(({ path, facts }) => ({ id: path, shape: facts })),
      signal,
    );
    tell({ found: entries().map((entry) => withFit(entry, judged.get(entry.path))) });
  };

  return {
    catalogue,
    look: async (tell, signal) => {
      await Promise.all([lookAtCatalogue(tell, signal), lookAtDisk(tell, signal)]);
    },
  };
}

function localEntry({ path, where, name, facts }: FoundModel): LocalEntry {
  const { kind, fileBytes, quantisation } = facts;
  return { path, name, kind, where: placeWords(where, say), bytes: fileBytes, quantisation };
}

function withFit<T extends object>(entry: T, fit: Fit | undefined): T & { readonly fit?: Fit } {
  return { ...entry, ...(fit && { fit }) };
}
