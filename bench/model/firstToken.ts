// The time to the first token: of a prompt never seen, of one whose beginning is in the KV cache, and of one whose
// beginning is on disk.

import { setTimeout as wait } from 'node:timers/promises';
import type { ModelClient } from '../../src/model/client.ts';
import { ask, askBy, system, user } from './ours.ts';
import type { Pace } from './quiet.ts';
import type { Row } from './report.ts';
import { summarise } from './samples.ts';
import type { Texts } from './texts.ts';

const newTokens = 50;

/** @param promptTokens Of which the last 50 are new each time. */
export async function benchFirstToken(
  client: ModelClient,
  texts: Texts,
  promptTokens: number,
  { quick, whenQuiet, clock }: Pace,
): Promise<Row[]> {
  const times: { readonly cold: number; readonly shared: number; readonly same: number; readonly restored: number }[] =
    [];
  for (let round = 0; round < (quick ? 2 : 9); round++) {
    const beginning = system(await texts.fresh(promptTokens - newTokens));
    const question = async (): Promise<ReturnType<typeof user>> => user(await texts.fresh(newTokens - 20));
    const keep = { keepMessages: 1 };

    await whenQuiet();
    const cold = await askBy(clock, client, [beginning, await question()], 1);
    if (cold.statistics.reusedTokens > 100) throw new Error('The cold prompt was not cold');
    const again = [beginning, await question()];
    const shared = await askBy(clock, client, again, 1);
    const same = await askBy(clock, client, again, 1);
    if (shared.statistics.reusedTokens < promptTokens * 0.9) throw new Error('The shared prefix was not reused');

    await ask(client, [beginning, await question()], 1, keep);
    await allKept(client);
    await ask(client, [user(await texts.fresh(200))], 1);
    await whenQuiet();
    const restored = await askBy(clock, client, [beginning, await question()], 1, keep);
    if (restored.statistics.restoredTokens < promptTokens * 0.9) throw new Error('The kept prefix was not restored');
    times.push({ cold: cold.firstMs, shared: shared.firstMs, same: same.firstMs, restored: restored.firstMs });
  }
  const ms = (what: string, which: keyof (typeof times)[number]): Row => ({
    what: `first token, ${promptTokens} tokens: ${what}`,
    unit: 'ms',
    value: summarise(times.map((time) => time[which])),
  });
  const share = (what: string, which: 'shared' | 'restored', limit: number): Row => ({
    what: `first token against cold: ${what}`,
    unit: '×',
    value: summarise(times.map((time) => time[which] / time.cold)),
    bar: { at: 'most', limit },
  });
  return [
    ms('cold', 'cold'),
    ms(`shared prefix, ${newTokens} new`, 'shared'),
    ms('the same again', 'same'),
    ms(`restored from disk, ${newTokens} new`, 'restored'),
    share('shared prefix', 'shared', 0.09),
    share('restored from disk', 'restored', 0.1),
  ];
}

/** A state is written in the background, after the answer; states of other prompts may be too. */
async function allKept(client: ModelClient): Promise<void> {
  const bytes = async (): Promise<number> => (await client.statistics()).stateFiles.bytes;
  for (let before = -1, now = await bytes(); now === 0 || now !== before;) {
    await wait(400);
    before = now;
    now = await bytes();
  }
}
