// The embedding model as the library uses it: in the background, and never while somebody waits for an answer.

import { setTimeout as pause } from 'node:timers/promises';
import type { MeaningModel } from '../../library/meaningQueue.ts';
import type { LocalModel } from './localModel.ts';
import { embedWhole } from './wholeTexts.ts';

/** How often it is looked whether the answer is there. */
const lookMs = 500;

/** Loads the model; undefined if none is chosen. */
export async function openMeaningModel(model: LocalModel, signal: AbortSignal): Promise<MeaningModel | undefined> {
  if (!model.has('embedding')) return undefined;
  await model.load(signal, { kind: 'embedding' });
  const state = model.state('embedding');
  if (state.type !== 'ready') return undefined;
  return {
    hash: state.card.modelHash,
    embed: (texts, stopped) => embedWhole(texts, (some) => model.embed(some, 'background', stopped)),
    whenFree: async (stopped) => {
      while (model.busy) await pause(lookMs, undefined, { signal: stopped });
    },
  };
}
