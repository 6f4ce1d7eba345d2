// How many reviews wait, and how many the coming days will bring.

import { dayOf } from './days.ts';
import type { Day, LocalOffset } from './days.ts';

export interface ForecastDay {
  readonly day: Day;
  readonly due: number;
}

export interface Forecast {
  /** Due before today and not reviewed yet. */
  readonly overdue: number;
  /** Today and the days after it. */
  readonly days: readonly ForecastDay[];
  /** Made and never reviewed: they have no day yet. */
  readonly fresh: number;
}

/** How many days ahead are counted. */
export const forecastDays = 30;

/** Counts the times at which cards are due, of cards that were reviewed before, by day. */
export function forecast(dueAt: Iterable<number>, fresh: number, today: Day, offset: LocalOffset): Forecast {
  const days = Array.from({ length: forecastDays }, () => 0);
  let overdue = 0;
  for (const at of dueAt) {
    const ahead = dayOf(at, offset) - today;
    if (ahead < 0) overdue++;
    else if (ahead < days.length) days[ahead] = (days[ahead] ?? 0) + 1;
  }
  return { overdue, days: days.map((due, index) => ({ day: today + index, due })), fresh };
}
