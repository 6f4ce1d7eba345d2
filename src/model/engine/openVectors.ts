// A loaded embedding or ranking model → the engine that works with it.

import { chooseEngine } from '../../core/model/chooseEngine.ts';
import { ModelError } from '../../core/model/modelError.ts';
import type { Engine } from '../engine.ts';
import { makeCard } from './card.ts';
import type { LoadedParts } from './loadedParts.ts';
import { machineFacts } from './loading.ts';
import { modelFacts } from './modelFacts.ts';
import { createEmbed, createRank } from './vectorEngine.ts';
import type { VectorParts } from './vectorEngine.ts';

/** Passages are shorter; and a text is evaluated as one batch, whose buffers grow with it. */
const mostTokens = 2048;

export async function openVectors(parts: LoadedParts): Promise<Omit<Engine, 'dispose'>> {
  const { options, model, llamaLog, totals } = parts;
  const settings = { ...options.settings, contextTokens: 'auto', speculation: 'off', kvCache: 'f16' } as const;
  const chosen = chooseEngine(settings, machineFacts(model.llama), modelFacts(model));
  const contextTokens = Math.min(mostTokens, chosen.contextTokens.max);
  // Models that look both ways need a text in one batch; llama.cpp aborts if one is cut.
  const contextOptions = {
    contextSize: contextTokens,
    batchSize: contextTokens,
    threads: chosen.threads,
    createSignal: parts.signal,
  };
  const common: VectorParts = {
    contextTokens,
    turns: parts.turns,
    closing: parts.closing,
    track: parts.track,
    onTokens: totals.evaluated,
  };
  const no = (what: string): Promise<never> =>
    Promise.reject(new ModelError('not-supported', `This model can’t ${what}. Choose another one for that.`));

  llamaLog.mark();
  let embed: Engine['embed'] = () => no('make embeddings');
  let rank: Engine['rank'] = () => no('rank');
  if (options.kind === 'embedding') {
    const embedding = await model.createEmbeddingContext(contextOptions);
    parts.owns(() => embedding.dispose());
    embed = createEmbed(embedding, common);
  } else {
    if (!model.fileInsights.supportsRanking)
      throw new ModelError('not-supported', 'This model can’t rank. Choose a ranking model.');
    const ranking = await model.createRankingContext(contextOptions);
    parts.owns(() => ranking.dispose());
    rank = createRank(ranking, common);
  }
  const contextLines = [...llamaLog.lines()];
  const card = makeCard({
    ...parts,
    chosen,
    context: { size: contextTokens, batch: contextTokens, memory: await memoryOf(parts) },
    contextLines,
    thinks: false,
    speculation: 'off',
    loadMs: performance.now() - parts.startedAt,
  });
  return {
    card,
    embed,
    rank,
    countTokens: (texts) => texts.map((text) => model.tokenize(text).length),
    countPrompt: () => {
      throw new ModelError('not-supported', 'This model has no chat. Choose a chat model.');
    },
    generate: () => no('answer'),
    warm: () => no('answer'),
    statistics: () => ({
      ...totals.counted(),
      stateFiles: { count: 0, bytes: 0, quota: options.stateQuota },
    }),
  };
}

/** What the library has allocated besides the weights: these contexts don't say it themselves. */
async function memoryOf({ llama, model }: LoadedParts): Promise<{ ram: number; vram: number }> {
  const { cpuRam, gpuVram } = await llama.getLlamaMemoryUsage();
  return {
    ram: Math.max(0, cpuRam - model.memoryUsage.ram),
    vram: Math.max(0, gpuVram - model.memoryUsage.vram),
  };
}
