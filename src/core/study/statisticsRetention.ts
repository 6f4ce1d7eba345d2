// How much was remembered, and whether FSRS foresaw it.

import { dayOf, mondayOf } from './days.ts';
import type { Day, LocalOffset } from './days.ts';

/** Reviews added up: how many, how many of them remembered, and the sum of what FSRS expected of each. */
export interface RecallSum {
  readonly reviews: number;
  readonly remembered: number;
  readonly predicted: number;
}

/** One review of a card that FSRS had seen before. */
export interface RecalledAt {
  readonly at: number;
  readonly remembered: boolean;
  /** The chance of remembering that FSRS gave just before. */
  readonly predicted: number;
}

/** Shares, each 0 to 1. */
export interface Recall {
  readonly reviews: number;
  readonly remembered: number;
  /** The share remembered, and the interval in which the true one lies 95 times of 100. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** What FSRS expected, on average. */
  readonly predicted: number;
}

export interface RecallBin extends Recall {
  /** The predictions that fell into it: from, up to but without to. */
  readonly from: number;
  readonly to: number;
}

export interface RecallWeek extends Recall {
  readonly monday: Day;
}

/** How what was remembered compares to what was expected, as far as chance lets one say. */
export type Comparison = 'as-predicted' | 'better' | 'worse';

export interface Retention {
  /** Undefined before the first review that FSRS predicted. */
  readonly all?: Recall & { readonly comparison: Comparison };
  /** Only those with reviews. */
  readonly bins: readonly RecallBin[];
  readonly weeks: readonly RecallWeek[];
}

/** The edges of the bins of predictions: fine where a learner who reviews on time has most of them. */
export const recallEdges: readonly number[] = [0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

/** Which bin a prediction falls into; certainty belongs to the last. */
export function recallBin(predicted: number): number {
  const above = recallEdges.findIndex((edge) => predicted < edge);
  return above < 0 ? recallEdges.length - 2 : Math.max(0, above - 1);
}

/** Retention from the sums of each bin (by its index) and the single reviews of the last weeks. */
export function retention(
  bins: ReadonlyMap<number, RecallSum>,
  recent: readonly RecalledAt[],
  firstMonday: Day,
  offset: LocalOffset,
): Retention {
  const filled = [...bins].filter(([, { reviews }]) => reviews > 0).sort(([a], [b]) => a - b);
  const all = filled.map(([, sum]) => sum).reduce(plus, nothing);
  const byWeek = Map.groupBy(recent, ({ at }) => mondayOf(dayOf(at, offset)));
  const weeks = [...byWeek]
    .filter(([monday]) => monday >= firstMonday)
    .sort(([a], [b]) => a - b)
    .map(([monday, reviews]) => ({
      monday,
      ...recall(
        reviews
          .map(({ remembered, predicted }) => ({ reviews: 1, remembered: remembered ? 1 : 0, predicted }))
          .reduce(plus, nothing),
      ),
    }));
  return {
    ...(all.reviews > 0 && { all: compared(recall(all)) }),
    bins: filled.map(([index, sum]) => ({
      from: recallEdges[index] ?? 0,
      to: recallEdges[index + 1] ?? 1,
      ...recall(sum),
    })),
    weeks,
  };
}

function compared(recall: Recall): Recall & { readonly comparison: Comparison } {
  return { ...recall, comparison: comparison(recall) };
}

/** Of many thousand reviews chance explains less than anybody would notice. */
const noticeable = 0.01;

function comparison({ share, predicted, low, high }: Recall): Comparison {
  if (Math.abs(share - predicted) < noticeable) return 'as-predicted';
  return low > predicted ? 'better' : high < predicted ? 'worse' : 'as-predicted';
}

const nothing: RecallSum = { reviews: 0, remembered: 0, predicted: 0 };

function plus(a: RecallSum, b: RecallSum): RecallSum {
  return {
    reviews: a.reviews + b.reviews,
    remembered: a.remembered + b.remembered,
    predicted: a.predicted + b.predicted,
  };
}

function recall({ reviews, remembered, predicted }: RecallSum): Recall {
  return {
    reviews,
    remembered,
    share: remembered / reviews,
    ...wilson(remembered, reviews),
    predicted: predicted / reviews,
  };
}

/** The 95 % interval of a share that was seen `hits` times in `of`, by Wilson: sound for few and for shares near 0 and 1. */
export function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  // None and all are exact bounds, which rounding would miss by a hair.
  return {
    low: hits === 0 ? 0 : Math.max(0, (middle - reach) / whole),
    high: hits === of ? 1 : Math.min(1, (middle + reach) / whole),
  };
}
