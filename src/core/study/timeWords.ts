// Stretches of time as one says them: short, in one unit.

import type { Translate } from '../translate.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "10 min", "4 days", "2.5 months": as it stands on a button. */
export function intervalWords(ms: number, t: Translate): string {
  if (ms < 45 * minute) return t('{0} min', Math.max(1, Math.round(ms / minute)));
  if (ms < 22 * hour) return t('{0} h', Math.max(1, Math.round(ms / hour)));
  const days = Math.round(ms / day);
  if (days <= 1) return t('1 day');
  if (days < 31) return t('{0} days', days);
  const months = Math.round((ms / day / 30.44) * 10) / 10;
  if (months < 12) return months === 1 ? t('1 month') : t('{0} months', months);
  const years = Math.round((ms / day / 365.25) * 10) / 10;
  return years === 1 ? t('1 year') : t('{0} years', years);
}

/** "in 10 min", "tomorrow", "in 4 days": when something comes next. `dayEnd` is the end of the learner's day. */
export function nextWords(at: number, now: number, dayEnd: number, t: Translate): string {
  if (at <= now) return t('now');
  if (at < dayEnd) return t('in {0}', intervalWords(at - now, t));
  const days = 1 + Math.floor((at - dayEnd) / day);
  return days === 1 ? t('tomorrow') : t('in {0}', intervalWords(days * day, t));
}

/** "1 card", "12 cards". */
export function cardCount(count: number, t: Translate): string {
  return count === 1 ? t('1 card') : t('{0} cards', count);
}
