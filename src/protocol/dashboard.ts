// The wire between the extension and the page "Dashboard". Types only.
//
// The page says `ready`; the extension answers with `show`, and again, whole, whenever something has changed.

import type { Statistics } from '../core/study/statistics.ts';
import type { ActivityDay, ActivityWeek } from '../core/study/statisticsActivity.ts';
import type { Forecast, ForecastDay } from '../core/study/statisticsForecast.ts';
import type { Comparison, Recall, RecallBin, RecallWeek, Retention } from '../core/study/statisticsRetention.ts';
import type { Answers } from '../core/study/statisticsWeak.ts';

export type {
  ActivityDay,
  ActivityWeek,
  Answers,
  Comparison,
  Forecast,
  ForecastDay,
  Recall,
  RecallBin,
  RecallWeek,
  Retention,
};

/** A chapter or passage that the learner gets wrong. */
export interface WeakRow {
  readonly chapterId: string;
  /** Of a passage: where it opens. */
  readonly passageId?: string;
  readonly title: string;
  /** Of a passage: its chapter. */
  readonly inChapter?: string;
  readonly quiz: Answers;
  readonly cards: Answers;
  readonly chance: number;
  /** Whether the chapter can be quizzed. */
  readonly canQuiz: boolean;
}

/** What the learner is working towards, as far as it concerns today. */
export interface PlanToday {
  readonly title: string;
  readonly minutesPerDay: number;
  readonly next?: { readonly chapterId: string; readonly title: string };
}

/** How many cards can be reviewed now, within the day's limits. */
export interface Due {
  readonly reviews: number;
  readonly fresh: number;
  /** Whether there are any cards at all. */
  readonly hasCards: boolean;
}

export interface Dashboard {
  readonly statistics: Omit<Statistics, 'weakChapters' | 'weakPassages'>;
  readonly due: Due;
  readonly plan?: PlanToday;
  readonly weakChapters: readonly WeakRow[];
  readonly weakPassages: readonly WeakRow[];
}

export interface ToDashboard {
  readonly type: 'show';
  readonly dashboard: Dashboard;
}

export type FromDashboard =
  | { readonly type: 'ready' }
  | { readonly type: 'review' }
  /** Goes on reading where the learner left off. */
  | { readonly type: 'continue' }
  | { readonly type: 'planGoal' }
  | { readonly type: 'quiz'; readonly chapterId: string }
  | { readonly type: 'openChapter'; readonly chapterId: string }
  | { readonly type: 'openPassage'; readonly passageId: string }
  /** The first drawing is on the screen; for the bench. */
  | { readonly type: 'drawn' };
