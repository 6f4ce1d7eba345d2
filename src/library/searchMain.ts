// The thread in which the library is searched, so that the extension host never waits for it. `workerData` is the path of
// the database, of which it has a connection of its own that can only read.

import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { LibraryError, withLibraryErrors } from './libraryError.ts';
import { NearestMeanings } from './nearestMeanings.ts';
import { findForQuestion, readPassages, searchLibrary } from './search.ts';
import type { SearchEnd, SearchTask } from './searchTask.ts';

/** Milliseconds to wait for a window that is writing. */
const patience = 2000;

const path = workerData as string;
const db = withLibraryErrors(path, () => new DatabaseSync(path, { readOnly: true, timeout: patience }));

const meanings = new NearestMeanings(db);

function end(task: SearchTask): SearchEnd {
  const { id } = task;
  try {
    return withLibraryErrors(path, () => answer(task));
  } catch (error) {
    const kind = error instanceof LibraryError ? error.kind : 'search';
    return { id, type: 'failed', kind, message: error instanceof Error ? error.message : String(error) };
  }
}

function answer(task: SearchTask): SearchEnd {
  const { id, type, limit } = task;
  switch (type) {
    case 'box':
      return { id, type, hits: searchLibrary(db, task.text, limit) };
    case 'question':
      return { id, type, finds: findForQuestion(db, task.text, limit) };
    case 'meaning': {
      const near = meanings.nearest(task.model, task.vector, limit);
      const ids = near.map((one) => one.id);
      return { id, type, near: readPassages(db, ids) };
    }
  }
}

// Only whoever started the thread can send to it.
parentPort?.on('message', (task: SearchTask) => {
  parentPort?.postMessage(end(task));
});
