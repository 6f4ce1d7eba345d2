// A machine where other programs compute gives numbers of no use: one of two cores gone costs more than half the speed.

import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when nothing else computes, or when that has been waited for long enough in all. */
export type WhenQuiet = () => Promise<void>;

/** What a clock counts: time that goes by, or time that the process computes, which other programs take less from. */
export type Clock = 'wall' | 'cpu';

export interface Pace {
  /** Few runs: to see that the bench works. */
  readonly quick: boolean;
  readonly whenQuiet: WhenQuiet;
  /** By which parts are measured that compare one way with another. */
  readonly clock: Clock;
}

export interface Quiet {
  readonly whenQuiet: WhenQuiet;
  /** How often measuring went on although other programs were computing. */
  readonly disturbed: () => number;
}

/** Cores in use by others that don't matter: the system always does a little. */
const tolerated = 0.12;

const lookMs = 150;

/** @param patienceMs How long all waits together may take. */
export function createQuiet(patienceMs: number): Quiet {
  let patience = patienceMs;
  let disturbed = 0;
  return {
    disturbed: () => disturbed,
    whenQuiet: async () => {
      while ((await coresInUse()) > tolerated) {
        if (patience <= 0) {
          disturbed++;
          return;
        }
        await wait(500);
        patience -= 500 + lookMs;
      }
    },
  };
}

/** Whether other programs compute, over a few seconds. */
export async function isBusy(): Promise<boolean> {
  const seen: number[] = [];
  for (let look = 0; look < 10; look++) seen.push(await coresInUse());
  return seen.reduce((sum, cores) => sum + cores, 0) / seen.length > tolerated;
}

/** How many cores are busy now. Where the system tells no times, none are. */
async function coresInUse(): Promise<number> {
  const before = ticks();
  await wait(lookMs);
  const after = ticks();
  const idle = after.idle - before.idle;
  const all = after.all - before.all;
  return all <= 0 ? 0 : cpus().length * (1 - idle / all);
}

function ticks(): { readonly idle: number; readonly all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idle, all };
}
