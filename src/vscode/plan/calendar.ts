// The learner's calendar: which day it is where they are, and how a day is written.

import type { Day } from '../../core/study/pace.ts';

const dayMs = 86_400_000;

/** The local day that a time lies in. */
export function localDay(at: number): Day {
  const when = new Date(at);
  return Date.UTC(when.getFullYear(), when.getMonth(), when.getDate()) / dayMs;
}

/** "14 December", with the year if it isn't this one's. */
export function dayWord(day: Day, today: Day, language: string): string {
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear() !== new Date(today * dayMs).getUTCFullYear();
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(year && { year: 'numeric' }),
  }).format(date);
}
