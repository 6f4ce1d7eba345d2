// Where fetched engines lie:
//
//   <folder>/3.21.1/downloads/     archives on their way
//   <folder>/3.21.1/vulkan/        complete: a node_modules folder and installed.json
//   <folder>/3.21.1/vulkan.tried.json   how its last trial went

import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromJson, isCount, isText, isTruth, oneOf, shape } from '../check.ts';
import type { GpuKind } from './gpuOffer.ts';
import { GpuError } from './gpuProblem.ts';
import { takeLock } from './lock.ts';

/** What is kept of a trial. */
export interface Tried {
  readonly worked: boolean;
  /** The GPU's name if it worked, else the reason in the learner's words. */
  readonly words: string;
}

export interface InstalledGpu {
  readonly gpu: GpuKind;
  /** From here the model's process can take the engine. */
  readonly folder: string;
  readonly bytes: number;
  /** How the last trial went; undefined if there was none. To be used only if it worked. */
  readonly tried: Tried | undefined;
}

export type Installed =
  | { readonly type: 'none' }
  /** For another version of the engine: of no use any more. */
  | { readonly type: 'outdated'; readonly versions: readonly string[] }
  | { readonly type: 'installed'; readonly installed: InstalledGpu };

/** Complete only when it lies at its place. */
export interface Certificate {
  readonly gpu: GpuKind;
  readonly bytes: number;
}

export const certificateName = 'installed.json';

/** The better first. */
const kinds: readonly GpuKind[] = ['cuda', 'vulkan'];

const isCertificate = shape<Certificate>({ gpu: oneOf('vulkan', 'cuda'), bytes: isCount });
const isTried = shape<Tried>({ worked: isTruth, words: isText });

/** What is installed for a version of the engine; of two that which worked, or else that which wasn't tried. */
export async function installedGpu(folder: string, version: string): Promise<Installed> {
  const found = (await Promise.all(kinds.map((gpu) => installedAt(join(folder, version, gpu), gpu)))).filter(
    (each) => each !== undefined,
  );
  const installed =
    found.find(({ tried }) => tried?.worked) ?? found.find(({ tried }) => tried === undefined) ?? found[0];
  if (installed) return { type: 'installed', installed };
  const others = (await entries(folder)).filter((name) => /^\d/.test(name) && name !== version);
  return others.length > 0 ? { type: 'outdated', versions: others } : { type: 'none' };
}

async function installedAt(place: string, gpu: GpuKind): Promise<InstalledGpu | undefined> {
  const certificate = fromJson(await textOf(join(place, certificateName)));
  if (!isCertificate(certificate) || certificate.gpu !== gpu) return undefined;
  const tried = fromJson(await textOf(triedFile(place)));
  return { gpu, folder: place, bytes: certificate.bytes, tried: isTried(tried) ? tried : undefined };
}

/** Remembers how a trial went. What can't be written is only asked again. */
export async function rememberTrial(place: string, tried: Tried): Promise<void> {
  await writeFile(triedFile(place), JSON.stringify(tried)).catch(() => undefined);
}

export type RemoveResult =
  { readonly type: 'removed' } | { readonly type: 'failed'; readonly message: string; readonly detail: string };

/** Removes all fetched engines, half-fetched ones too. On Windows a process that still uses one has to end first. */
export async function removeGpuBinaries(folder: string): Promise<RemoveResult> {
  try {
    await (
      await takeLock(folder)
    )();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    return { type: 'removed' };
  } catch (error) {
    if (error instanceof GpuError) return { type: 'failed', message: error.message, detail: error.detail };
    const message =
      'The engine for the GPU could not be removed: something still uses it. Free the model’s memory and try again.';
    return { type: 'failed', message, detail: String(error) };
  }
}

/** Removes what was fetched for other versions of the engine, as far as it goes. */
export async function removeOutdated(folder: string, version: string): Promise<void> {
  for (const name of await entries(folder)) {
    if (name === version || !/^\d/.test(name)) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function triedFile(place: string): string {
  return `${place}.tried.json`;
}

async function entries(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
