// Numbers measured again and again → one that can be trusted, and how far.

import { quantile } from '../timing.ts';
import type { WhenQuiet } from './quiet.ts';

export interface Summary {
  readonly median: number;
  /** The middle half of the values lies between these. */
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (quantile(sorted, 0.5) + (sorted.at(-1 - Math.floor(sorted.length / 2)) ?? NaN)) / 2;
  return {
    median: middle,
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
    runs: sorted.length,
  };
}

export interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

/** Runs two things in turn, A B B A A B …, so that what slows the machine down for a while meets both alike. */
export async function inTurns<T>(
  rounds: number,
  whenQuiet: WhenQuiet,
  a: () => Promise<T>,
  b: () => Promise<T>,
): Promise<readonly Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let round = 0; round < rounds; round++) {
    const [first, second] = round % 2 === 0 ? [a, b] : [b, a];
    await whenQuiet();
    const before = await first();
    await whenQuiet();
    const after = await second();
    pairs.push(round % 2 === 0 ? { a: before, b: after } : { a: after, b: before });
  }
  return pairs;
}

/** Half the width of the interval that holds the true median in 19 of 20 cases, as a share of the median (order statistics). */
export function uncertainty(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(sorted.length);
  const low = sorted[Math.max(0, Math.floor(sorted.length / 2 - reach))] ?? NaN;
  const high = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + reach))] ?? NaN;
  return (high - low) / 2 / summarise(values).median;
}
