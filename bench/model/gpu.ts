// The same model with all, half or none of its layers on the GPU.

import type { EngineSettings } from '../../src/core/model/engineSettings.ts';
import { ask, openOurs, system, tokensPerSecond, user } from './ours.ts';
import { summarise } from './samples.ts';
import type { Texts } from './texts.ts';

export const layerChoices = ['all', 'half', 'none'] as const;
export type Layers = (typeof layerChoices)[number];

export interface GpuRow {
  readonly layers: string;
  readonly gpu: string;
  readonly loadMs: number;
  readonly prefill: number;
  readonly generation: number;
  readonly firstColdMs: number;
  readonly firstSharedMs: number;
  readonly vramMB: number;
}

export interface GpuBench {
  readonly entry: string;
  readonly file: string;
  readonly settings: Partial<EngineSettings>;
  readonly engineFolder: string | undefined;
  readonly layers: readonly Layers[];
  readonly texts: Texts;
  readonly quick: boolean;
}

/** undefined where there is no GPU that the engine can use. */
export async function benchGpu(options: GpuBench): Promise<readonly GpuRow[] | undefined> {
  const { entry, file, engineFolder, layers, texts, quick } = options;
  const open = (settings: Partial<EngineSettings>): ReturnType<typeof openOurs> =>
    openOurs(entry, file, { ...options.settings, gpu: 'auto', ...settings }, engineFolder);
  const probe = await open({ gpuLayers: 0 });
  const { card } = probe.client;
  await probe.close();
  if (card.gpu === 'none') return undefined;

  const counts: Readonly<Record<Layers, number>> = { all: card.layers, half: Math.floor(card.layers / 2), none: 0 };
  const rows: GpuRow[] = [];
  for (const which of layers) {
    const { client, loadMs, close } = await open({ gpuLayers: counts[which] });
    try {
      // The first evaluation on a GPU prepares its programs.
      await ask(client, [user(await texts.fresh(300))], 8);
      const prefill: number[] = [];
      const generation: number[] = [];
      const cold: number[] = [];
      const shared: number[] = [];
      for (let round = 0; round < (quick ? 1 : 5); round++) {
        const beginning = system(await texts.fresh(1450));
        const first = await ask(client, [beginning, user(await texts.fresh(30))], 128);
        const next = await ask(client, [beginning, user(await texts.fresh(30))], 1);
        cold.push(first.firstMs);
        shared.push(next.firstMs);
        prefill.push(((first.statistics.promptTokens - first.statistics.reusedTokens) / first.firstMs) * 1000);
        generation.push(tokensPerSecond(first));
      }
      const median = (values: readonly number[]): number => summarise(values).median;
      rows.push({
        layers: `${client.card.gpuLayers} of ${client.card.layers}`,
        gpu: client.card.gpuName ?? client.card.gpu,
        loadMs,
        prefill: median(prefill),
        generation: median(generation),
        firstColdMs: median(cold),
        firstSharedMs: median(shared),
        vramMB: client.card.memory.weightsVram / 1e6,
      });
    } finally {
      await close();
    }
  }
  return rows;
}

export function gpuTable(rows: readonly GpuRow[]): Record<string, Record<string, string>> {
  return Object.fromEntries(
    rows.map((row) => [
      row.layers,
      {
        'on the GPU': row.gpu,
        load: `${row.loadMs.toFixed(0)} ms`,
        prefill: `${row.prefill.toFixed(0)} tokens/s`,
        generation: `${row.generation.toFixed(1)} tokens/s`,
        'first token, 1500 cold': `${row.firstColdMs.toFixed(0)} ms`,
        'first token, prefix shared': `${row.firstSharedMs.toFixed(0)} ms`,
        weights: `${row.vramMB.toFixed(0)} MB of GPU memory`,
      },
    ]),
  );
}
