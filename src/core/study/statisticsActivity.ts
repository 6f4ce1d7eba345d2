// What was done on which day, and in which week.

import type { ChapterState } from '../progress.ts';
import { dayMs, dayOf, mondayOf, startOfDay } from './days.ts';
import type { Day, LocalOffset } from './days.ts';

/** A time of reading that ended at `at`. */
export interface ReadingTime {
  readonly chapterId: string;
  readonly at: number;
  readonly ms: number;
}

/** A chapter was marked. */
export interface ChapterMarked {
  readonly chapterId: string;
  readonly at: number;
  readonly state: ChapterState;
}

/** What a learner did, each in any order. */
export interface Activity {
  readonly readings: readonly ReadingTime[];
  /** When cards were reviewed. */
  readonly reviews: readonly number[];
  /** When quiz items were answered. */
  readonly quizzes: readonly number[];
}

export interface ActivityDay {
  readonly day: Day;
  readonly readMs: number;
  readonly reviews: number;
  readonly quizzes: number;
  /** How much that is together, 0 to 4: see `levels`. */
  readonly level: number;
}

export interface ActivityWeek {
  /** Its Monday. */
  readonly monday: Day;
  readonly readMs: number;
  /** How many different chapters were read. */
  readonly chaptersRead: number;
  /** How many became studied in this week and were so at its end. */
  readonly chaptersStudied: number;
}

/** A review and a quiz answer count as this much time, where all is added up. */
export const reviewMs = 10_000;
export const quizMs = 30_000;
const minute = 60_000;
/** From how much time on a day has level 2, 3 and 4; less than the first is level 1, none at all 0. */
const levelsFrom = [10 * minute, 30 * minute, 60 * minute];

/** Reading times without what overlaps: two windows or machines at once are one learner. In the order of their ends. */
export function withoutOverlap(readings: readonly ReadingTime[]): ReadingTime[] {
  const inOrder = readings.toSorted((a, b) => a.at - a.ms - (b.at - b.ms) || a.at - b.at);
  const kept: ReadingTime[] = [];
  let free = -Infinity;
  for (const { chapterId, at, ms } of inOrder) {
    const from = Math.max(free, at - ms);
    if (from >= at) continue;
    kept.push({ chapterId, at, ms: at - from });
    free = at;
  }
  return kept;
}

/** What was done on each day from `first` to `last`. Days without anything are there, too. */
export function activityByDay(activity: Activity, first: Day, last: Day, offset: LocalOffset): ActivityDay[] {
  const days = Array.from({ length: Math.max(0, last - first + 1) }, () => ({ readMs: 0, reviews: 0, quizzes: 0 }));
  for (const at of activity.reviews) {
    const day = days[dayOf(at, offset) - first];
    if (day) day.reviews++;
  }
  for (const at of activity.quizzes) {
    const day = days[dayOf(at, offset) - first];
    if (day) day.quizzes++;
  }
  for (const reading of withoutOverlap(activity.readings)) {
    for (const part of splitByDay(reading, offset)) {
      const day = days[part.day - first];
      if (day) day.readMs += part.ms;
    }
  }
  return days.map((day, index) => ({ day: first + index, ...day, level: levelOf(day) }));
}

/** What was read and studied in each week up to that of `today`: as many as `most`, but none before the first activity. */
export function activityByWeek(
  readings: readonly ReadingTime[],
  marks: readonly ChapterMarked[],
  today: Day,
  most: number,
  offset: LocalOffset,
): ActivityWeek[] {
  const last = mondayOf(today);
  const first = last - 7 * (most - 1);
  const weeks = Array.from({ length: most }, (_, index) => ({
    monday: first + 7 * index,
    readMs: 0,
    read: new Set<string>(),
    chaptersStudied: 0,
  }));
  const weekOf = (day: Day) => weeks[(mondayOf(day) - first) / 7];
  for (const reading of withoutOverlap(readings)) {
    for (const { day, ms } of splitByDay(reading, offset)) {
      const week = weekOf(day);
      if (!week) continue;
      week.readMs += ms;
      week.read.add(reading.chapterId);
    }
  }
  for (const monday of mondaysOfStudying(marks, offset)) {
    const week = weekOf(monday);
    if (week) week.chaptersStudied++;
  }
  const shown = weeks.map(({ monday, readMs, read, chaptersStudied }) => ({
    monday,
    readMs,
    chaptersRead: read.size,
    chaptersStudied,
  }));
  const begin = shown.findIndex((week) => week.readMs > 0 || week.chaptersStudied > 0);
  // A few weeks more than there are show that the first is the first.
  return begin < 0 ? shown.slice(-fewestWeeks) : shown.slice(Math.max(0, Math.min(begin, shown.length - fewestWeeks)));
}

const fewestWeeks = 8;

/** How many of the last `count` days had any activity. `days` end today. */
export function activeDays(days: readonly ActivityDay[], count: number): number {
  return days.slice(-count).filter(({ level }) => level > 0).length;
}

/**
 * How many days up to today have activity, without one between that hasn't. A day that isn't over yet takes nothing away.
 * `days` end today.
 */
export function daysInARow(days: readonly ActivityDay[]): number {
  const past = days.at(-1)?.level === 0 ? days.slice(0, -1) : days;
  const idle = past.findLastIndex(({ level }) => level === 0);
  return past.length - 1 - idle;
}

/** A reading time, day by day. */
function splitByDay({ at, ms }: ReadingTime, offset: LocalOffset): { readonly day: Day; readonly ms: number }[] {
  const parts: { day: Day; ms: number }[] = [];
  const last = dayOf(at, offset);
  for (let from = at - ms; from < at;) {
    const day = dayOf(from, offset);
    const next = day < last ? startOfDay(day + 1, offset) : at;
    // Where clocks are put back over midnight, the day seems to begin twice.
    const end = next > from ? Math.min(next, at) : at;
    parts.push({ day, ms: end - from });
    from = end;
  }
  return parts;
}

/** One Monday for each time that a chapter became studied and was so at the end of that week. */
function mondaysOfStudying(marks: readonly ChapterMarked[], offset: LocalOffset): Day[] {
  const mondays: Day[] = [];
  const ofChapter = Map.groupBy(marks, ({ chapterId }) => chapterId);
  for (const all of ofChapter.values()) {
    let studied = false;
    let became: Day | undefined;
    for (const { at, state } of all.toSorted((a, b) => a.at - b.at)) {
      const monday = mondayOf(dayOf(at, offset));
      if (became !== undefined && became !== monday) {
        mondays.push(became);
        became = undefined;
      }
      if (state === 'studied' && !studied) became = monday;
      if (state !== 'studied') became = undefined;
      studied = state === 'studied';
    }
    if (became !== undefined) mondays.push(became);
  }
  return mondays;
}

function levelOf({ readMs, reviews, quizzes }: Pick<ActivityDay, 'readMs' | 'reviews' | 'quizzes'>): number {
  const ms = readMs + reviews * reviewMs + quizzes * quizMs;
  return ms === 0 ? 0 : 1 + levelsFrom.filter((from) => ms >= from).length;
}

/** The longest that one reading event may be; what began before a day may reach into it. */
export const longestReadingMs = dayMs;
