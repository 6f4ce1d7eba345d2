import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

const deepest = 8;
const mostEntries = 20_000;

/**
 * The files in a folder and its folders, links followed, each folder once. What can't be read is passed over; the walk ends
 * after some depth and number of entries. Throws the signal's reason only.
 */
export async function* walk(folder: string, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  const visited = new Set<string>();
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: folder, depth: 0 }];
  let entries = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    signal.throwIfAborted();
    const real = await realpath(next.path).catch(() => undefined);
    if (real === undefined || visited.has(real)) continue;
    visited.add(real);
    for (const { name, kind } of await read(next.path)) {
      if (++entries > mostEntries) return;
      const path = join(next.path, name);
      if (kind === 'file') yield path;
      else if (next.depth < deepest) waiting.push({ path, depth: next.depth + 1 });
    }
  }
}

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

async function read(folder: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      const target = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => undefined) : entry;
      if (target?.isFile() === true) found.push({ name: entry.name, kind: 'file' });
      else if (target?.isDirectory() === true) found.push({ name: entry.name, kind: 'folder' });
      if (found.length > mostEntries) break;
    }
  } catch {
    // Not there, or not for us to read.
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
