// Everything about the local model, measured in one run: our process and node-llama-cpp's side by side on one file.

import { availableParallelism, cpus } from 'node:os';
import type { EngineSettings } from '../../src/core/model/engineSettings.ts';
import type { ModelCard } from '../../src/core/model/language.ts';
import { openDirect } from './direct.ts';
import { benchFirstToken } from './firstToken.ts';
import { memoryRows } from './memory.ts';
import { ask, openOurs, user } from './ours.ts';
import { benchOverhead } from './overhead.ts';
import type { Sides } from './overhead.ts';
import type { Pace } from './quiet.ts';
import type { Row } from './report.ts';
import { benchBackground, benchStopping } from './responsiveness.ts';
import { summarise } from './samples.ts';
import { benchSpeculation } from './speculation.ts';
import type { Texts } from './texts.ts';

export const parts = ['load', 'speed', 'first', 'speculation', 'stop', 'background'] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  /** What is forked: dist/model.mjs. */
  readonly entry: string;
  readonly file: string;
  readonly threads: EngineSettings['threads'];
  readonly parts: readonly Part[];
  readonly pace: Pace;
  /** The texts for this model; `count` counts its tokens. */
  readonly texts: (count: (text: string) => Promise<number>) => Texts;
  readonly onRows: (rows: readonly Row[]) => void;
}

export interface Bench {
  readonly machine: string;
  readonly card: ModelCard;
  readonly rows: readonly Row[];
}

/** Measures on the CPU. Rejects if a measurement isn't one: a prompt that should have been cold was not, and the like. */
export async function benchModel(options: BenchOptions): Promise<Bench> {
  const { entry, file, threads, pace, onRows } = options;
  const rows: Row[] = [];
  const add = (more: readonly Row[]): void => {
    rows.push(...more);
    onRows(more);
  };
  const wants = (part: Part): boolean => options.parts.includes(part);
  if (wants('load')) add(await benchLoad(options));

  const { client, close } = await openOurs(entry, file, { threads });
  try {
    const { card } = client;
    const texts = options.texts(async (text) => (await client.countTokens([text]))[0] ?? 0);
    const longTokens = Math.min(4000, Math.floor(card.contextTokens * 0.7));
    const openPlain = () => openOurs(entry, file, { threads, speculation: 'off' });
    if (wants('speed')) {
      const openSides = async (): Promise<Sides> => {
        const plain = await openPlain();
        const direct = await openDirect(card);
        const closeBoth = async (): Promise<void> => {
          await direct.close();
          await plain.close();
        };
        return { ours: plain.client, direct, close: closeBoth };
      };
      add(await benchOverhead(openSides, texts, pace));
    }
    if (wants('speculation')) {
      const plain = await openPlain();
      try {
        add(await benchSpeculation(client, plain.client, texts, pace));
      } finally {
        await plain.close();
      }
    }
    if (wants('first')) {
      add(await benchFirstToken(client, texts, Math.min(1500, Math.floor(card.contextTokens / 2)), pace));
    }
    if (wants('stop')) add(await benchStopping(client, texts, longTokens, pace));
    if (wants('background')) add(await benchBackground(client, texts, longTokens, pace));
    const [cpu] = cpus();
    return { machine: `${availableParallelism()} cores, ${cpu?.model ?? 'unknown'}, ${process.platform}`, card, rows };
  } finally {
    await close();
  }
}

/** Loads in new processes, ours and the direct one in turn, and how much memory ours then needs for an answer. */
async function benchLoad({ entry, file, threads, texts, pace }: BenchOptions): Promise<Row[]> {
  const ours: number[] = [];
  const direct: number[] = [];
  const resident: number[] = [];
  let loaded: ModelCard | undefined;
  // The first load reads the file from disk, and warms it up.
  for (let round = 0; round < (pace.quick ? 2 : 6); round++) {
    await pace.whenQuiet();
    const { client, loadMs, close } = await openOurs(entry, file, { threads });
    try {
      const { card } = client;
      loaded = card;
      const made = texts(async (text) => (await client.countTokens([text]))[0] ?? 0);
      await ask(client, [user(await made.fresh(Math.min(1500, card.contextTokens / 2)))], 64);
      resident.push((await client.statistics()).residentBytes);
      if (round > 0) ours.push(loadMs);
    } finally {
      await close();
    }
    await pace.whenQuiet();
    const other = await openDirect(loaded);
    await other.close();
    if (round > 0) direct.push(other.loadMs);
  }
  if (loaded === undefined) return [];
  return [
    { what: 'load, from starting the process', unit: 'ms', value: summarise(ours) },
    { what: 'load, node-llama-cpp directly', unit: 'ms', value: summarise(direct) },
    ...memoryRows(loaded, resident),
  ];
}
