// The folder with the models that the companion fetched: what is in it, and taking something out of it.

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from './fileLock.ts';
import { endings, partPlace, removePart } from './partFile.ts';
import { safeFileName } from './safeFileName.ts';
import { splitFiles, splitName } from './splitFiles.ts';

export interface OwnModel {
  /** Of its first file, if it is split. */
  readonly fileName: string;
  readonly path: string;
  readonly bytes: number;
}

export interface OwnModels {
  readonly models: readonly OwnModel[];
  /** Downloads that weren't completed, by the name that the file is to have. */
  readonly leftovers: readonly OwnModel[];
  /** Everything together. */
  readonly bytes: number;
}

export type Removal = 'removed' | 'missing' | 'in-use' | 'being-fetched' | 'failed';

/** What is in the folder; nothing if there is none. */
export async function ownModels(folder: string): Promise<OwnModels> {
  const models = new Map<string, OwnModel>();
  const leftovers: OwnModel[] = [];
  let total = 0;
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    total += found.size;
    if (safeFileName(name) !== undefined) {
      const fileName = splitName(name) ? firstOf(name) : name;
      const bytes = (models.get(fileName)?.bytes ?? 0) + found.size;
      models.set(fileName, { fileName, path: join(folder, fileName), bytes });
    } else if (name.endsWith(endings.part)) {
      leftovers.push({ fileName: name.slice(0, -endings.part.length), path, bytes: found.size });
    }
  }
  return { models: [...models.values()], leftovers, bytes: total };
}

/** How much of a file has been fetched, of one that isn't complete. */
export async function fetchedBytes(folder: string, fileName: string): Promise<number> {
  return (await stat(partPlace(folder, fileName).part).catch(() => undefined))?.size ?? 0;
}

/** Deletes a model of the folder with all its files; `inUse` are the paths that must stay. */
export async function removeOwnModel(folder: string, fileName: string, inUse: readonly string[]): Promise<Removal> {
  if (safeFileName(fileName) === undefined) return 'missing';
  return locked(folder, fileName, async () => {
    const paths = splitFiles(join(folder, fileName));
    if (paths.some((path) => inUse.includes(path))) return 'in-use';
    const [first] = paths;
    if (first === undefined || !(await stat(first).catch(() => undefined))) return 'missing';
    for (const path of paths) await rm(path, { force: true });
    return 'removed';
  });
}

/** Deletes what has come of a download that isn't complete. */
export async function discardDownload(folder: string, fileName: string): Promise<Removal> {
  if (safeFileName(fileName) === undefined) return 'missing';
  return locked(folder, fileName, async () => {
    await removePart(partPlace(folder, fileName));
    return 'removed';
  });
}

/** Not while a window fetches the file. */
async function locked(folder: string, fileName: string, work: () => Promise<Removal>): Promise<Removal> {
  try {
    const lock = await takeLock(partPlace(folder, fileName).lock);
    if (!lock) return 'being-fetched';
    try {
      return await work();
    } finally {
      await lock.release();
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'failed';
  }
}

function firstOf(name: string): string {
  return name.replace(/-\d{5}-of-(\d{5}\.gguf)$/i, '-00001-of-$1');
}
