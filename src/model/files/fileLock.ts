// A file that says who works on another: two windows must not write to one file. Who holds it touches it now and then, so that
// the lock of a window that died is told from one that is held, even where process numbers mean nothing (a shared disk).

import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fromJson, isCount, isText, shape } from '../check.ts';
import { isAlive } from '../remoteProcess.ts';

interface Holder {
  readonly host: string;
  readonly pid: number;
  readonly token: string;
}

const isHolder = shape<Holder>({ host: isText, pid: isCount, token: isText });

export interface FileLock {
  readonly release: () => Promise<void>;
}

const touchMs = 2_000;
const staleMs = 15_000;

/** Takes the lock, or returns undefined if another process, or another part of this one, holds it. */
export async function takeLock(path: string): Promise<FileLock | undefined> {
  const token = randomUUID();
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(JSON.stringify({ host: hostname(), pid: process.pid, token } satisfies Holder));
      await file.close();
      return hold(path, token);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!(await isStale(path))) return undefined;
    // Of several that find it stale, one gets to move it away.
    const away = `${path}.${token}`;
    await rename(path, away).catch(() => undefined);
    await rm(away, { force: true });
  }
  return undefined;
}

function hold(path: string, token: string): FileLock {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, touchMs);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      const held = await readFile(path, 'utf8').catch(() => '');
      if (held.includes(token)) await rm(path, { force: true });
    },
  };
}

async function isStale(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || Date.now() - found.mtimeMs > staleMs) return true;
  const holder = fromJson(await readFile(path, 'utf8').catch(() => ''));
  return isHolder(holder) && holder.host === hostname() && !isAlive(holder.pid);
}
