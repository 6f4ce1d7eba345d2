// The thread in which the library is searched, so that the extension host never waits for it. `workerData` is the path of
// the database, of which it has a connection of its own that can only read.

import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { LibraryError, withLibraryErrors } from './libraryError.ts';
import { findForQuestion, searchLibrary } from './search.ts';
import type { SearchEnd, SearchTask } from './searchTask.ts';

/** Milliseconds to wait for a window that is writing. */
const patience = 2000;

const path = workerData as string;
const db = withLibraryErrors(path, () => new DatabaseSync(path, { readOnly: true, timeout: patience }));

function end({ id, type, text, limit }: SearchTask): SearchEnd {
  try {
    return withLibraryErrors(path, () =>
      type === 'box'
        ? { id, type, hits: searchLibrary(db, text, limit) }
        : { id, type, finds: findForQuestion(db, text, limit) },
    );
  } catch (error) {
    const kind = error instanceof LibraryError ? error.kind : 'search';
    return { id, type: 'failed', kind, message: error instanceof Error ? error.message : String(error) };
  }
}

// Only whoever started the thread can send to it.
parentPort?.on('message', (task: SearchTask) => {
  parentPort?.postMessage(end(task));
});
