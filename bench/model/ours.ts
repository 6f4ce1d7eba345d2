// The model as the companion runs it: in its process, over its wire, timed where the answer arrives.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { automaticSettings } from '../../src/core/model/engineSettings.ts';
import type { EngineSettings } from '../../src/core/model/engineSettings.ts';
import type { ChatMessage, GenerateRequest, GenerateStatistics } from '../../src/core/model/language.ts';
import { openModel } from '../../src/model/client.ts';
import type { ModelClient } from '../../src/model/client.ts';
import type { Clock } from './quiet.ts';

export interface Opened {
  readonly client: ModelClient;
  /** From the start of the process until it is ready. */
  readonly loadMs: number;
  /** Ends the process and removes its files. */
  readonly close: () => Promise<void>;
}

/**
 * @param entry What is forked: dist/model.mjs.
 * @param engineFolder Where an engine for a GPU lies, if not in the bundle.
 */
export async function openOurs(
  entry: string,
  file: string,
  settings: Partial<EngineSettings>,
  engineFolder?: string,
): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-model-'));
  const startedAt = performance.now();
  const errors: string[] = [];
  const client = await openModel(
    {
      entry,
      file,
      runFolder: join(folder, 'run'),
      kind: 'chat',
      settings: { ...automaticSettings, gpu: 'off', ...settings },
      stateFolder: join(folder, 'states'),
      stateQuota: 2e9,
      idleMs: 60_000,
      loadTimeoutMs: 120_000,
      silenceMs: 60_000,
      ...(engineFolder !== undefined && { engineFolder }),
      log: (level, line) => {
        if (level === 'error' || level === 'warn') errors.push(line);
      },
      onLoading: () => undefined,
    },
    new AbortController().signal,
  );
  const loadMs = performance.now() - startedAt;
  return {
    client,
    loadMs,
    close: async () => {
      await client.end();
      await rm(folder, { recursive: true, force: true });
      for (const line of errors) console.error(`  the model's process: ${line}`);
    },
  };
}

export interface Timed {
  /** From the question to the first text. */
  readonly firstMs: number;
  /** From the first text to the end. */
  readonly restMs: number;
  readonly statistics: GenerateStatistics;
}

export async function ask(
  client: ModelClient,
  messages: readonly ChatMessage[],
  maxTokens: number,
  request: Partial<GenerateRequest> = {},
): Promise<Timed> {
  const askedAt = performance.now();
  let firstAt: number | undefined;
  let statistics: GenerateStatistics | undefined;
  const whole: GenerateRequest = { messages, maxTokens, priority: 'foreground', ...request };
  for await (const event of client.generate(whole, new AbortController().signal)) {
    if (event.type === 'text') firstAt ??= performance.now();
    else if (event.type === 'end') statistics = event.statistics;
  }
  const endAt = performance.now();
  if (statistics === undefined) throw new Error('A generation had no end');
  return { firstMs: (firstAt ?? endAt) - askedAt, restMs: endAt - (firstAt ?? endAt), statistics };
}

export const user = (text: string): ChatMessage => ({ role: 'user', text });
export const system = (text: string): ChatMessage => ({ role: 'system', text });

/**
 * The same by the time that the process computes: of the prompt with its first token, then, asked again, of all tokens. What
 * it costs to ask a second time is part of it.
 */
export async function askBy(
  clock: Clock,
  client: ModelClient,
  messages: readonly ChatMessage[],
  maxTokens: number,
  request: Partial<GenerateRequest> = {},
): Promise<Timed> {
  if (clock === 'wall') return ask(client, messages, maxTokens, request);
  const cpu = async (): Promise<number> => (await client.statistics()).cpuMs;
  const before = await cpu();
  const first = await ask(client, messages, 1, request);
  const between = await cpu();
  const firstMs = between - before;
  if (maxTokens === 1) return { ...first, firstMs, restMs: 0 };
  const { statistics } = await ask(client, messages, maxTokens, request);
  const { generatedTokens } = statistics;
  const restMs = ((await cpu()) - between) * (1 - 1 / generatedTokens);
  const { promptTokens, reusedTokens } = first.statistics;
  return { firstMs, restMs, statistics: { ...statistics, promptTokens, reusedTokens } };
}

/** Tokens a second in generation; the first token counts as part of the prompt. */
export function tokensPerSecond({ restMs, statistics }: Timed): number {
  return ((statistics.generatedTokens - 1) / restMs) * 1000;
}
