// `kill -9` at random moments of a conversation: while the model is loaded, reads a prompt, writes an answer, keeps a
// prefix on disk. Used as the Ask view uses it: a model that is held, and opened again when it is next needed.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { between, pick, seeded } from '../../../scripts/specimen/random.ts';
import type { Random } from '../../../scripts/specimen/random.ts';
import type { ChatMessage, GenerateRequest } from '../../../src/core/model/language.ts';
import { ModelError } from '../../../src/core/model/modelError.ts';
import { openModel } from '../../../src/model/client.ts';
import type { ModelClient } from '../../../src/model/client.ts';
import { readSeal } from './seal.ts';
import { isAlive } from '../../../src/model/remoteProcess.ts';
import { HeldModel } from '../../../src/vscode/model/heldModel.ts';
import { runFiles, until } from '../process/support.ts';
import type { Place } from '../process/support.ts';
import { specimenPlace, within } from './support.ts';

const kills = 50;
const seeds = [8, 88] as const;

const chapter: ChatMessage = { role: 'system', text: 'Attention lets each token look at the others. '.repeat(40) };

function question(text: string, maxTokens: number): GenerateRequest {
  return { messages: [chapter, { role: 'user', text }], maxTokens, priority: 'foreground', keepMessages: 1 };
}

async function answered(client: ModelClient, request: GenerateRequest, onEvent: () => void): Promise<string> {
  const parts: string[] = [];
  for await (const event of client.generate(request, new AbortController().signal)) {
    if (event.type === 'text') parts.push(event.text);
    onEvent();
  }
  return parts.join('');
}

/** When the process is killed: at once, some time after the question, or at the so-manieth event of its answer. */
type Moment = { readonly type: 'after'; readonly ms: number } | { readonly type: 'event'; readonly n: number };

function moment(random: Random): Moment {
  return pick(random, [
    { type: 'after', ms: 0 },
    { type: 'after', ms: between(random, 1, 400) },
    { type: 'event', n: between(random, 1, 5) },
    { type: 'event', n: between(random, 5, 60) },
  ] as const);
}

function hold({ options }: Place): HeldModel {
  const held = new HeldModel(
    (wanted, { onLoading, explicit }, signal) => openModel({ ...options, ...wanted, onLoading, explicit }, signal),
    (error) =>
      error instanceof ModelError ? error : new ModelError('internal', 'Something else was thrown', String(error)),
    () => undefined,
  );
  held.want({ ...options, name: 'specimen' });
  return held;
}

/** Everything that waits for the process when it is killed. */
async function askEverything(client: ModelClient, random: Random): Promise<PromiseSettledResult<unknown>[]> {
  const when = moment(random);
  let events = 0;
  const kill = (): void => {
    if (isAlive(client.pid)) process.kill(client.pid, 'SIGKILL');
  };
  const words = `${between(random, 0, 1e6)} What is attention? `.repeat(between(random, 1, 60));
  const waiting = [
    answered(client, question(words, 60), () => {
      if (when.type === 'event' && ++events === when.n) kill();
    }),
    client.countPrompt([{ role: 'user', text: words }]),
    client.warm([{ ...chapter, text: `${between(random, 0, 9)} ${chapter.text}` }]),
    client.statistics(),
  ];
  const settled = Promise.allSettled(waiting);
  if (when.type === 'after') await wait(when.ms);
  else await Promise.race([settled, waiting[0]?.catch(() => undefined)]);
  kill();
  return settled;
}

/** Kills the process while it loads; tells whether that was in time. */
async function killWhileLoading({ options }: Place, held: HeldModel, random: Random): Promise<boolean> {
  const using = held.use(new AbortController().signal, true).then(
    ({ done }) => {
      done();
      return undefined;
    },
    (error: unknown) => error,
  );
  let pid: number | undefined;
  await until(() => {
    pid = runFiles(options.runFolder).find((running) => isAlive(running.pid))?.pid;
    return pid !== undefined;
  }, 60_000);
  await wait(between(random, 0, 200));
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
  const error = await using;
  if (error === undefined) {
    await until(() => held.client === undefined);
    return false;
  }
  assertTold(error, 'while loading');
  return true;
}

function assertTold(error: unknown, when: string): void {
  assert.ok(error instanceof ModelError, `${when}: ${String(error)}`);
  assert.ok(error.problem === 'ended' && error.message.length > 40, `${when}: ${error.problem}, ${error.message}`);
}

describe('kills at random moments of a conversation', { concurrency: true }, () => {
  for (const seed of seeds) {
    test(`every call is answered and every next question works, seed ${seed}`, async (t) => {
      const place = await specimenPlace(t);
      const held = hold(place);
      t.after(() => {
        held.dispose();
      });
      const random = seeded(seed);
      let struck = 0;
      let struckLoading = 0;
      for (let round = 0; round < kills / seeds.length; round++) {
        const when = `kill ${round} of seed ${seed}`;
        if (round % 5 === 4) {
          if (await within(90_000, when, killWhileLoading(place, held, random))) struckLoading++;
        } else {
          const { client, done } = await within(90_000, when, held.use(new AbortController().signal, true));
          // The next question after the last kill.
          assert.notEqual(
            await within(
              90_000,
              when,
              answered(client, question('What is attention?', 2), () => undefined),
            ),
            '',
          );
          const outcomes = await within(90_000, when, askEverything(client, random));
          done();
          for (const outcome of outcomes) if (outcome.status === 'rejected') assertTold(outcome.reason, when);
          if (outcomes.some(({ status }) => status === 'rejected')) struck++;
          await until(() => held.client !== client);
        }
        for (const name of readdirSync(place.options.stateFolder)) {
          if (name.endsWith('.state')) assert.equal(readSeal(join(place.options.stateFolder, name)), 'whole', when);
        }
      }
      t.diagnostic(`seed ${seed}: ${struck} kills met a call, ${struckLoading} a load`);
      assert.ok(struck >= 10 && struckLoading >= 1, `${struck} kills met a call, ${struckLoading} a load`);
      const { client, done } = await held.use(new AbortController().signal);
      assert.notEqual(await answered(client, question('What is attention?', 4), () => undefined), '');
      done();
      assert.ok(readdirSync(place.options.stateFolder).some((name) => name.endsWith('.state')));
      assert.equal(runFiles(place.options.runFolder).length, 1);
      await held.free();
    });
  }
});
