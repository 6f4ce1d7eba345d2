import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import type { PlanGroupRow, PlanStepRow } from '../../src/core/study/planRows.ts';
import type { Goal } from '../../src/core/study/studyEvent.ts';
import { openStore } from '../../src/store/store.ts';
import { pause, test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';

const goal: Goal = { type: 'authored', id: 'build-rag', minutesPerDay: 60, depth: 'study' };

async function groups({ plan }: Companion): Promise<readonly PlanGroupRow[]> {
  const rows = await plan.getChildren();
  return rows.flatMap((row) => (row.kind === 'plan-group' ? row : []));
}

async function steps(running: Companion): Promise<readonly PlanStepRow[]> {
  return (await groups(running)).flatMap(({ children }) => children);
}

const idOf = (row: PlanStepRow): string => (row.kind === 'chapter' ? row.chapterId : row.resourceId);

async function choose(running: Companion, chosen: Goal | null): Promise<void> {
  await running.study.record({ kind: 'goal', subject: 'plan', goal: chosen });
}

/** Answers every step of a choice with that command of VS Code's, until it is made. */
async function whileAnswering(choice: Thenable<unknown>, answer: string): Promise<unknown> {
  let made: { readonly value: unknown } | undefined;
  void choice.then((value) => {
    made = { value };
  });
  await until('the choice is made', async () => {
    await vscode.commands.executeCommand(answer);
    await pause(200);
    return made;
  });
  return made?.value;
}

/** Nothing studied, and no plan. */
async function fresh(): Promise<Companion> {
  const running = await companion();
  await closeEverything();
  const { chapters, resources } = await running.study.progress();
  await running.study.record(
    ...Object.keys(chapters).map((subject) => ({ kind: 'chapter', subject, state: 'not-started' }) as const),
    ...Object.keys(resources).map((subject) => ({ kind: 'resource', subject, state: 'to-do' }) as const),
    { kind: 'goal', subject: 'plan', goal: null },
  );
  return running;
}

test('without a plan the view is empty; a plan shows today, next and later, with minutes and words for the screen reader', async () => {
  const running = await fresh();
  assert.deepEqual(await groups(running), []);
  await choose(running, goal);
  const shown = await groups(running);
  assert.deepEqual(
    shown.map(({ label }) => label),
    ['Today', 'Next', 'Later'],
  );
  const all = await steps(running);
  assert.equal(all.filter(({ kind }) => kind === 'chapter').length, 13);
  assert.equal(idOf(all.at(0) ?? assert.fail()), 'preliminaries-math');
  const last = all.findLast(({ kind }) => kind === 'chapter');
  assert.equal(last && idOf(last), 'retrieval-augmented-generation');
  const item = running.plan.getTreeItem(all[0] ?? assert.fail());
  assert.match(item.accessibilityInformation?.label ?? '', /^Math, chapter, not started, 45 minutes$/);
  assert.equal(item.contextValue, 'chapter.not-started');
  assert.ok(typeof item.checkboxState === 'object' && item.checkboxState.accessibilityInformation);
  assert.match(running.plan.words.description, /^\d+ h.* left, done by \d/);
  assert.match(running.plan.words.message, /^Build RAG: study it, 1 h a day\. 0 of \d+ steps done\.$/);
});

test('a step that is ticked stays today, done, and the plan is drawn up anew', async () => {
  const running = await fresh();
  await choose(running, goal);
  const [first] = await steps(running);
  assert.ok(first);
  let changes = 0;
  const listening = running.plan.onDidChangeTreeData(() => changes++);
  await running.plan.tick([[first, true]]);
  listening.dispose();
  assert.ok(changes > 0);
  assert.equal((await running.study.progress()).chapters['preliminaries-math'], 'studied');
  const [today] = await groups(running);
  const done = today?.children.find((row) => idOf(row) === 'preliminaries-math');
  assert.equal(done?.ticked, true);
  assert.match(running.plan.words.message, /1 of \d+ steps done/);
  const box = running.plan.getTreeItem(done).checkboxState;
  assert.equal(typeof box === 'object' && box.state, vscode.TreeItemCheckboxState.Checked);

  await running.plan.tick([[done, false]]);
  assert.equal((await running.study.progress()).chapters['preliminaries-math'], 'not-started');
  assert.equal((await steps(running))[0]?.ticked, false);
});

test('a mark made in another window draws the plan up anew', async () => {
  const running = await fresh();
  await choose(running, goal);
  const before = (await steps(running)).length;
  const changed = new Promise<void>((resolve) => {
    const listening = running.plan.onDidChangeTreeData(() => {
      listening.dispose();
      resolve();
    });
  });
  const other = openStore({ path: running.study.storePath, now: Date.now, newId: randomUUID }).store;
  other.record({ kind: 'chapter', subject: 'instruct-fine-tuning', state: 'studied' });
  other.dispose();
  await changed;
  const after = await steps(running);
  assert.ok(after.length < before, `${after.length} of ${before}`);
  assert.equal(
    after.some((row) => idOf(row) === 'tokenization'),
    false,
  );
});

test('skimming counts chapters alone, and its boxes mean skimmed', async () => {
  const running = await fresh();
  await choose(running, { ...goal, depth: 'skim' });
  const rows = await steps(running);
  assert.ok(rows.every(({ kind }) => kind === 'chapter'));
  const [first] = rows;
  assert.ok(first);
  await running.plan.tick([[first, true]]);
  assert.equal((await running.study.progress()).chapters['preliminaries-math'], 'skimmed');
  assert.equal((await steps(running))[0]?.ticked, true);
});

test('a goal that the handbook doesn’t have any more leaves an empty view, not an error', async () => {
  const running = await fresh();
  await choose(running, { ...goal, id: 'gone' });
  assert.deepEqual(await groups(running), []);
  await choose(running, { ...goal, type: 'chapter', id: 'introduction' });
  assert.deepEqual((await steps(running)).map(idOf), ['introduction', 'genai-handbook']);
});

test('the command takes goal, pace and depth in three steps, and stores the choice', async () => {
  const running = await fresh();
  const planned = vscode.commands.executeCommand('handbook.plan', 'flashattention');
  // The goal is named, so it begins with the pace; 30 minutes a day is offered first.
  assert.equal(await whileAnswering(planned, 'workbench.action.acceptSelectedQuickOpenItem'), true);
  const chosen = await running.study.goal();
  assert.deepEqual(chosen?.goal, { type: 'chapter', id: 'flashattention', minutesPerDay: 30, depth: 'study' });
  const last = (await steps(running)).findLast(({ kind }) => kind === 'chapter');
  assert.equal(last && idOf(last), 'flashattention');
});

test('whoever leaves the choice keeps the plan they have', async () => {
  const running = await fresh();
  await choose(running, goal);
  const planned = vscode.commands.executeCommand('handbook.plan');
  assert.equal(await whileAnswering(planned, 'workbench.action.closeQuickOpen'), false);
  assert.deepEqual((await running.study.goal())?.goal, goal);
});

test('a plan is dropped', async () => {
  const running = await fresh();
  await choose(running, goal);
  void vscode.commands.executeCommand('handbook.dropPlan');
  await until('the plan is gone', async () => (await running.study.goal()) === undefined);
  assert.deepEqual(await groups(running), []);
  await vscode.commands.executeCommand('notifications.clearAll');
});

test('Ask answers planning questions from the plan, without what is studied', async () => {
  const running = await fresh();
  await running.study.record({ kind: 'chapter', subject: 'instruct-fine-tuning', state: 'studied' });
  const { answer } = await running.study.text();
  let said = '';
  for await (const event of answer({ text: 'which chapters do I need before the RLHF one?', history: [] })) {
    if (event.type === 'sentence') {
      assert.equal(event.speaker, 'plan');
      said += ` ${event.sentence.text}`;
    }
  }
  assert.match(said, /builds directly on “Instruct Fine-Tuning” and “Reinforcement Learning”/);
  assert.match(said, /3 chapters come before it/);
});

test('the map shows every chapter with its state, follows marks, and opens chapters', async () => {
  const running = await fresh();
  await choose(running, goal);
  await vscode.commands.executeCommand('handbook.showMap');
  const map = await until('the map is shown', () => running.mapPanel.shown);
  assert.equal(map.nodes.length, 55);
  assert.equal(map.planIds.at(-1), 'retrieval-augmented-generation');
  await running.study.record({ kind: 'chapter', subject: 'markov-models', state: 'skimmed' });
  await until('the map shows the mark', () =>
    running.mapPanel.shown?.nodes.some(({ id, state }) => id === 'markov-models' && state === 'skimmed'),
  );
  await running.mapPanel.receive({ type: 'openChapter', chapterId: 'markov-models', beside: false });
  await until('the chapter is open', () => running.readers.active?.chapterId === 'markov-models');
  await running.mapPanel.receive({ type: 'openChapter', chapterId: '../../etc/passwd', beside: false });
  await running.mapPanel.receive({ type: 'run', command: 'x' });
  assert.equal(running.readers.active?.chapterId, 'markov-models');
  await closeEverything();
  await until('a closed map is forgotten', () => running.mapPanel.shown === undefined);
});
