import { Worker } from 'node:worker_threads';
import type { KeptSettings, Refused } from '../core/dataFile.ts';
import type { Scheduling } from '../core/study/schedule.ts';
import { StoreError } from './storeError.ts';
import type { StoreErrorKind } from './storeError.ts';
import type { Offers, Synced } from './sync.ts';
import type { Exported, ImportedFile } from './transfer.ts';

/** What the thread of transferMain.ts is to do; `file` is the learner's; `schedule` makes all schedules anew. */
export type Transfer = { readonly now: number } & (
  | { readonly type: 'export'; readonly file: string; readonly settings: KeptSettings }
  | { readonly type: 'import'; readonly file: string }
  | { readonly type: 'sync'; readonly offers: Offers }
  | { readonly type: 'schedule'; readonly scheduling: Scheduling }
);

/** The same, with the database that it is to be done with. */
export type TransferTask = Transfer & { readonly path: string };

/** How it ended. */
export type TransferEnd =
  | ({ readonly type: 'exported' } & Exported)
  | ({ readonly type: 'imported' } & ImportedFile)
  | ({ readonly type: 'synced' } & Synced)
  | { readonly type: 'scheduled' }
  | ({ readonly type: 'refused' } & Refused)
  | { readonly type: 'failed'; readonly kind: StoreErrorKind; readonly message: string };

/** Does `task` in a thread that runs the script at `entry`. Rejects with a StoreError, or with what broke the thread. */
export async function runTransfer(
  entry: string | URL,
  task: TransferTask,
): Promise<Exclude<TransferEnd, { type: 'failed' }>> {
  const end = await new Promise<TransferEnd>((resolve, reject) => {
    const worker = new Worker(entry, { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('the thread ended without a word'));
    });
  });
  if (end.type === 'failed') throw new StoreError(end.kind, end.message);
  return end;
}
