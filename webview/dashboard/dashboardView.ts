import type { Dashboard, FromDashboard } from '../../src/protocol/dashboard.ts';
import { element, inQuiet } from '../dom.ts';
import { calendarFigure } from './calendarFigure.ts';
import { createFigure } from './figure.ts';
import { forecastFigure } from './forecastFigure.ts';
import { createTip } from './points.ts';
import { calibrationFigure, recallWeeksFigure } from './recallFigures.ts';
import { createToday } from './today.ts';
import { createWeakPlaces } from './weakPlaces.ts';
import { chaptersFigure, hoursFigure } from './weekFigures.ts';

export interface DashboardView {
  readonly show: (dashboard: Dashboard) => void;
}

/** Paints the dashboard into `root`. */
export function createDashboardView(root: HTMLElement, post: (message: FromDashboard) => void): DashboardView {
  const tip = createTip();
  const today = createToday(post);
  const figures = {
    calendar: createFigure('What you did each day', tip),
    forecast: createFigure('Reviews in the next 30 days', tip),
    hours: createFigure('Time read each week', tip),
    chapters: createFigure('Chapters each week', tip),
    calibration: createFigure('Remembered, by what FSRS predicted', tip),
    recallWeeks: createFigure('Remembered each week', tip),
  };
  const weak = {
    chapters: createWeakPlaces(
      'Weakest chapters',
      'Nothing stands out. Answer the quiz of a few chapters, or review some cards, and what needs another look is listed here.',
      post,
    ),
    passages: createWeakPlaces(
      'Weakest passages',
      'Nothing stands out. Each quiz item and card knows the passage that answers it; those you get wrong are listed here.',
      post,
    ),
  };
  const main = element(
    'main',
    { hidden: true },
    element('h1', {}, 'Dashboard'),
    today.element,
    figures.calendar.element,
    figures.forecast.element,
    element(
      'div',
      { class: 'pairs' },
      figures.hours.element,
      figures.chapters.element,
      figures.calibration.element,
      figures.recallWeeks.element,
      weak.chapters.element,
      weak.passages.element,
    ),
  );
  root.append(main, tip.element);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tip.hide();
  });
  document.addEventListener('scroll', tip.hide, { passive: true });

  return {
    show: (dashboard) => {
      main.hidden = false;
      const { calendar, weeks, forecast, retention } = dashboard.statistics;
      today.show(dashboard);
      figures.calendar.show(calendar, () =>
        calendar.some(({ level }) => level > 0) ? calendarFigure(calendar) : noActivity,
      );
      const hasCards = forecast.overdue > 0 || forecast.days.some(({ due }) => due > 0);
      figures.forecast.show(forecast, () => (hasCards ? forecastFigure(forecast) : noForecast(forecast.fresh)));
      figures.hours.show(weeks, () => (weeks.some(({ readMs }) => readMs > 0) ? hoursFigure(weeks) : noReading));
      const anyChapter = weeks.some(({ chaptersRead, chaptersStudied }) => chaptersRead + chaptersStudied > 0);
      figures.chapters.show(weeks, () => (anyChapter ? chaptersFigure(weeks) : noChapters));
      figures.calibration.show(retention, () => calibrationFigure(retention));
      figures.recallWeeks.show(retention, () => recallWeeksFigure(retention));
      // They come last, and tables take longest to be laid out.
      inQuiet(() => {
        weak.chapters.show(dashboard.weakChapters);
        weak.passages.show(dashboard.weakPassages);
      });
    },
  };
}

const noActivity = 'Nothing yet. Read a chapter, answer a quiz or review cards, and the day is marked here.';
const noReading = 'Nothing read yet. Open a chapter: time counts while it is in front of you and you move in it.';
const noChapters = 'No chapter yet. Read one, and mark it as studied at its end.';

function noForecast(fresh: number): string {
  return fresh > 0
    ? `No reviews are planned yet. ${fresh === 1 ? 'A new card waits' : `${fresh} new cards wait`} for the first review.`
    : 'No cards yet. They come from quiz answers that were wrong, and from words you select in a chapter.';
}
