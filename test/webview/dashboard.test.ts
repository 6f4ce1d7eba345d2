import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Dashboard } from '../../src/protocol/dashboard.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { busy, empty, firstDay } from './dashboardSample.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

/** The tables, and the plots that aren't in view, come once the others have been painted. */
const afterPainting = `new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
})`;

async function withDashboard(
  dashboard: Dashboard,
  run: (opened: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const opened = await pages.open('dashboard', { width: 950, height: 720, ...options });
  try {
    await opened.send({ type: 'show', dashboard });
    await opened.page.evaluate(afterPainting);
    await run(opened);
    // The policy forbids the style element that the library of plots would put into each.
    assert.deepEqual(opened.faults, []);
  } finally {
    await opened.close();
  }
}

const titles = [
  'What you did each day',
  'Reviews in the next 30 days',
  'Time read each week',
  'Chapters each week',
  'Remembered, by what FSRS predicted',
  'Remembered each week',
];

const figure = ({ page }: OpenPage, title: string) => page.getByRole('region', { name: title, exact: true });
const svg = (opened: OpenPage, title: string) => figure(opened, title).locator('svg');
const table = (opened: OpenPage, title: string) => figure(opened, title).locator('table');
const focusedLabel = ({ page }: OpenPage): Promise<string> =>
  page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName`);
const tip = ({ page }: OpenPage) => page.locator('.tip');

test('today comes first: what is due, how long was read, and the next step of the plan', () =>
  withDashboard(busy, async (opened) => {
    const today = opened.page.getByRole('region', { name: 'Today', exact: true });
    const text = await today.innerText();
    for (const words of [
      '32 cards',
      '23 reviews, 9 new',
      'read today, of 30 min',
      'days in a row',
      'Finetune a model with LoRA',
    ]) {
      assert.ok(text.includes(words), words);
    }
    assert.ok(((await today.boundingBox())?.y ?? 1000) < 100);
    await today.getByRole('button', { name: 'Review' }).click();
    await opened.next('review');
    await today.getByRole('button', { name: 'Continue reading' }).click();
    await opened.next('continue');
    await today.getByRole('button', { name: /^Read “Low-Rank/ }).click();
    assert.deepEqual(await opened.next('openChapter'), { type: 'openChapter', chapterId: 'low-rank-adapters' });
  }));

test('each figure has a title, a sentence, a plot, and the same numbers in a table', () =>
  withDashboard(busy, async (opened) => {
    for (const title of titles) {
      assert.equal(await svg(opened, title).count(), 1, title);
      assert.equal(await svg(opened, title).locator('style').count(), 0, title);
      assert.notEqual(await figure(opened, title).locator('.summary').innerText(), '', title);
      const points = await svg(opened, title).locator('[role=img]').count();
      const rows = await table(opened, title).locator('tbody tr').count();
      const expected = title === titles[0] ? Math.ceil(points / 7) : points;
      assert.ok(points > 5, title);
      assert.equal(rows, expected, title);
    }
    const { weeks, forecast } = busy.statistics;
    const read = await table(opened, 'Time read each week').locator('tbody tr').first().innerText();
    assert.match(read, new RegExp(`${Math.floor((weeks.at(-1)?.readMs ?? 0) / 3_600_000)} h`));
    const due = await table(opened, 'Reviews in the next 30 days').locator('tbody tr').nth(1).innerText();
    assert.match(due, new RegExp(`Today\\s+${forecast.days[0]?.due}$`));
  }));

test('bars are as high as their numbers', () =>
  withDashboard(busy, async (opened) => {
    const { days, overdue } = busy.statistics.forecast;
    assert.ok(overdue > 0);
    const heights = await opened.page.evaluate<number[]>(
      `[...[...document.querySelectorAll('section')].find((one) => one.querySelector('h2')?.textContent === 'Reviews in the next 30 days')
        .querySelectorAll('g[fill^="var"] rect')].map((bar) => Number(bar.getAttribute('height')))`,
    );
    assert.equal(heights.length, days.length);
    const unit = (heights[0] ?? 0) / (days[0]?.due ?? 0);
    heights.forEach((height, index) => {
      assert.ok(Math.abs(height - unit * (days[index]?.due ?? 0)) < 0.01, `day ${index}`);
    });
  }));

test('the table is there for a screen reader, and a button shows it to everybody', () =>
  withDashboard(busy, async (opened) => {
    const title = 'Time read each week';
    const tables = async (): Promise<number> => {
      const session = await opened.page.context().newCDPSession(opened.page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      await session.detach();
      return nodes.filter((node) => !node.ignored && node.role?.value === 'table').length;
    };
    assert.equal(await tables(), titles.length + 2);
    assert.ok(((await table(opened, title).boundingBox())?.width ?? 0) <= 400);
    await figure(opened, title)
      .getByRole('button', { name: `Show as table: ${title}` })
      .click();
    assert.equal(await svg(opened, title).isVisible(), false);
    assert.ok(((await table(opened, title).boundingBox())?.width ?? 0) > 300);
    assert.equal(await focusedLabel(opened), `Show as plot: ${title}`);
    await opened.page.keyboard.press('Enter');
    assert.equal(await svg(opened, title).isVisible(), true);
    assert.equal(await tables(), titles.length + 2);
  }));

test('a plot is one stop for Tab; the arrows go from point to point, each saying what it is', () =>
  withDashboard(busy, async (opened) => {
    for (const title of titles) {
      assert.equal(await svg(opened, title).locator('[tabindex="0"]').count(), 1, title);
    }
    await figure(opened, titles[2] ?? '')
      .getByRole('button')
      .focus();
    await opened.page.keyboard.press('Tab');
    const last = await focusedLabel(opened);
    assert.match(last, /^Week from 2 March: .* read$/);
    assert.equal(await tip(opened).innerText(), last);
    await opened.page.keyboard.press('ArrowLeft');
    assert.match(await focusedLabel(opened), /^Week from 23 February: /);
    await opened.page.keyboard.press('Home');
    assert.match(await focusedLabel(opened), /^Week from 8 September: /);
    await opened.page.keyboard.press('ArrowLeft');
    assert.match(await focusedLabel(opened), /^Week from 8 September: /);
    await opened.page.keyboard.press('Escape');
    assert.equal(await tip(opened).isVisible(), false);
    await opened.page.keyboard.press('Tab');
    assert.equal(await focusedLabel(opened), 'Show as table: Chapters each week');
  }));

test('in the calendar, arrows go by days and weeks', () =>
  withDashboard(busy, async (opened) => {
    await figure(opened, titles[0] ?? '')
      .getByRole('button')
      .focus();
    await opened.page.keyboard.press('Tab');
    assert.match(await focusedLabel(opened), /^Wednesday,? 4 March 2026: /);
    await opened.page.keyboard.press('ArrowUp');
    assert.match(await focusedLabel(opened), /^Tuesday,? 3 March 2026: /);
    await opened.page.keyboard.press('ArrowLeft');
    assert.match(await focusedLabel(opened), /^Tuesday,? 24 February 2026: /);
    await opened.page.keyboard.press('Home');
    assert.match(await focusedLabel(opened), /^Monday,? 3 March 2025: nothing$/);
  }));

test('the mouse over a point says what it is, until it leaves', () =>
  withDashboard(busy, async (opened) => {
    const point = svg(opened, 'Remembered, by what FSRS predicted').locator('[role=img]').last();
    await point.hover();
    assert.match(await tip(opened).innerText(), /^Predicted 95 to 100.% ?: \d+.% of \d+ reviews remembered/);
    await opened.page.mouse.move(5, 5);
    assert.equal(await tip(opened).isVisible(), false);
  }));

test('a weak place leads to the reader and to its quiz, where there is one', () =>
  withDashboard(busy, async (opened) => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Read “Backpropagation”' }).click();
    assert.deepEqual(await opened.next('openChapter'), { type: 'openChapter', chapterId: 'backpropagation' });
    await page.getByRole('button', { name: 'Read “The chain rule, backwards”' }).click();
    assert.deepEqual(await opened.next('openPassage'), { type: 'openPassage', passageId: 'backpropagation#chain' });
    await page.getByRole('button', { name: 'Quiz me on “Rotary Positional Embeddings”' }).click();
    assert.deepEqual(await opened.next('quiz'), { type: 'quiz', chapterId: 'rotary-positional-embeddings' });
    assert.equal(await page.getByRole('button', { name: 'Quiz me on “Structured State Space Models”' }).count(), 0);
  }));

test('when numbers change, the focus and the tables that are shown stay', () =>
  withDashboard(busy, async (opened) => {
    await figure(opened, 'Chapters each week').getByRole('button').click();
    await figure(opened, 'Time read each week').getByRole('button').focus();
    await opened.page.keyboard.press('Tab');
    await opened.page.keyboard.press('ArrowLeft');
    const before = await focusedLabel(opened);
    const weeks = busy.statistics.weeks.map((week) => ({ ...week, readMs: week.readMs + 60_000 }));
    await opened.send({ type: 'show', dashboard: { ...busy, statistics: { ...busy.statistics, weeks } } });
    const now = await focusedLabel(opened);
    assert.notEqual(now, before);
    assert.equal(now.split(':')[0], before.split(':')[0]);
    assert.equal(await table(opened, 'Chapters each week').isVisible(), true);
    assert.equal(await svg(opened, 'Chapters each week').isVisible(), false);
  }));

test('without anything done, each figure says what to do', () =>
  withDashboard(empty, async (opened) => {
    for (const title of titles) {
      assert.equal(await figure(opened, title).locator('svg, table').count(), 0, title);
      assert.match(await figure(opened, title).innerText(), /Read|Open|review|Review|cards/, title);
      assert.equal(await figure(opened, title).getByRole('button').count(), 0, title);
    }
    assert.equal(await opened.page.getByText(/Nothing stands out/).count(), 2);
    await opened.page.getByRole('button', { name: 'Plan for a goal' }).click();
    await opened.next('planGoal');
    assert.equal(await opened.page.getByRole('button', { name: 'Review' }).isVisible(), false);
  }));

test('the first chapter read makes the first figures', () =>
  withDashboard(firstDay, async (opened) => {
    assert.match(await figure(opened, 'Time read each week').innerText(), /12 min this week/);
    assert.match(
      await figure(opened, 'Reviews in the next 30 days').innerText(),
      /2 new cards wait for the first review/,
    );
    assert.equal(await svg(opened, 'What you did each day').count(), 1);
  }));

test('plots follow the width of the page', () =>
  withDashboard(busy, async (opened) => {
    const width = () =>
      svg(opened, 'Time read each week').evaluate<number, SVGElement>((one) => Number(one.getAttribute('width')));
    const before = await width();
    await opened.page.setViewportSize({ width: 700, height: 720 });
    await svg(opened, 'Time read each week').waitFor();
    await opened.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
    );
    assert.notEqual(await width(), before);
    assert.deepEqual(await overflow(opened), []);
  }));

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const [name, dashboard] of Object.entries({ busy, empty })) {
    for (const width of [950, 320]) {
      test(`everything is named and fits: ${theme}, ${name}, ${width} px`, () =>
        withDashboard(
          dashboard,
          async (opened) => {
            assert.deepEqual(await namelessControls(opened), []);
            assert.deepEqual(await overflow(opened), []);
            const shots = process.env['COMPANION_SHOTS'];
            if (shots !== undefined) {
              await opened.page.screenshot({
                path: `${shots}/dashboard-${name}-${theme}-${width}.png`,
                fullPage: true,
              });
            }
          },
          { theme, width },
        ));
    }
  }
}
