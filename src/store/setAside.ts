import { existsSync, renameSync } from 'node:fs';

/**
 * Moves a database file, with what belongs to it, out of the way under a name that is free; deletes nothing. Returns the
 * new path. The companions keep their endings, so that SQLite finds them again beside the moved file.
 */
export function setAside(path: string, now: number): string {
  const time = new Date(now).toISOString().replace(/[:.]/g, '-');
  let target = `${path}.damaged-${time}`;
  for (let again = 2; companions.some((ending) => existsSync(target + ending)); again++) {
    target = `${path}.damaged-${time}-${again}`;
  }
  // The file itself first: were we to stop halfway, a file without its log would look whole and lack the newest marks.
  for (const ending of companions) {
    if (existsSync(path + ending)) renameSync(path + ending, target + ending);
  }
  return target;
}

const companions = ['', '-wal', '-shm', '-journal'];
