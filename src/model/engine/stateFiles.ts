// Evaluated prefixes kept on disk. A file never changes once it has its name, which tells what it belongs to: several
// processes may write, read and remove files of one folder at the same time, and the worst that happens is that one is gone.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineOptions } from '../engine.ts';
import type { StoredState } from '../../core/model/prefixPlan.ts';
import { checkState, claimedTokens, hashTokens, sealState } from './stateSeal.ts';
import type { StateOrigin } from './stateSeal.ts';

export interface StateFilesOptions {
  readonly folder: string;
  /** Bytes that all files together may take, those of other models included. */
  readonly quota: number;
  readonly origin: StateOrigin;
  readonly log: EngineOptions['log'];
  /** The time, in milliseconds since 1970: which file was used last. */
  readonly now: () => number;
}

export interface StateFiles {
  /** Every file of this engine and model with the tokens that it claims to hold. */
  readonly list: () => Promise<readonly StoredState<string>[]>;
  /** Whether exactly these tokens are kept. */
  readonly has: (tokens: readonly number[]) => Promise<boolean>;
  /** Whether a state of so many bytes can be kept at all. */
  readonly fits: (bytes: number) => boolean;
  /** The path of a file, every byte of it checked; undefined (and the file removed) if it isn't what it claims to be. */
  readonly take: (stored: StoredState<string>) => Promise<string | undefined>;
  /** Has `write` write llama.cpp's state to a path; `keep` then makes it a state file, at leisure, and resolves once it is one. */
  readonly save: (
    tokens: readonly number[],
    write: (path: string) => Promise<unknown>,
  ) => Promise<{ readonly keep: () => Promise<void> }>;
  /** Removes a file that turned out to be of no use. */
  readonly remove: (file: string, why: string) => Promise<void>;
  readonly statistics: () => { readonly count: number; readonly bytes: number; readonly quota: number };
}

const extension = '.state';
const unfinished = '.partial';

/** A file that was begun so long ago won't be finished any more. */
const abandonedMs = 60 * 60 * 1000;

/** Opens the folder, which needn't be there yet, and brings it within the quota. */
export async function openStateFiles({ folder, quota, origin, log, now }: StateFilesOptions): Promise<StateFiles> {
  const key = createHash('sha256').update(JSON.stringify(origin)).digest('hex').slice(0, 16);
  const known = new Map<string, Uint32Array>();
  let statistics = { count: 0, bytes: 0, quota };

  const nameOf = (tokens: readonly number[]): string => `${key}-${hashTokens(tokens).slice(0, 32)}${extension}`;

  const remove = async (file: string, why: string): Promise<void> => {
    known.delete(file);
    log('warn', `The kept state ${file} is removed: ${why}`);
    await rm(join(folder, file), { force: true }).catch((error: unknown) => {
      log('warn', `The kept state ${file} can’t be removed: ${String(error)}`);
    });
  };

  /** Removes what was used longest ago until the quota holds. `spared` is the file for which there is to be room. */
  const makeRoom = async (spared?: string): Promise<void> => {
    const files: { name: string; bytes: number; usedAt: number }[] = [];
    for (const name of await namesIn(folder)) {
      const found = await stat(join(folder, name)).catch(() => undefined);
      if (found === undefined) continue;
      if (name.endsWith(extension)) files.push({ name, bytes: found.size, usedAt: found.mtimeMs });
      else if (name.endsWith(unfinished) && now() - found.mtimeMs > abandonedMs)
        await rm(join(folder, name), { force: true });
    }
    files.sort((a, b) => a.usedAt - b.usedAt);
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    let count = files.length;
    for (const file of files) {
      if (bytes <= quota) break;
      if (file.name === spared) continue;
      known.delete(file.name);
      await rm(join(folder, file.name), { force: true }).catch(() => undefined);
      bytes -= file.bytes;
      count--;
    }
    statistics = { count, bytes, quota };
  };

  const markUsed = async (path: string): Promise<void> => {
    const time = new Date(now());
    await utimes(path, time, time).catch(() => undefined);
  };

  await makeRoom();
  return {
    statistics: () => statistics,
    remove,
    fits: (bytes) => bytes <= quota,
    has: async (tokens) => (await stat(join(folder, nameOf(tokens))).catch(() => undefined)) !== undefined,
    list: async () => {
      const names = (await namesIn(folder)).filter((name) => name.startsWith(`${key}-`) && name.endsWith(extension));
      const present = new Set(names);
      for (const name of known.keys()) if (!present.has(name)) known.delete(name);
      for (const name of names) {
        if (known.has(name)) continue;
        const tokens = await claimedTokens(join(folder, name)).catch(() => undefined);
        if (tokens === undefined) await remove(name, 'it is no state file');
        else known.set(name, tokens);
      }
      return [...known].map(([file, tokens]) => ({ file, tokens }));
    },
    take: async ({ file, tokens }) => {
      const path = join(folder, file);
      const wrong = await checkState(path, origin, tokens).catch((error: unknown) => String(error));
      if (wrong !== undefined) {
        await remove(file, wrong);
        return undefined;
      }
      await markUsed(path);
      return path;
    },
    save: async (tokens, write) => {
      await mkdir(folder, { recursive: true });
      const partial = join(folder, `${key}-${randomUUID()}${unfinished}`);
      try {
        await write(partial);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      return {
        keep: async () => {
          try {
            const size = await sealState(partial, origin, tokens);
            if (size > quota) return;
            const name = nameOf(tokens);
            await markUsed(partial);
            await rename(partial, join(folder, name));
            await makeRoom(name);
          } finally {
            await rm(partial, { force: true });
          }
        },
      };
    },
  };
}

/** A folder that isn't there holds nothing. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
