// One request → the engine → its answer or answers.

import { ModelError } from '../core/model/modelError.ts';
import type { EngineStatistics, FromModel, ToModel } from '../protocol/model.ts';
import type { Engine } from './engine.ts';

export type Job = Exclude<ToModel, { readonly type: 'hello' | 'cancel' | 'ping' }>;

/** Resolves when the last answer was sent; rejects with what the engine throws. `onSign` is called when it got on. */
export async function doJob(
  engine: Engine,
  job: Job,
  signal: AbortSignal,
  send: (message: FromModel) => void,
  onSign: () => void,
  statistics: () => EngineStatistics,
): Promise<void> {
  const { id } = job;
  switch (job.type) {
    case 'generate': {
      const end = await engine.generate(job.request, signal, (event) => {
        send({ type: 'event', id, event });
      });
      send({ type: 'event', id, event: end });
      return;
    }
    case 'countTokens':
      send({ type: 'counted', id, counts: engine.countTokens(job.texts) });
      return;
    case 'countPrompt':
      send({ type: 'counted', id, counts: [engine.countPrompt(job.messages)] });
      return;
    case 'embed': {
      const vectors: (readonly number[])[] = [];
      // One by one: each is a sign of life, and between them it can be stopped.
      for (const text of job.texts) {
        signal.throwIfAborted();
        vectors.push(...(await engine.embed([text], job.priority, signal)));
        onSign();
      }
      signal.throwIfAborted();
      vectors.forEach(mustBeNumbers);
      send({ type: 'embedded', id, vectors });
      return;
    }
    case 'rank': {
      const scores = await engine.rank(job.query, job.documents, job.priority, signal);
      mustBeNumbers(scores);
      send({ type: 'ranked', id, scores });
      return;
    }
    case 'warm':
      send({ type: 'warmed', id, ...(await engine.warm(job.messages, signal)) });
      return;
    case 'statistics':
      send({ type: 'statistics', id, statistics: statistics() });
      return;
  }
}

/** A damaged model can compute NaN, which JSON has no word for. */
function mustBeNumbers(values: readonly number[]): void {
  if (values.every(Number.isFinite)) return;
  throw new ModelError(
    'bad-file',
    'The model computed something that is no number. Its file is damaged: get it again.',
  );
}
