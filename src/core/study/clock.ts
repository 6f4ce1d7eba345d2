// Clocks that are wrong. A clock that jumped ahead dates what it records into a future that comes last whatever the learner
// does next, and spoils their reviews; so such events are brought back. A clock that fell behind makes the whole history
// look like that; then nothing may be touched. Which of the two it is can only be told from the history itself.

import { dayMs } from './days.ts';
import { compareEvents } from './eventBase.ts';
import type { EventBase } from './eventBase.ts';

/** Clocks differ, and some are set to local time: this much ahead of ours is still believed. */
export const allowance = dayMs;

/** No learner had the companion before: a clock that says so is wrong. */
export const firstDay = Date.UTC(2025, 0, 1);

/** The end of the year 9999: later times are nonsense, and not all are exact numbers. */
export const lastTime = 253_402_300_799_999;

/** The time of an event that follows one at `newest`, which may be ahead. */
export function timeAfter(newest: number, now: number): number {
  return Math.min(Math.max(Math.floor(now), newest + 1), lastTime);
}

/** What is believed of a history. */
export interface Believed {
  /** The time of the newest event that is not ahead; undefined if there is none. */
  readonly latest: number | undefined;
  /** The time that the last event brought back gets: that of the export, or now. */
  readonly until: number;
  readonly now: number;
}

/**
 * Earlier times for the events of a history that are ahead of `now`: in their order, with their distances as far as
 * they fit, after the believed ones. Undefined if rather `now` is wrong: before there was a companion, or if the events
 * ahead are of more days than have passed since the believed ones.
 */
export function earlierTimes(ahead: readonly EventBase[], { latest, until, now }: Believed): number[] | undefined {
  const last = ahead.at(-1);
  if (!last || now < firstDay) return undefined;
  const days = new Set(ahead.map(({ at }) => Math.floor(at / dayMs))).size;
  // Two more: the first and the last day count even where they are short.
  if (days > Math.floor((now - (latest ?? firstDay)) / dayMs) + 2) return undefined;
  const shift = last.at - until;
  let previous = latest ?? -1;
  return ahead.map(({ at }) => (previous = Math.max(previous + 1, at - shift)));
}

/** Events whose times can be believed, and how many had to be given an earlier one for it. */
export interface DatedEvents<E extends EventBase> {
  readonly events: readonly E[];
  readonly redated: number;
}

/** Brings those events of a history back that are ahead of `now`, the last of them to `until`. */
export function bringBack<E extends EventBase>(events: readonly E[], until: number, now: number): DatedEvents<E> {
  const ahead = events.filter(({ at }) => at > now + allowance).sort(compareEvents);
  const others = events.filter(({ at }) => at <= now + allowance);
  const latest = others.reduce((newest, { at }) => Math.max(newest, at), -1);
  const times = earlierTimes(ahead, { latest: latest < 0 ? undefined : latest, until, now });
  if (!times) return { events, redated: 0 };
  const redated = ahead.map((event, index) => ({ ...event, at: times[index] ?? event.at }));
  return { events: [...others, ...redated], redated: redated.length };
}
