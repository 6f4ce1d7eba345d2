// Fetches the engine for a GPU and lays it out so that the model's process can take it instead of the one it came with.

import { cp, mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EngineRelease, RegistryPackage } from './engineRelease.ts';
import { fetchArchive } from './fetchArchive.ts';
import type { GpuChoice, GpuKind } from './gpuOffer.ts';
import { GpuError, fileError } from './gpuProblem.ts';
import type { GpuProblem } from './gpuProblem.ts';
import { certificateName, removeOutdated } from './installed.ts';
import type { Certificate } from './installed.ts';
import { takeLock } from './lock.ts';
import { ArchiveError, unpack } from './untar.ts';

export interface InstallOptions {
  readonly release: EngineRelease;
  readonly choice: GpuChoice;
  /** The node_modules folder that the companion came with. */
  readonly engineModules: string;
  /** Where fetched engines lie. */
  readonly folder: string;
  readonly onProgress: (progress: InstallProgress) => void;
  readonly stallMs?: number;
  readonly pauseMs?: number;
  /** How much room there is where a folder lies. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export type InstallProgress =
  { readonly type: 'fetching'; readonly bytes: number; readonly of: number } | { readonly type: 'unpacking' };

export type InstallResult =
  /** To be tried before it is used. */
  | { readonly type: 'installed'; readonly gpu: GpuKind; readonly folder: string; readonly bytes: number }
  /** What was fetched is kept. */
  | { readonly type: 'stopped' }
  /** `message` is for the learner, `detail` for the log. */
  | { readonly type: 'failed'; readonly problem: GpuProblem; readonly message: string; readonly detail: string };

/** For what else is written meanwhile. */
const spare = 64e6;

/** Fetches, checks, unpacks and puts in place. Never rejects; nothing is in place unless all of it is. */
export async function installGpu(options: InstallOptions, signal: AbortSignal): Promise<InstallResult> {
  try {
    const release = await takeLock(options.folder);
    try {
      return await install(options, signal);
    } finally {
      await release();
    }
  } catch (error) {
    if (signal.aborted) return { type: 'stopped' };
    const known = error instanceof GpuError ? error : fileError(error);
    return { type: 'failed', problem: known.problem, message: known.message, detail: known.detail };
  }
}

async function install(options: InstallOptions, signal: AbortSignal): Promise<InstallResult> {
  const { release, choice, engineModules, folder, onProgress } = options;
  const own = join(folder, release.version);
  const downloads = join(own, 'downloads');
  const place = join(own, choice.gpu);
  await mkdir(downloads, { recursive: true });
  const free = await (options.freeBytes ?? freeBytes)(own);
  if (free < choice.bytes + choice.unpackedBytes + spare) throw new GpuError('disk-full', `${free} bytes are free`);

  const wanted = choice.packages.map((name) => ({ name, ...inRelease(release, name) }));
  let fetched = 0;
  for (const each of wanted) {
    await fetchArchive(
      {
        url: archiveAddress(release, each.name),
        wanted: each,
        file: archiveFile(downloads, each.name),
        onBytes: (bytes) => {
          onProgress({ type: 'fetching', bytes: fetched + bytes, of: choice.bytes });
        },
        stallMs: options.stallMs ?? 30_000,
        pauseMs: options.pauseMs ?? 1000,
      },
      signal,
    );
    fetched += each.bytes;
  }

  onProgress({ type: 'unpacking' });
  const partial = `${place}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    const modules = join(partial, 'node_modules');
    // What the engine came with is the rest of it, and the CPU's binary what it falls back on by itself.
    await cp(engineModules, modules, { recursive: true });
    let bytes = 0;
    for (const each of wanted) {
      const limits = { bytes: each.unpackedBytes, files: 1000 };
      bytes += await unpack(archiveFile(downloads, each.name), join(modules, each.name), limits, signal);
    }
    const certificate: Certificate = { gpu: choice.gpu, bytes };
    await writeFile(join(partial, certificateName), JSON.stringify(certificate));
    signal.throwIfAborted();
    await rm(place, { recursive: true, force: true });
    await rm(`${place}.tried.json`, { force: true });
    await rename(partial, place);
    await rm(downloads, { recursive: true, force: true });
    await removeOutdated(folder, release.version);
    return { type: 'installed', gpu: choice.gpu, folder: place, bytes };
  } catch (error) {
    // Its digest was right: what the archive holds is no network's fault, and another try brings the same.
    if (error instanceof ArchiveError) throw new GpuError('wrong-integrity', error.message);
    throw error;
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
  }
}

function inRelease(release: EngineRelease, name: string): RegistryPackage {
  const found = release.packages[name];
  if (!found) throw new GpuError('refused', `engine.json has no ${name}`);
  return found;
}

/** Where registries keep a package's archive. */
function archiveAddress({ registry, version }: EngineRelease, name: string): string {
  return `${registry.replace(/\/$/, '')}/${name}/-/${basename(name)}-${version}.tgz`;
}

function archiveFile(downloads: string, name: string): string {
  return join(downloads, `${basename(name)}.tgz`);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
