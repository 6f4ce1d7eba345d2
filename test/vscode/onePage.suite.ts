// Pages of which there is one at a time: brought back after a reload, and told the truth when they are shown again.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';

const panelOf = (viewType: string): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(viewType, 'As it was', vscode.ViewColumn.Active, {});

const tabsOf = (viewType: string): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));

test('the map and the page about the model come back after a reload', async () => {
  const { mapPanel, modelPanel } = await companion();
  await closeEverything();
  await mapPanel.deserializeWebviewPanel(panelOf('handbook.map'));
  const map = await until('the map is told', () => mapPanel.shown);
  assert.equal(map.nodes.length, 55);
  await modelPanel.deserializeWebviewPanel(panelOf('handbook.model'));
  await until('the page about the model is told', () => modelPanel.shown);
  await closeEverything();
  await until('both are forgotten', () => mapPanel.shown === undefined && modelPanel.shown === undefined);
});

test('a page that comes back takes the place of the one that is open', async () => {
  const { mapPanel } = await companion();
  await closeEverything();
  mapPanel.open();
  await until('the map is told', () => mapPanel.shown);
  await mapPanel.deserializeWebviewPanel(panelOf('handbook.map'));
  await until('one is left', () => tabsOf('handbook.map').length === 1);
  assert.ok(mapPanel.shown, 'the one that went was not taken for the only one');
  await closeEverything();
});

test('a dashboard that was hidden shows what happened meanwhile', async () => {
  const { dashboard, mapPanel, study } = await companion();
  await closeEverything();
  dashboard.open();
  const before = await until('the dashboard is told', () => dashboard.shown);
  await until('it is drawn', () => dashboard.drawnMs);
  mapPanel.open();
  await until('the map is told', () => mapPanel.shown);
  await study.record({ kind: 'quiz', subject: `somewhere/${randomUUID()}`, correct: true, grader: 'self' });
  dashboard.open();
  const quizzes = (before.statistics.calendar.at(-1)?.quizzes ?? 0) + 1;
  await until('it is counted', () => dashboard.shown?.statistics.calendar.at(-1)?.quizzes === quizzes);
  await closeEverything();
});
