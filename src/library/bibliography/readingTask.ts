// Has a bibliography read in a thread of its own: ten thousand entries take seconds.

import { Worker } from 'node:worker_threads';
import type { FoundReference } from '../../core/library/bibliography/importPlan.ts';

/** An entry that couldn't be read; `line` is where it begins, from 1. */
export interface EntryProblem {
  readonly line: number;
  readonly reason: 'unfinished' | 'unreadable' | 'no-title';
}

/** Why nothing could be read. */
export interface Refusal {
  readonly reason: 'unknown-format' | 'empty' | 'broken-json' | 'no-entry';
  readonly line?: number;
}

export interface ReadBibliography {
  readonly references: readonly FoundReference[];
  readonly problems: readonly EntryProblem[];
}

export type ReadingEnd = ReadBibliography | { readonly refused: Refusal };

/** What is in the file of these bytes; the thread runs the script at `entry`. Rejects with what broke the thread. */
export function readBibliographyIn(entry: string | URL, bytes: Uint8Array): Promise<ReadingEnd> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: bytes });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('the thread ended without a word'));
    });
  });
}
