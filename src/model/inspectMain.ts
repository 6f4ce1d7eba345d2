// Entry of the short-lived process that judges what this machine can run: dist/inspect.mjs. A process of its own, since asking
// a GPU's driver for its memory can end one.

import { availableParallelism, freemem, totalmem } from 'node:os';
import { takeEngineFrom } from './engineFolder.ts';
import { costByMemory, scoreModel } from './inspectFit.ts';
import { readToInspector } from './inspectTypes.ts';
import type { FromInspector, Inspection, InspectRequest, Machine } from './inspectTypes.ts';

// The parent asks once and reads the answer; if it goes before that, nobody waits for it any more.
process.on('disconnect', () => {
  process.exit(0);
});

process.once('message', (value: unknown) => {
  void answer(value).then((message) => {
    process.send?.(message, () => {
      process.exit(0);
    });
  });
});

async function answer(value: unknown): Promise<FromInspector> {
  const message = readToInspector(value);
  if (!message) return { type: 'failed', detail: 'the request is not readable' };
  try {
    return { type: 'inspected', inspection: await inspection(message.request) };
  } catch (error) {
    return { type: 'failed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function inspection(request: InspectRequest): Promise<Inspection> {
  if (request.engineFolder !== null) takeEngineFrom(request.engineFolder);
  const engine = await import('./engine/score.ts').catch((error: unknown) => String(error));
  if (typeof engine === 'string') return withoutEngine(request, engine);
  try {
    return await engine.inspect(request);
  } catch (error) {
    if (error instanceof engine.NoEngineError) return withoutEngine(request, error.message);
    throw error;
  }
}

/** What can be said without the engine. */
function withoutEngine({ models, contextTokens }: InspectRequest, detail: string): Inspection {
  const machine: Machine = {
    ram: { total: totalmem(), free: freemem() },
    vram: { total: 0, free: 0 },
    unified: false,
    cores: availableParallelism(),
    gpu: 'none',
    gpuTypes: [],
    gpuNames: [],
  };
  const scores = models.map((model) => scoreModel(model, costByMemory(model, contextTokens), machine));
  return { engine: 'missing', engineDetail: detail, ...machine, scores };
}
