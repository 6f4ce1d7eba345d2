// What was measured, as a table for people or as JSON.

import type { Summary } from './samples.ts';

export type Unit = 'ms' | 'tokens/s' | 'MB' | '×' | '%';

export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly value: Summary;
  readonly bar?: { readonly at: 'most' | 'least'; readonly limit: number };
  /** What else is to be known of it. */
  readonly note?: string;
}

export function meetsBar({ value, bar }: Row): boolean {
  if (bar === undefined) return true;
  return bar.at === 'most' ? value.median <= bar.limit : value.median >= bar.limit;
}

export function shown(value: number, unit: Unit): string {
  const digits = unit === '×' ? 3 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toFixed(digits);
}

export function tableOf(rows: readonly Row[]): Record<string, Record<string, string | number>> {
  return Object.fromEntries(
    rows.map((row) => {
      const { what, unit, value, bar, note } = row;
      return [
        what,
        {
          median: `${shown(value.median, unit)} ${unit}`,
          'middle half': value.runs > 1 ? `${shown(value.low, unit)} – ${shown(value.high, unit)}` : '',
          runs: value.runs,
          bar: bar ? `${bar.at === 'most' ? '≤' : '≥'} ${bar.limit} ${meetsBar(row) ? 'met' : 'MISSED'}` : '',
          note: note ?? '',
        },
      ];
    }),
  );
}
