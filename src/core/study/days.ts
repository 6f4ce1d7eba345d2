// Days and weeks as the learner's calendar counts them. How far the local clock is ahead comes in as an argument, and is asked
// for each moment anew: it changes where clocks are put forward and back.

/**
 * How many milliseconds the local clock is ahead of universal time at a moment; less where the learner's day begins later
 * than at midnight.
 */
export type LocalOffset = (at: number) => number;

/** A day of the local calendar, counted from 1 January 1970. */
export type Day = number;

export const dayMs = 24 * 60 * 60 * 1000;

/** The day on which a moment falls. */
export function dayOf(at: number, offset: LocalOffset): Day {
  return Math.floor((at + offset(at)) / dayMs);
}

/** The first moment of a day. Where clocks skip midnight or a whole day, the first moment after it. */
export function startOfDay(day: Day, offset: LocalOffset): number {
  // Local clocks are from 12 hours behind to 14 ahead, and a learner's day begins within 24 hours.
  let before = day * dayMs - 15 * 60 * 60 * 1000;
  let after = day * dayMs + 37 * 60 * 60 * 1000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle, offset) < day) before = middle;
    else after = middle;
  }
  return after;
}

/** A day from its first moment to the first of the next. */
export interface StudyDay {
  readonly start: number;
  readonly end: number;
}

/** The day that a moment is in. */
export function studyDay(at: number, offset: LocalOffset): StudyDay {
  const day = dayOf(at, offset);
  return { start: startOfDay(day, offset), end: startOfDay(day + 1, offset) };
}

/** A day as it is written in names of files: 2026-03-29. */
export function isoDate(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The Sunday of a day's week. */
export function sundayOf(day: Day): Day {
  return mondayOf(day) + 6;
}

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return day - weekdayOf(day);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  // 1 January 1970 was a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}
