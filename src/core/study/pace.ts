// How much time a learner gives it, and what that makes of minutes.

import type { Translate } from '../translate.ts';
import { lengthWord } from '../words.ts';
import type { Goal } from './studyEvent.ts';

export interface Pace {
  readonly minutes: number;
  readonly per: 'day' | 'week';
}

export const minutesPerWeek = ({ minutes, per }: Pace): number => (per === 'day' ? minutes * 7 : minutes);

/** The pace that a goal is stored with. */
export function paceOf({ minutesPerDay: perDay, minutesPerWeek: perWeek }: Goal): Pace {
  return perWeek === undefined ? { minutes: perDay, per: 'day' } : { minutes: perWeek, per: 'week' };
}

/** A pace as a goal stores it. */
export function storedPace({ minutes, per }: Pace): Pick<Goal, 'minutesPerDay' | 'minutesPerWeek'> {
  return per === 'day'
    ? { minutesPerDay: minutes }
    : { minutesPerDay: Math.max(1, Math.round(minutes / 7)), minutesPerWeek: minutes };
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
