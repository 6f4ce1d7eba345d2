// The year as a calendar: a square for each day, a row for each day of the week, larger and darker for more.

import { axisX, axisY, cell, dot } from '@observablehq/plot';
import type { ActivityDay } from '../../src/protocol/dashboard.ts';
import type { FigureContent } from './figure.ts';
import { activity, amount, dateOf, longDay, shortDay, shortMonth, time } from './words.ts';

/** A smaller square can't be told from its neighbours. */
const smallest = 11;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface Square extends ActivityDay {
  readonly week: number;
  readonly weekday: number;
}

/** `days` begin on a Monday. */
export function calendarFigure(days: readonly ActivityDay[]): FigureContent {
  return {
    summary: summaryOf(days),
    key: [
      { sign: 'level level-1', words: 'a little' },
      { sign: 'level level-2', words: '10 minutes or more' },
      { sign: 'level level-3', words: 'half an hour or more' },
      { sign: 'level level-4', words: 'an hour or more; a review counts as 10 seconds, a quiz answer as 30' },
    ],
    steps: { across: 7, down: 1 },
    first: 'last',
    drawing: (width) => {
      const left = 32;
      // Where there is no room for the whole year, its end is shown; the table has all of it.
      const weeks = Math.min(Math.ceil(days.length / 7), Math.floor((width - left) / smallest));
      const shown = days.slice(7 * (Math.ceil(days.length / 7) - weeks));
      const squares: Square[] = shown.map((day, index) => ({
        ...day,
        week: Math.floor(index / 7),
        weekday: index % 7,
      }));
      // A month is named over its first whole week; the last week has no room for a name.
      const starts = squares.filter(
        ({ day, week, weekday }) => weekday === 0 && dateOf(day).getUTCDate() <= 7 && week < weeks - 1,
      );
      const size = Math.min(20, (width - left) / weeks);
      return {
        height: 22 + size * 7,
        marginTop: 20,
        marginLeft: left,
        marginRight: Math.max(0, width - left - size * weeks),
        marginBottom: 2,
        x: { type: 'band', domain: Array.from({ length: weeks }, (_, week) => week), padding: 0, round: false },
        y: { type: 'band', domain: weekdays.map((_, weekday) => weekday), padding: 0, round: false },
        r: { type: 'identity' },
        marks: [
          axisX(
            starts.map(({ week }) => week),
            {
              anchor: 'top',
              label: null,
              tickSize: 0,
              textAnchor: 'start',
              dx: -size / 2,
              tickFormat: (week: number) => shortMonth(shown[week * 7]?.day ?? 0),
            },
          ),
          axisY([0, 2, 4], {
            label: null,
            tickSize: 0,
            tickFormat: (weekday: number) => weekdays[weekday] ?? '',
          }),
          cell(squares, {
            x: 'week',
            y: 'weekday',
            inset: 1,
            className: 'days',
            fill: 'none',
            ariaLabel: (day: Square) => `${longDay(day.day)}: ${activity(day, 'nothing')}`,
          }),
          dot(
            squares.filter(({ level }) => level > 0),
            {
              x: 'week',
              y: 'weekday',
              // Of a square symbol, r is half the diagonal of what a circle of that radius covers.
              r: ({ level }: Square) => (size * (0.3 + 0.14 * level)) / 2 / 0.886,
              symbol: 'square',
              fill: 'var(--vscode-charts-green)',
              fillOpacity: ({ level }: Square) => 0.4 + 0.15 * level,
              sort: null,
              pointerEvents: 'none',
            },
          ),
        ],
      };
    },
    table: () => ({
      columns: ['Week from', ...weekdays],
      rows: Array.from({ length: Math.ceil(days.length / 7) }, (_, week) => {
        const ofWeek = days.slice(week * 7, week * 7 + 7);
        return [
          shortDay(ofWeek[0]?.day ?? 0),
          ...weekdays.map((_, weekday) => {
            const day = ofWeek[weekday];
            return day ? activity(day, '–') : '';
          }),
        ];
      }).reverse(),
    }),
  };
}

function summaryOf(days: readonly ActivityDay[]): string {
  const active = days.filter(({ level }) => level > 0).length;
  const sum = (of: (day: ActivityDay) => number): number => days.reduce((all, day) => all + of(day), 0);
  return `In a year, ${amount(active, 'day')} with ${time(sum(({ readMs }) => readMs))} of reading, ${amount(
    sum(({ reviews }) => reviews),
    'review',
  )} and ${amount(
    sum(({ quizzes }) => quizzes),
    'quiz answer',
  )}.`;
}
