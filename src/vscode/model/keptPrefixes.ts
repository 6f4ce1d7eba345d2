import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes every prefix that was kept on the disk, and says how many bytes that freed. The model's process may run: it takes a
 * prefix that isn't there any more for one it never had.
 */
export async function clearPrefixes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let freed = 0;
  for (const name of names.filter((each) => each.endsWith('.state'))) {
    const file = join(folder, name);
    const bytes = await stat(file).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
    await rm(file, { force: true });
    freed += bytes;
  }
  return freed;
}
