// The thread in which files are written and read and schedules made anew, so that the extension host goes on while ten years of study pass through.
// `workerData` is the task; the one message it posts is how it ended.

import { parentPort, workerData } from 'node:worker_threads';
import { rescheduleAt } from './reschedule.ts';
import { StoreError } from './storeError.ts';
import { syncAt } from './sync.ts';
import { exportTo, importFrom } from './transfer.ts';
import type { TransferEnd, TransferTask } from './transferTask.ts';

function end(task: TransferTask): TransferEnd {
  try {
    switch (task.type) {
      case 'export':
        return { type: 'exported', ...exportTo(task.path, task.file, task.now, task.settings) };
      case 'import': {
        const came = importFrom(task.path, task.file, task.now);
        return 'problem' in came ? { type: 'refused', ...came } : { type: 'imported', ...came };
      }
      case 'sync':
        return { type: 'synced', ...syncAt(task.path, task.offers, task.now) };
      case 'schedule':
        rescheduleAt(task.path, task.scheduling, task.now);
        return { type: 'scheduled' };
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { type: 'failed', kind: error.kind, message: error.message };
  }
}

// Only whoever starts the thread can have put it there.
parentPort?.postMessage(end(workerData as TransferTask));
