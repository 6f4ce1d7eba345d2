// How much time a learner gives it, and what that makes of minutes.

import type { Translate } from '../translate.ts';
import { lengthWord } from '../words.ts';

export interface Pace {
  readonly minutes: number;
  readonly per: 'day' | 'week';
}

export const minutesPerDay = ({ minutes, per }: Pace): number => (per === 'day' ? minutes : minutes / 7);

export const minutesPerWeek = ({ minutes, per }: Pace): number => (per === 'day' ? minutes * 7 : minutes);

/** A pace by its minutes a day: what makes no whole minutes a day was meant by the week. */
export function paceOf(perDay: number): Pace {
  return Number.isInteger(perDay)
    ? { minutes: perDay, per: 'day' }
    : { minutes: Math.max(1, Math.round(perDay * 7)), per: 'week' };
}

/** "1 h a day". */
export function paceWord({ minutes, per }: Pace, t: Translate): string {
  const length = lengthWord(minutes, t);
  return per === 'day' ? t('{0} a day', length) : t('{0} a week', length);
}

/** How many days or weeks of that pace `minutes` fill, the last one perhaps not to its end. */
export function periods(minutes: number, pace: Pace): number {
  return Math.ceil(minutes / pace.minutes);
}

/** A calendar day as the number of days since 1 January 1970, wherever the learner is. */
export type Day = number;

/** The last day of the week that a day lies in; weeks begin on Monday. 1 January 1970 was a Thursday. */
export function endOfWeek(day: Day): Day {
  return Math.floor((day + 3) / 7) * 7 + 3;
}
