// What the dashboard tells, as numbers: made of what the store counts, painted by the page.

import { dayOf, mondayOf, startOfDay } from './days.ts';
import type { Day, LocalOffset } from './days.ts';
import { activeDays, activityByDay, activityByWeek, daysInARow, longestReadingMs } from './statisticsActivity.ts';
import type { Activity, ActivityDay, ActivityWeek, ChapterMarked } from './statisticsActivity.ts';
import { forecast, forecastDays } from './statisticsForecast.ts';
import type { Forecast } from './statisticsForecast.ts';
import { retention } from './statisticsRetention.ts';
import type { RecallSum, RecalledAt, Retention } from './statisticsRetention.ts';
import { placesAnswered, weakest } from './statisticsWeak.ts';
import type { AnsweredCard, AnsweredItem, WeakPlace } from './statisticsWeak.ts';

/** What the store counts: nothing before the times that `countFrom` says. */
export interface Counted extends Activity {
  readonly marks: readonly ChapterMarked[];
  /** All reviews that FSRS predicted, by the bin of their prediction. */
  readonly recallBins: ReadonlyMap<number, RecallSum>;
  readonly recalled: readonly RecalledAt[];
  readonly items: readonly AnsweredItem[];
  readonly cards: readonly AnsweredCard[];
  /** When the cards that were reviewed before are due, up to the end of the forecast. */
  readonly dueAt: readonly number[];
  /** How many cards were never reviewed. */
  readonly fresh: number;
  readonly hasCards: boolean;
}

/** The learner's study at a glance. */
export interface Statistics {
  readonly today: Day;
  readonly daysInARow: number;
  /** The row goes back further than the calendar does. */
  readonly rowIsLonger: boolean;
  /** Days with any study of the last 30. */
  readonly activeOf30: number;
  /** Each day from a Monday a year ago to today. */
  readonly calendar: readonly ActivityDay[];
  readonly weeks: readonly ActivityWeek[];
  readonly retention: Retention;
  readonly weakChapters: readonly WeakPlace[];
  readonly weakPassages: readonly WeakPlace[];
  readonly forecast: Forecast;
}

/** The calendar shows a year, and the week that is going on. */
const calendarWeeks = 53;
const plottedWeeks = 26;
/** Answers count for half a year: what was hard before that may long be known. */
const weakDays = 180;
const weakPlaces = 6;

/** From when on the store has to count what. */
export interface CountFrom {
  readonly activity: number;
  readonly recalled: number;
  readonly answers: number;
  /** The end of the forecast. */
  readonly dueBefore: number;
}

export function countFrom(now: number, offset: LocalOffset): CountFrom {
  const today = dayOf(now, offset);
  return {
    // What began before the first day and reaches into it.
    activity: startOfDay(firstDay(today), offset) - longestReadingMs,
    recalled: startOfDay(firstMonday(today), offset),
    answers: startOfDay(today - weakDays, offset),
    dueBefore: startOfDay(today + forecastDays, offset),
  };
}

/** The statistics as they are now. `anchorOf` knows which passage answers a quiz item. */
export function statistics(
  counted: Counted,
  now: number,
  offset: LocalOffset,
  anchorOf: (chapterId: string, itemId: string) => string | undefined,
): Statistics {
  const today = dayOf(now, offset);
  const calendar = activityByDay(counted, firstDay(today), today, offset);
  const row = daysInARow(calendar);
  const { chapters, passages } = placesAnswered(counted.items, counted.cards, anchorOf);
  return {
    today,
    daysInARow: row,
    rowIsLonger: row >= calendar.length - 1 && row > 0,
    activeOf30: activeDays(calendar, 30),
    calendar,
    weeks: activityByWeek(counted.readings, counted.marks, today, plottedWeeks, offset),
    retention: retention(counted.recallBins, counted.recalled, firstMonday(today), offset),
    weakChapters: weakest(chapters, weakPlaces),
    weakPassages: weakest(passages, weakPlaces),
    forecast: forecast(counted.dueAt, counted.fresh, today, offset),
  };
}

function firstDay(today: Day): Day {
  return mondayOf(today) - 7 * (calendarWeeks - 1);
}

function firstMonday(today: Day): Day {
  return mondayOf(today) - 7 * (plottedWeeks - 1);
}
