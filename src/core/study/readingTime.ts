// How long a chapter was really read. The page of a reader says every few seconds that it is being read; out of these pings
// come stretches, one after the other: whoever has two readers open reads one of them at a time.

/** A page says that it is being read, or that it no longer is. */
export interface Ping {
  /** Which of the open readers. */
  readonly reader: string;
  readonly chapterId: string;
  readonly reading: boolean;
}

/** A time spent on a chapter, from one moment to another. */
export interface Stretch {
  readonly chapterId: string;
  readonly from: number;
  readonly to: number;
}

/** The stretch that is going on; undefined while nothing is being read. */
export type Reading = (Stretch & { readonly reader: string }) | undefined;

export interface Heard {
  readonly reading: Reading;
  /** What has come to an end and can be kept. */
  readonly finished?: Stretch;
}

/** How often a page says that it is being read. */
export const pingMs = 15_000;
/** Pings further apart belong to different stretches: the machine slept, or the page was gone. */
const longestGapMs = 3 * pingMs;
/** What is going on is kept at least so often, so that a crash loses no more. */
export const longestStretchMs = 2 * 60_000;
/** Less is leafing through. */
export const shortestStretchMs = 5000;

/** Takes in a ping that came at `at`, by a clock that only ever goes forward. */
export function hear(reading: Reading, ping: Ping, at: number): Heard {
  const { reader, chapterId } = ping;
  const here = reading?.reader === reader;
  // Another page of the learner's that says it isn't read ends nothing.
  if (!ping.reading && !here) return { reading };
  const lasts = reading !== undefined && at - reading.to <= longestGapMs;
  const sameChapter = here && reading.chapterId === chapterId;
  if (!lasts || !sameChapter)
    return ended(reading, at, here, ping.reading ? { reader, chapterId, from: at, to: at } : undefined);
  const longer = { ...reading, to: at };
  if (!ping.reading) return ended(longer, at, here, undefined);
  if (longer.to - longer.from < longestStretchMs) return { reading: longer };
  return ended(longer, at, here, { ...longer, from: at });
}

/** Ends what is being read in `reader`, or anywhere: the page was hidden, closed, or the window is closing. */
export function stopReading(reading: Reading, at: number, reader?: string): Heard {
  if (!reading || (reader !== undefined && reader !== reading.reader)) return { reading };
  return ended(reading, at, true, undefined);
}

/** `untilNow`: the page was read until it said otherwise, not only until its last ping. */
function ended(reading: Reading, at: number, untilNow: boolean, next: Reading): Heard {
  if (!reading) return { reading: next };
  const { chapterId, from, to } = reading;
  const lasted = untilNow && at - to <= longestGapMs;
  const stretch: Stretch = { chapterId, from, to: lasted ? Math.max(to, at) : to };
  return { reading: next, ...(stretch.to - stretch.from >= shortestStretchMs && { finished: stretch }) };
}
