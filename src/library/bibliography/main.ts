// The thread in which bibliographies are read. `workerData` are a file's bytes; the one message it posts is what is in them.

import { parentPort, workerData } from 'node:worker_threads';
import { readBibliography } from './readBibliography.ts';

// Only whoever starts the thread can have put it there.
parentPort?.postMessage(readBibliography(workerData as Uint8Array));
