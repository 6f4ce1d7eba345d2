// What the robustness tests share: the way a learner's file goes, and models that answer.

import { fileURLToPath } from 'node:url';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { automaticSettings } from '../../../src/core/model/engineSettings.ts';
import { ModelError } from '../../../src/core/model/modelError.ts';
import type { ModelClient } from '../../../src/model/client.ts';
import { openModel } from '../../../src/model/client.ts';
import { checkModelFile } from '../../../src/model/files/checkModelFile.ts';
import type { FileProblem } from '../../../src/model/files/fileProblem.ts';
import { readGguf } from '../../../scripts/specimen/gguf.ts';
import type { Gguf } from '../../../scripts/specimen/gguf.ts';
import { place } from '../process/support.ts';
import type { Place } from '../process/support.ts';
import { specimen } from '../specimen/specimen.ts';
import { contentDamage, randomDamage } from './contentDamage.ts';
import type { Damaged } from './damage.ts';
import { headerDamage } from './headerDamage.ts';

/** What is forked when nothing is scripted. */
export const realEntry = fileURLToPath(new URL('../../../src/model/main.ts', import.meta.url));

/** Where the specimen is loaded by the real engine; patient enough for a machine that is busy. */
export async function specimenPlace(t: TestContext, changes: Partial<Place['options']> = {}): Promise<Place> {
  return place(t, '', {
    entry: realEntry,
    file: await specimen('q4_0'),
    settings: { ...automaticSettings, gpu: 'off' },
    loadTimeoutMs: 60_000,
    silenceMs: 60_000,
    ...changes,
  });
}

export const seed = 8;

export async function readSpecimen(): Promise<Gguf> {
  return readGguf(await specimen('q4_0'));
}

export function everyDamage(gguf: Gguf): readonly Damaged[] {
  return [...headerDamage(gguf), ...contentDamage(gguf), ...randomDamage(gguf, seed, 80)];
}

export type Outcome =
  | { readonly type: 'refused'; readonly problem: FileProblem; readonly message: string; readonly detail: string }
  | { readonly type: 'failed'; readonly error: ModelError }
  | { readonly type: 'answered'; readonly text: string };

/**
 * A file goes the way of one that a learner has chosen: it is checked (unless `trusted`), loaded, and asked something.
 * Anything but a ModelError is thrown on.
 */
export async function choose(
  { folder, options }: Place,
  { name, bytes }: Damaged,
  fileName: string,
  trusted = false,
): Promise<Outcome> {
  const file = join(folder, fileName);
  writeFileSync(file, bytes());
  let client: ModelClient | undefined;
  try {
    if (!trusted) {
      const checked = await checkModelFile(file, new AbortController().signal);
      if (!checked.ok) return { type: 'refused', ...checked };
    }
    client = await openModel({ ...options, file }, new AbortController().signal);
    return { type: 'answered', text: await answer(client, 'What is attention?', 3) };
  } catch (error) {
    if (error instanceof ModelError) return { type: 'failed', error };
    throw new Error(`${name}: not a ModelError`, { cause: error });
  } finally {
    await client?.end();
    await rm(file, { force: true });
  }
}

/** The answer's text. */
export async function answer(client: ModelClient, text: string, maxTokens: number): Promise<string> {
  const parts: string[] = [];
  const messages = [{ role: 'user', text }] as const;
  const events = client.generate({ messages, maxTokens, priority: 'foreground' }, new AbortController().signal);
  for await (const event of events) if (event.type === 'text') parts.push(event.text);
  return parts.join('');
}

/** Does `work` for each item, two at a time. */
export async function twoAtATime<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) await work(item, index);
  };
  await Promise.all([worker(), worker()]);
}

/** Resolves when `work` does; rejects, and says what hangs, long before a test run would be given up. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = wait(ms, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`${what} is not answered`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
