// The process that reads one document. A hostile or broken file may cost it its life, and nobody else anything.

import { isMainThread } from 'node:worker_threads';
import { readDocument } from './readDocument.ts';
import { guardMemory, watchMemory } from './memoryGuard.ts';
import type { ExtractStart, FromExtract } from './messages.ts';

if (isMainThread) {
  process.once('message', (message: ExtractStart) => {
    guardMemory(message.mostMemory);
    void readDocument(message, post).then((last) => {
      // Not before the parent has it: exit drops what is still on its way.
      process.send?.(last, () => process.exit(0));
    });
  });
  process.once('disconnect', () => process.exit(0));
} else watchMemory();

function post(message: FromExtract): void {
  process.send?.(message);
}
