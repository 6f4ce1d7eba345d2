import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A commit shows in the log a moment before other connections can see it. */
const settleTime = 20;
const pollTime = 1000;

/**
 * Calls `look` soon after something was written to the database at `path`, and once a second besides, for file systems
 * that don't tell. Keeps no process alive. Returns the end of it.
 */
export function watchOtherWindows(path: string, look: () => void): () => void {
  let settling: NodeJS.Timeout | undefined;
  const poll = setInterval(look, pollTime).unref();
  // The folder, since the log itself comes and goes.
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(path), { persistent: false }, (_kind, name) => {
      if (name !== null && !name.startsWith(basename(path))) return;
      settling ??= setTimeout(() => {
        settling = undefined;
        look();
      }, settleTime).unref();
    });
    // Polling goes on when watching fails, at once (too many watchers) or later (the folder is gone).
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  return () => {
    clearInterval(poll);
    clearTimeout(settling);
    watcher?.close();
  };
}
