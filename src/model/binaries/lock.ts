import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GpuError } from './gpuProblem.ts';

/**
 * Lets one window at a time change what lies in `folder`. Resolves with what gives the lock back; a process that ends
 * without doing so doesn't keep it. Throws a GpuError if another has it.
 */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'changing.lock');
  for (let tries = 0; tries < 4; tries++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (isAlive(Number(holder))) throw new GpuError('busy', `process ${holder} is at it`);
    // Empty is one that is just being taken.
    if (holder === '' && tries < 2) await wait(50);
    else await rm(file, { force: true });
  }
  throw new GpuError('busy', 'the lock is taken again and again');
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
