// How much was remembered, beside what FSRS predicted: by how likely it thought it, and week by week.

import { axisX, axisY, dot, gridX, gridY, lineY, link, ruleX } from '@observablehq/plot';
import type { Recall, RecallBin, RecallWeek, Retention } from '../../src/protocol/dashboard.ts';
import type { FigureContent } from './figure.ts';
import { amount, dateOf, dayAndMonth, number, percent, shortDay } from './words.ts';
import { frame, reach, timeAxis } from './weekFigures.ts';

const key = [
  { sign: 'point', words: 'remembered, with the range in which the true share lies 95 times of 100' },
  { sign: 'dashed', words: 'as FSRS predicted' },
];
const steps = { across: 1, down: 1 };
const share = (value: number): string => percent(value);

/** Fewer reviews than this are drawn hollow: they say little. */
const few = 20;

export function calibrationFigure({ all, bins }: Retention): FigureContent | string {
  if (!all) return noReviews;
  // Half the square would be empty: FSRS asks before a card is likely forgotten.
  const left = tenth(bins.map(({ predicted }) => predicted));
  const bottom = tenth(bins.map(({ low, predicted }) => Math.min(low, predicted)));
  const verdict = {
    'as-predicted': 'as FSRS predicted',
    better: `better than FSRS predicted (${percent(all.predicted)})`,
    worse: `less than FSRS predicted (${percent(all.predicted)})`,
  }[all.comparison];
  return {
    summary: `You remembered ${percent(all.share)} in ${amount(all.reviews, 'review')}: ${verdict}.`,
    key,
    steps,
    first: 'last',
    drawing: () => ({
      height: 240,
      marginTop: 26,
      marginLeft: 44,
      marginRight: 12,
      marginBottom: 36,
      x: { domain: [left, 1] },
      y: { domain: [bottom, 1] },
      r: { type: 'identity' },
      marks: [
        axisX({
          ticks: 5,
          tickFormat: share,
          tickSize: 0,
          label: 'predicted',
          labelAnchor: 'right',
          labelArrow: 'none',
        }),
        axisY({
          ticks: 5,
          tickFormat: share,
          tickSize: 0,
          label: 'remembered',
          labelAnchor: 'top',
          labelArrow: 'none',
        }),
        gridX({ ticks: 5, strokeOpacity: 0.15 }),
        gridY({ ticks: 5, strokeOpacity: 0.15 }),
        link([0], { x1: left, y1: left, x2: 1, y2: 1, stroke: 'currentColor', strokeDasharray: '4 3' }),
        ruleX(bins, { x: 'predicted', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.5 }),
        dot(bins, { ...points, x: 'predicted', y: 'share' }),
        dot(bins, {
          x: 'predicted',
          y: 'share',
          r: 12,
          fill: 'transparent',
          sort: null,
          className: 'reach',
          ariaLabel: (bin: RecallBin) => `Predicted ${range(bin)}: ${recallWords(bin)}`,
        }),
      ],
    }),
    table: () => ({
      columns: ['Predicted', 'Reviews', 'Remembered', 'Between', 'Predicted on average'],
      rows: bins.map((bin) => [range(bin), ...cells(bin)]),
    }),
  };
}

export function recallWeeksFigure({ weeks }: Retention): FigureContent | string {
  if (weeks.length === 0) return noReviews;
  const first = weeks[0]?.monday ?? 0;
  const last = weeks.at(-1)?.monday ?? 0;
  const begin = Math.min(first, last - 7 * 7);
  const mondays = Array.from({ length: (last - begin) / 7 + 1 }, (_, week) => ({ monday: begin + 7 * week }));
  const least = tenth(weeks.map(({ low }) => low));
  const middle = ({ monday }: RecallWeek): Date => dateOf(monday + 3.5);
  const sum = (of: (week: RecallWeek) => number): number => weeks.reduce((all, week) => all + of(week), 0);
  const reviews = sum((week) => week.reviews);
  return {
    summary: `${percent(sum((week) => week.remembered) / reviews)} of ${amount(reviews, 'review')} remembered in ${amount(weeks.length, 'week')}.`,
    key,
    steps,
    first: 'last',
    drawing: () => ({
      ...frame(mondays),
      marginTop: 26,
      height: 240,
      marginLeft: 44,
      y: { domain: [least, 1] },
      r: { type: 'identity' },
      marks: [
        timeAxis(mondays),
        axisY({
          ticks: 5,
          tickFormat: share,
          tickSize: 0,
          label: 'remembered',
          labelAnchor: 'top',
          labelArrow: 'none',
        }),
        gridY({ ticks: 5, strokeOpacity: 0.15 }),
        lineY(weeks, { x: middle, y: 'predicted', stroke: 'currentColor', strokeDasharray: '4 3' }),
        ruleX(weeks, { x: middle, y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.5 }),
        dot(weeks, { ...points, x: middle, y: 'share' }),
        reach(weeks, 1, (week) => `Week from ${dayAndMonth(week.monday)}: ${recallWords(week)}`, least),
      ],
    }),
    table: () => ({
      columns: ['Week from', 'Reviews', 'Remembered', 'Between', 'Predicted on average'],
      rows: weeks.map((week) => [shortDay(week.monday), ...cells(week)]).reverse(),
    }),
  };
}

const noReviews =
  'Nothing to compare yet. FSRS predicts a card from its second day on: review what is due, and come back.';

const colour = 'var(--vscode-charts-blue)';
const points = {
  r: ({ reviews }: Recall) => (reviews < few ? 3 : 4.5),
  fill: ({ reviews }: Recall) => (reviews < few ? 'var(--vscode-editor-background)' : colour),
  stroke: colour,
  strokeWidth: 1.5,
  sort: null,
};

/** Where a scale of shares begins: at a tenth, below all of them. */
function tenth(shares: readonly number[]): number {
  return Math.min(0.8, Math.floor(Math.min(...shares) * 10) / 10);
}

function range({ from, to }: RecallBin): string {
  return `${Math.round(from * 100)} to ${percent(to)}`;
}

function recallWords({ reviews, share: remembered, low, high, predicted }: Recall): string {
  return `${percent(remembered)} of ${amount(reviews, 'review')} remembered (between ${percent(low)} and ${percent(high)}); predicted ${percent(predicted)}`;
}

function cells({ reviews, share: remembered, low, high, predicted }: Recall): string[] {
  return [number(reviews), percent(remembered), `${percent(low)} and ${percent(high)}`, percent(predicted)];
}
