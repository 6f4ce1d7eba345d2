// The word that a model's process leaves of itself, so that other windows find it: a small file that only this user can
// read, in a folder that only this user can enter.

import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EngineSettings } from '../core/model/engineSettings.ts';
import type { ModelCard } from '../core/model/language.ts';
import { ModelError } from '../core/model/modelError.ts';
import { fromJson, isCount, isText, shape } from './check.ts';
import { isAlive } from './remoteProcess.ts';
import { socketFolderPrefix } from './socketFolder.ts';
import { wireVersion } from './wire.ts';

export interface Running {
  readonly socket: string;
  readonly token: string;
  readonly pid: number;
  readonly version: string;
}

const isRunning = shape<Running>({ socket: isText, token: isText, pid: isCount, version: isText });

/** Makes the folder, or closes one that others could enter. */
export function makeRunFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * One name for all that makes two windows want the same process: the files as they are now, what the model is for, the
 * settings, and the engine's and our own code. Throws a ModelError if the model file isn't there.
 */
export function runName(wanted: {
  readonly file: string;
  readonly kind: ModelCard['kind'];
  readonly settings: EngineSettings;
  readonly entry: string;
  readonly engineFolder: string | null;
}): string {
  const model = identity(wanted.file);
  if (model === undefined) {
    throw new ModelError('no-model', 'The model file isn’t there any more. Choose a model again.', wanted.file);
  }
  const parts = [
    model,
    wanted.kind,
    Object.entries(wanted.settings).sort(([a], [b]) => (a < b ? -1 : 1)),
    wanted.settings.draftFile === '' ? null : (identity(wanted.settings.draftFile) ?? null),
    identity(wanted.entry) ?? wanted.entry,
    wanted.engineFolder,
    wireVersion,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** Which file it is and which of its versions. */
function identity(file: string): readonly (string | number)[] | undefined {
  try {
    const path = realpathSync.native(file);
    const { size, mtimeMs, ino } = statSync(path);
    return [path, size, mtimeMs, ino];
  } catch {
    return undefined;
  }
}

/** What stands at `path`; undefined if there is nothing, or nothing of ours. */
export function readRunFile(path: string): Running | undefined {
  try {
    const stat = lstatSync(path);
    if (!stat.isFile() || stat.size > 10_000) return undefined;
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) return undefined;
    if (process.getuid && stat.uid !== process.getuid()) return undefined;
    const value = fromJson(readFileSync(path, 'utf8'));
    return isRunning(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed: nobody ever reads half of it. */
export function writeRunFile(path: string, running: Running): void {
  const fresh = `${path}.${randomUUID()}`;
  try {
    writeFileSync(fresh, JSON.stringify(running), { mode: 0o600, flag: 'wx' });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Removes the word of the process that had this token, if it still stands. */
export function removeRunFile(path: string, token: string): void {
  if (readRunFile(path)?.token === token) rmSync(path, { force: true });
}

/** Clears away what a process left that doesn't answer any more: the file at `path`, and its socket. */
export function removeStale(path: string, stale: Running | undefined): void {
  rmSync(path, { force: true, recursive: true });
  if (stale === undefined || process.platform === 'win32') return;
  const folder = dirname(stale.socket);
  if (!basename(folder).startsWith(socketFolderPrefix)) return;
  try {
    if (!lstatSync(stale.socket).isSocket()) return;
    rmSync(stale.socket);
    rmdirSync(folder);
  } catch {
    // Somebody else cleared it away, or it is no folder of ours.
    return;
  }
}

/** Clears away what processes left that are gone, whatever model they had. */
export function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.json')) continue;
    const path = join(folder, name);
    const left = readRunFile(path);
    if (left === undefined || !isAlive(left.pid)) removeStale(path, left);
  }
}

export function runFilePath(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}
