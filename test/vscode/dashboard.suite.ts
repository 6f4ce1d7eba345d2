// The dashboard in VS Code: open, live, and reading time from a real page into the database.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { pause, test, until } from './collect.ts';
import { chapterIds, closeEverything, companion } from './companion.ts';

test('the dashboard opens, and is told of what is done meanwhile', async () => {
  const { dashboard, study } = await companion();
  await closeEverything();
  await vscode.commands.executeCommand('handbook.showDashboard');
  const before = await until('the page is told', () => dashboard.shown);
  await until('the page is drawn', () => dashboard.drawnMs);
  const today = before.statistics.calendar.at(-1);
  assert.ok(today);
  await study.record({ kind: 'quiz', subject: 'somewhere/one', correct: true, grader: 'self' });
  await until(
    'the answer is counted',
    () => dashboard.shown?.statistics.calendar.at(-1)?.quizzes === today.quizzes + 1,
  );
});

test('there is one dashboard, and closing it forgets what it showed', async () => {
  const { dashboard } = await companion();
  await vscode.commands.executeCommand('handbook.showDashboard');
  await vscode.commands.executeCommand('handbook.showDashboard');
  const open = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('handbook.dashboard'));
  assert.equal(open.length, 1);
  await closeEverything();
  await until('it is forgotten', () => dashboard.shown === undefined);
});

test('a card that is made, waits; reviewed, it is counted and comes back', async () => {
  const { dashboard, study } = await companion();
  await vscode.commands.executeCommand('handbook.showDashboard');
  const before = await until('the page is told', () => dashboard.shown);
  const subject = `card:${randomUUID()}`;
  await study.record({ kind: 'card', subject, card: { front: 'Why?', back: 'So.' } });
  const made = await until('the card waits', () => {
    const shown = dashboard.shown;
    return shown?.statistics.forecast.fresh === before.statistics.forecast.fresh + 1 && shown;
  });
  assert.equal(made.due.hasCards, true);
  const reviews = made.statistics.calendar.at(-1)?.reviews ?? 0;
  await study.record({ kind: 'review', subject, rating: 4 });
  await until('the review is counted', () => dashboard.shown?.statistics.calendar.at(-1)?.reviews === reviews + 1);
  assert.equal(dashboard.shown?.statistics.forecast.fresh, before.statistics.forecast.fresh);
  await study.record({ kind: 'card', subject, card: null });
  await closeEverything();
});

test('what is read is kept when the reader is closed', async () => {
  const running = await companion();
  await closeEverything();
  const [chapter = ''] = await chapterIds(running);
  const store = await running.study.store();
  const read = () => store.events(['reading']).filter(({ subject }) => subject === chapter);
  const before = read().length;
  // Reading takes time: less than five seconds is leafing through, and a busy machine begins late.
  for (let tries = 0; tries < 4 && read().length === before; tries++) {
    await vscode.commands.executeCommand('handbook.openChapter', chapter);
    await until('the page shows it', () => running.readers.open[0]?.shownId === chapter);
    await pause(7000 + 3000 * tries);
    await closeEverything();
    await until('the reader is closed', () => running.readers.open.length === 0);
  }
  const [event] = read().slice(before);
  assert.ok(event && event.ms >= 5000, `kept: ${JSON.stringify(event)}`);
});

test('a goal that is chosen shows, with its next step; quizzes and weak passages are known', async () => {
  const running = await companion();
  const { dashboard, study } = running;
  await vscode.commands.executeCommand('handbook.showDashboard');
  await until('the page is told', () => dashboard.shown);
  const [chapterId] = Object.keys(await study.quizIndex());
  assert.ok(chapterId !== undefined);
  const goal = { type: 'chapter', id: chapterId, minutesPerDay: 25, depth: 'study' } as const;
  await study.record({ kind: 'goal', subject: 'plan', goal });
  const title = (await study.chapter(chapterId))?.title;
  // Whatever goal an earlier suite left.
  const plan = await until('the goal shows', () => {
    const shown = dashboard.shown?.plan;
    return shown?.title === title ? shown : undefined;
  });
  assert.equal(plan.minutesPerDay, 25);
  assert.ok(plan.next?.title);
  const item = (await study.quizIndex())[chapterId]?.[0];
  assert.ok(item);
  const answer = { kind: 'quiz', subject: `${chapterId}/${item.id}`, correct: false, grader: 'choice' } as const;
  await study.record(answer, answer, answer, answer);
  const weak = await until('the passage is weak', () =>
    dashboard.shown?.weakPassages.find(({ passageId }) => passageId === `${chapterId}#${item.anchor}`),
  );
  assert.equal(weak.canQuiz, true);
  await study.record({ kind: 'goal', subject: 'plan', goal: null });
  await until('the goal is gone', () => dashboard.shown?.plan === undefined);
  await closeEverything();
});
