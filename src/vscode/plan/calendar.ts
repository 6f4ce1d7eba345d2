// How the plan writes a day.

import { dayMs } from '../../core/study/days.ts';
import type { Day } from '../../core/study/days.ts';

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
