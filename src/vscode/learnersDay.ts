// The learner's calendar: it goes by the local clock, and a day ends when they sleep, not at midnight.

import { dayOf } from '../core/study/days.ts';
import type { Day, LocalOffset } from '../core/study/days.ts';
import { localOffset } from './review/reviewSettings.ts';
import { readReviewSettings } from './settings.ts';

/** How far their clock is ahead, as the settings are now. */
export function learnersOffset(): LocalOffset {
  return localOffset(readReviewSettings().dayStartsAt);
}

/** What gives the day on which a moment falls, as the settings are now. */
export function learnersCalendar(): (at: number) => Day {
  const offset = learnersOffset();
  return (at) => dayOf(at, offset);
}
