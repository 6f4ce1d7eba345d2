// The learner's day: it ends when they sleep, not at midnight.

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export interface StudyDay {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** The first moment of the next day. */
  readonly end: number;
}

/**
 * The day that `now` is in. `offset` is how many minutes local time is ahead of UTC; `startsAt` the hour at which a day
 * starts. On the two days a year when clocks are changed it is an hour off at one end.
 */
export function studyDay(now: number, offset: number, startsAt: number): StudyDay {
  const shift = (offset - startsAt * 60) * minuteMs;
  const start = Math.floor((now + shift) / dayMs) * dayMs - shift;
  return { start, end: start + dayMs };
}

/** Numbers the days one by one, so that two times can be told to be days apart. */
export function dayNumber(now: number, offset: number, startsAt: number): number {
  return Math.floor((now + (offset - startsAt * 60) * minuteMs) / dayMs);
}
