// Hours and chapters, week by week.

import { axisX, axisY, gridY, rectY, ruleY } from '@observablehq/plot';
import type { ActivityWeek } from '../../src/protocol/dashboard.ts';
import type { Drawing } from './draw.ts';
import type { FigureContent } from './figure.ts';
import { amount, dateOf, dayAndMonth, shortDay, time } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
/** One bar, one step. */
const steps = { across: 1, down: 0 };

export function hoursFigure(weeks: readonly ActivityWeek[]): FigureContent {
  const average = weeks.reduce((sum, { readMs }) => sum + readMs, 0) / weeks.length;
  const longest = Math.max(...weeks.map(({ readMs }) => readMs));
  const [unit, name] = longest < hour ? [minute, 'min'] : [hour, 'h'];
  const most = Math.max(10, longest / minute) / (unit / minute);
  return {
    summary: `${time(weeks.at(-1)?.readMs ?? 0)} this week; ${time(average)} a week on average.`,
    steps,
    first: 'last',
    drawing: () => ({
      ...frame(weeks),
      y: { domain: [0, most], nice: true },
      marks: [
        ...axes(weeks, 4, (value) => `${value} ${name}`),
        rectY(weeks, {
          ...bar,
          y: ({ readMs }: ActivityWeek) => readMs / unit,
          fill: 'var(--vscode-charts-blue)',
        }),
        ruleY([0]),
        reach(weeks, most, (week) => `Week from ${dayAndMonth(week.monday)}: ${time(week.readMs)} read`),
      ],
    }),
    table: () => ({
      columns: ['Week from', 'Read'],
      rows: weeks.map(({ monday, readMs }) => [shortDay(monday), time(readMs)]).reverse(),
    }),
  };
}

export function chaptersFigure(weeks: readonly ActivityWeek[]): FigureContent {
  const studied = weeks.reduce((sum, { chaptersStudied }) => sum + chaptersStudied, 0);
  const most = Math.max(
    3,
    ...weeks.map(({ chaptersRead, chaptersStudied }) => Math.max(chaptersRead, chaptersStudied)),
  );
  const last = weeks.at(-1);
  return {
    summary: `${last?.chaptersStudied ?? 0} studied this week, ${last?.chaptersRead ?? 0} read in; ${studied} studied in ${amount(weeks.length, 'week')}.`,
    key: [
      { sign: 'filled', words: 'marked as studied' },
      { sign: 'hollow', words: 'read in' },
    ],
    steps,
    first: 'last',
    drawing: () => ({
      ...frame(weeks),
      y: { domain: [0, most] },
      marks: [
        ...axes(weeks, Math.min(4, most), String),
        rectY(weeks, { ...bar, y: 'chaptersStudied', fill: 'var(--vscode-charts-green)', insetLeft: 3, insetRight: 3 }),
        rectY(weeks, { ...bar, y: 'chaptersRead', fill: 'none', stroke: 'currentColor' }),
        ruleY([0]),
        reach(
          weeks,
          most,
          ({ monday, chaptersRead, chaptersStudied }) =>
            `Week from ${dayAndMonth(monday)}: ${chaptersStudied} studied, ${chaptersRead} read in`,
        ),
      ],
    }),
    table: () => ({
      columns: ['Week from', 'Marked as studied', 'Read in'],
      rows: weeks
        .map(({ monday, chaptersRead, chaptersStudied }) => [
          shortDay(monday),
          String(chaptersStudied),
          String(chaptersRead),
        ])
        .reverse(),
    }),
  };
}

const x1 = ({ monday }: { readonly monday: number }): Date => dateOf(monday);
const x2 = ({ monday }: { readonly monday: number }): Date => dateOf(monday + 7);
const bar = { x1, x2, insetLeft: 1, insetRight: 1 };

/** What plots by week share: a scale of time, and room for numbers and months. */
export function frame(weeks: readonly { readonly monday: number }[]): Drawing {
  const [first, last] = [weeks[0], weeks.at(-1)];
  return {
    height: 180,
    marginTop: 12,
    marginLeft: 44,
    marginRight: 8,
    marginBottom: 22,
    x: { type: 'utc', domain: [dateOf(first?.monday ?? 0), dateOf((last?.monday ?? 0) + 7)], label: null },
  };
}

/** Months along the bottom; where there are only a few weeks, the days on which they begin. */
export function timeAxis(weeks: readonly { readonly monday: number }[]) {
  if (weeks.length > 12) return axisX({ ticks: 'month', tickFormat: '%b', label: null });
  return axisX(
    weeks.filter((_, index) => index % 2 === 0).map(({ monday }) => dateOf(monday)),
    { tickFormat: '%-d %b', label: null },
  );
}

function axes(weeks: readonly { readonly monday: number }[], ticks: number, tickFormat: (value: number) => string) {
  return [
    timeAxis(weeks),
    axisY({ ticks, tickFormat, label: null, tickSize: 0 }),
    gridY({ ticks, strokeOpacity: 0.15 }),
  ];
}

/** A column over each week, as high as the plot, that says what the week was: for the mouse and the keyboard. */
export function reach<T extends { readonly monday: number }>(
  weeks: readonly T[],
  most: number,
  words: (week: T) => string,
  least = 0,
) {
  return rectY([...weeks], { x1, x2, y1: least, y2: most, fill: 'transparent', className: 'reach', ariaLabel: words });
}
