// How many cards come back on each of the next days.

import { axisX, axisY, gridY, rectY, ruleY, text } from '@observablehq/plot';
import type { Forecast } from '../../src/protocol/dashboard.ts';
import type { FigureContent } from './figure.ts';
import { amount, dateOf, dayAndMonth, longDay, shortDay } from './words.ts';

interface Bar {
  readonly day: number;
  readonly due: number;
  readonly overdue: boolean;
}

export function forecastFigure({ overdue, days, fresh }: Forecast): FigureContent {
  const today = days[0]?.day ?? 0;
  const bars: Bar[] = [
    ...(overdue > 0 ? [{ day: today - 1, due: overdue, overdue: true }] : []),
    ...days.map(({ day, due }) => ({ day, due, overdue: false })),
  ];
  const most = Math.max(4, ...bars.map(({ due }) => due));
  const all = days.reduce((sum, { due }) => sum + due, 0);
  const waiting = [
    ...(overdue > 0 ? [`${amount(overdue, 'card')} waiting from earlier days`] : []),
    `${amount(all, 'card')} due in the next ${days.length} days, ${Math.round(all / days.length)} a day`,
    ...(fresh > 0 ? [`${amount(fresh, 'new card')} not yet learnt`] : []),
  ];
  const nameOf = (bar: Bar): string =>
    bar.overdue ? 'From earlier days' : bar.day === today ? 'Today' : longDay(bar.day);
  const x1 = ({ day }: Bar): Date => dateOf(day);
  const x2 = ({ day }: Bar): Date => dateOf(day + 1);
  return {
    summary: `${waiting.join('; ')}.`,
    key: overdue > 0 ? [{ sign: 'waiting', words: 'waiting from earlier days' }] : [],
    steps: { across: 1, down: 0 },
    first: 'first',
    drawing: () => ({
      height: 160,
      marginTop: 18,
      marginLeft: 44,
      marginRight: 8,
      marginBottom: 22,
      x: { type: 'utc', domain: [dateOf(bars[0]?.day ?? 0), dateOf(today + days.length)], label: null },
      y: { domain: [0, most], nice: true },
      marks: [
        axisX(
          days.filter((_, index) => index % 7 === 0).map(({ day }) => dateOf(day)),
          {
            tickFormat: (date: Date) => (+date === +dateOf(today) ? 'Today' : dayAndMonth(+date / 86_400_000)),
            dx: 8,
            label: null,
          },
        ),
        axisY({ ticks: Math.min(4, most), label: null, tickSize: 0 }),
        gridY({ ticks: Math.min(4, most), strokeOpacity: 0.15 }),
        rectY(
          bars.filter((bar) => !bar.overdue),
          { x1, x2, y: 'due', insetLeft: 1, insetRight: 1, fill: 'var(--vscode-charts-purple)' },
        ),
        rectY(
          bars.filter((bar) => bar.overdue),
          {
            x1,
            x2,
            y: 'due',
            insetLeft: 1,
            insetRight: 2,
            fill: 'none',
            stroke: 'currentColor',
            strokeDasharray: '3 2',
          },
        ),
        text(
          bars.filter((bar) => bar.overdue),
          { x: ({ day }: Bar) => dateOf(day + 0.5), y: 'due', text: ({ due }: Bar) => String(due), dy: -7 },
        ),
        ruleY([0]),
        rectY(bars, {
          x1,
          x2,
          y1: 0,
          y2: most,
          fill: 'transparent',
          className: 'reach',
          ariaLabel: (bar: Bar) => `${nameOf(bar)}: ${amount(bar.due, 'card')} due`,
        }),
      ],
    }),
    table: () => ({
      columns: ['Day', 'Cards due'],
      rows: bars.map((bar) => [bar.overdue || bar.day === today ? nameOf(bar) : shortDay(bar.day), String(bar.due)]),
    }),
  };
}
