// Entry of the process that tries an engine for the GPU: dist/gpu-trial.mjs. It may crash or hang; that is what it is for.

import { takeEngineFrom } from '../engineFolder.ts';
import { readOrder } from './trial.ts';
import type { FromTrial } from './trial.ts';

process.on('disconnect', () => {
  process.exit(1);
});
process.once('message', (message: unknown) => {
  void answer(message).then((end) => {
    process.send?.(end, () => process.exit(0));
  });
});

async function answer(message: unknown): Promise<FromTrial> {
  try {
    const order = readOrder(message);
    if (!order) return { type: 'failed', why: 'other', detail: 'not told what to try' };
    takeEngineFrom(order.engineFolder);
    const { tryGpu } = await import('../engine/gpuTrial.ts');
    return await tryGpu(order, (news) => {
      process.send?.(news);
    });
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { type: 'failed', why: 'other', detail };
  }
}
