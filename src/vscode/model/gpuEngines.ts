// Which engine for the GPU is there or could be fetched. A bundle of its own: loaded when the learner looks at the model.

import { existsSync } from 'node:fs';
import { readEngineRelease } from '../../model/binaries/engineRelease.ts';
import { gpuOffer } from '../../model/binaries/gpuOffer.ts';
import type { GpuChoice } from '../../model/binaries/gpuOffer.ts';
import { installGpu } from '../../model/binaries/installGpu.ts';
import type { InstallProgress, InstallResult } from '../../model/binaries/installGpu.ts';
import { installedGpu, removeGpuBinaries } from '../../model/binaries/installed.ts';
import type { InstalledGpu, RemoveResult } from '../../model/binaries/installed.ts';
import { thisMachine } from '../../model/binaries/machine.ts';
import { selfTest } from '../../model/binaries/selfTest.ts';
import type { SelfTestResult } from '../../model/binaries/selfTest.ts';
import type { ModelPlaces } from './modelPlaces.ts';

export type { GpuChoice } from '../../model/binaries/gpuOffer.ts';

/** Loading a large model onto a GPU for the first time compiles its shaders. */
const trialMs = 120_000;

export type GpuStanding =
  | { readonly type: 'installed'; readonly installed: InstalledGpu }
  | { readonly type: 'offer'; readonly choice: GpuChoice }
  | { readonly type: 'none'; readonly why: string };

/** How it stands with this machine's GPU; undefined where the companion can't fetch engines (it runs from its sources). */
export async function gpuStanding(places: ModelPlaces): Promise<GpuStanding | undefined> {
  if (!existsSync(places.engineRelease) || !existsSync(places.engineModules)) return undefined;
  const release = await readEngineRelease(places.engineRelease);
  const found = await installedGpu(places.engines, release.version);
  if (found.type === 'installed') return { type: 'installed', installed: found.installed };
  const offer = gpuOffer(thisMachine(), release);
  return offer.type === 'choices' ? { type: 'offer', choice: offer.choices[0] } : { type: 'none', why: offer.why };
}

/** Fetches an engine and lays it out; it is to be tried before it is used. */
export async function fetchGpuEngine(
  places: ModelPlaces,
  choice: GpuChoice,
  onProgress: (progress: InstallProgress) => void,
  signal: AbortSignal,
): Promise<InstallResult> {
  const release = await readEngineRelease(places.engineRelease);
  return installGpu(
    { release, choice, engineModules: places.engineModules, folder: places.engines, onProgress },
    signal,
  );
}

/** Removes what was fetched. */
export async function removeGpuEngines(places: ModelPlaces): Promise<RemoveResult> {
  return removeGpuBinaries(places.engines);
}

/** Tries the engine in a process of its own; how it went is remembered, and only one that worked is used. */
export async function tryGpuEngine(
  places: ModelPlaces,
  { gpu, folder }: Pick<InstalledGpu, 'gpu' | 'folder'>,
  modelFile: string,
  log: (level: 'warn' | 'debug', line: string) => void,
  signal: AbortSignal,
): Promise<SelfTestResult> {
  return selfTest(
    { entry: places.trialEntry, gpu, folder, timeoutMs: trialMs, log, ...(modelFile !== '' && { modelFile }) },
    signal,
  );
}
