// How soon the model does something else: stops, or lets a short question go first.

import { setTimeout as wait } from 'node:timers/promises';
import type { ModelClient } from '../../src/model/client.ts';
import type { GenerateRequest } from '../../src/core/model/language.ts';
import { ask, user } from './ours.ts';
import type { Pace } from './quiet.ts';
import type { Row } from './report.ts';
import { summarise } from './samples.ts';
import type { Texts } from './texts.ts';

/** Different in every run, so that a stop meets different moments of a chunk. */
const moments = (run: number): number => 150 + ((run * 97) % 331);

const shortTokens = 16;

export async function benchStopping(
  client: ModelClient,
  texts: Texts,
  longTokens: number,
  { quick, whenQuiet }: Pace,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const phase of ['prefill', 'generation'] as const) {
    const ended: number[] = [];
    const free: number[] = [];
    for (let run = 0; run < (quick ? 3 : 15); run++) {
      const [text, next] = [await texts.fresh(phase === 'prefill' ? longTokens : 40), await texts.fresh(shortTokens)];
      await whenQuiet();
      const usual = (await ask(client, [user(await texts.fresh(shortTokens))], 1)).firstMs;
      ended.push(await stopAfter(client, { messages: [user(text)], maxTokens: 400 }, phase, moments(run)));
      const { firstMs } = await ask(client, [user(next)], 1);
      free.push(Math.max(0, firstMs - usual));
    }
    const slowest = Math.max(...ended).toFixed(0);
    rows.push({
      what: `Stop in ${phase}: the answer has ended`,
      unit: 'ms',
      value: summarise(ended),
      bar: { at: 'most', limit: 100 },
      note: `slowest ${slowest}`,
    });
    rows.push({ what: `Stop in ${phase}: a question asked then waits longer by`, unit: 'ms', value: summarise(free) });
  }
  return rows;
}

async function stopAfter(
  client: ModelClient,
  request: Pick<GenerateRequest, 'messages' | 'maxTokens'>,
  phase: 'prefill' | 'generation',
  ms: number,
): Promise<number> {
  const stop = new AbortController();
  let stoppedAt: number | undefined;
  const stopSoon = async (): Promise<void> => {
    await wait(ms);
    stoppedAt = performance.now();
    stop.abort();
  };
  let stopping: Promise<void> | undefined;
  for await (const { type } of client.generate({ ...request, priority: 'foreground' }, stop.signal)) {
    if (type === (phase === 'prefill' ? 'prompt' : 'text')) stopping ??= stopSoon();
    else if (type === 'text' && phase === 'prefill') throw new Error('The prefill ended before it was stopped');
  }
  if (stoppedAt === undefined) throw new Error('The generation ended before it was stopped');
  const latency = performance.now() - stoppedAt;
  await stopping;
  return latency;
}

export async function benchBackground(
  client: ModelClient,
  texts: Texts,
  longTokens: number,
  { quick, whenQuiet }: Pace,
): Promise<Row[]> {
  const alone: number[] = [];
  const behind: number[] = [];
  const short = async (): Promise<number> => (await ask(client, [user(await texts.fresh(shortTokens))], 1)).firstMs;
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (let run = 0; run < 4; run++) {
      await whenQuiet();
      alone.push(await short());
    }
    await whenQuiet();
    const stop = new AbortController();
    const long: GenerateRequest = {
      messages: [user(await texts.fresh(longTokens))],
      maxTokens: 1,
      priority: 'background',
    };
    const progress = { isPrefilling: false };
    const background = (async (): Promise<void> => {
      for await (const { type } of client.generate(long, stop.signal)) progress.isPrefilling = type === 'prefill';
    })();
    for (let run = 0; run < 8; run++) {
      await wait(moments(run));
      const ms = await short();
      if (progress.isPrefilling) behind.push(ms);
    }
    stop.abort();
    await background;
  }
  if (behind.length === 0) throw new Error('The background prefill was over too soon');
  return [
    {
      what: `first token of a short question behind a background prefill of ${longTokens}`,
      unit: 'ms',
      value: summarise(behind),
      bar: { at: 'most', limit: 250 },
      note: `alone ${summarise(alone).median.toFixed(0)}, slowest ${Math.max(...behind).toFixed(0)}`,
    },
  ];
}
