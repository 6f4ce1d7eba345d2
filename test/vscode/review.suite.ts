import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { listCards, readReviews } from '../../src/store/cards.ts';
import type { StoredCard } from '../../src/store/cards.ts';
import { openStore } from '../../src/store/store.ts';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';
import { make, card, view, shown, grade, badge, removeAll } from './reviewing.ts';

test('without cards the page says how to get one, and there is no badge', async () => {
  const running = await companion();
  await removeAll(running);
  await vscode.commands.executeCommand('handbook.review');
  const end = await view(running, 'end');
  assert.equal(end.hasCards, false);
  assert.equal(badge(running), undefined);
  await closeEverything();
});

test('a card is written on its form, reviewed, and counted on the view and in the status bar', async () => {
  const running = await companion();
  await removeAll(running);
  const origin = { chapterId: 'introduction', anchor: 'summary' };
  await vscode.commands.executeCommand('handbook.newCard', { back: 'the selected words', origin });
  const { form } = await view(running, 'form');
  assert.equal(form.back, 'the selected words');
  await running.reviews.receive({ type: 'save', front: 'What?', back: form.back });
  // The page was there for the form alone.
  await until('the page closes', () => running.reviews.view === undefined);
  const made = (await running.study.store()).read(listCards)[0];
  assert.deepEqual(made?.text, { front: 'What?', back: 'the selected words', origin, tags: ['own'] });
  await until('the badge counts it', () => badge(running)?.value === 1);
  assert.equal(badge(running)?.tooltip, '1 card to review');
  assert.match(running.due.text, /1 due/);

  await vscode.commands.executeCommand('handbook.review');
  const asked = await shown(running);
  assert.equal(asked.id, made.id);
  assert.match(asked.frontHtml, /<p>What\?<\/p>/);
  assert.equal(asked.passage?.passageId, 'introduction#summary');
  assert.equal(asked.intervals[3], '10 min');
  await grade(running, 4);
  const end = await view(running, 'end');
  assert.match(end.lines.join(' '), /Reviews in this session: 1\..*Next: in \d+ days/s);
  await until('the badge goes', () => badge(running) === undefined);
  assert.equal(running.due.text, '');
});

test('steps can be taken back, several, after the end too, and the cards are exactly as they were', async () => {
  const running = await companion();
  await removeAll(running);
  const ids = await make(running, 'one?', 'two?', 'three?');
  await vscode.commands.executeCommand('handbook.review');
  const before = await Promise.all(ids.map((id) => card(running, id)));
  for (const rating of [4, 4]) await grade(running, rating);
  const last = await shown(running);
  await running.reviews.receive({ type: 'suspend', cardId: last.id, revision: last.revision });
  await view(running, 'end');
  assert.equal((await card(running, last.id))?.suspended, true);
  for (let step = 0; step < 3; step++) await running.reviews.receive({ type: 'undo' });
  const after = await Promise.all(ids.map((id) => card(running, id)));
  const bare = (cards: readonly (StoredCard | undefined)[]): unknown =>
    cards.map((one) => one && { ...one, revision: '' });
  assert.deepEqual(bare(after), bare(before));
  assert.equal((await shown(running)).front, 'one?');
  await running.reviews.receive({ type: 'undo' });
  assert.equal((await shown(running)).front, 'one?');
});

test('a card that another window grades is not asked or graded here again', async () => {
  const running = await companion();
  await removeAll(running);
  await make(running, 'first?', 'second?');
  await vscode.commands.executeCommand('handbook.review');
  const seen = await shown(running);
  const other = openStore({ path: running.study.storePath, now: Date.now, newId: randomUUID }).store;
  try {
    other.record({ kind: 'review', subject: seen.id, rating: 4 });
  } finally {
    other.dispose();
  }
  // The learner presses before this window has noticed.
  await running.reviews.receive({ type: 'grade', cardId: seen.id, revision: seen.revision, rating: 1, ms: 1 });
  const store = await running.study.store();
  assert.equal(store.read((db) => readReviews(db, seen.id)).length, 1);
  assert.equal((await view(running, 'card', ({ card }) => card.id !== seen.id)).card.front, 'second?');
});

test('a card is edited in place, and its schedule stays', async () => {
  const running = await companion();
  await removeAll(running);
  const [id = ''] = await make(running, 'Whta?');
  await vscode.commands.executeCommand('handbook.review');
  await shown(running);
  await running.reviews.receive({ type: 'edit', cardId: id });
  const { form } = await view(running, 'form');
  assert.equal(form.front, 'Whta?');
  await running.reviews.receive({ type: 'save', cardId: id, front: 'What **is** it?', back: form.back });
  const after = await view(running, 'card', ({ card }) => card.front !== 'Whta?');
  assert.match(after.card.frontHtml, /<strong>is<\/strong>/);
  assert.equal((await card(running, id))?.text.origin?.chapterId, 'introduction');
});

test('messages that are none of the page’s change nothing', async () => {
  const running = await companion();
  await removeAll(running);
  const [id = ''] = await make(running, 'safe?');
  await vscode.commands.executeCommand('handbook.review');
  const { revision } = await shown(running);
  for (const message of [
    null,
    { type: 'grade' },
    { type: 'grade', cardId: id, revision, rating: 5, ms: 1 },
    { type: 'grade', cardId: id, revision, rating: 3, ms: NaN },
    { type: 'grade', cardId: id, revision: 'old', rating: 3, ms: 1 },
    { type: 'save', cardId: '', front: 'x', back: 'y' },
    { type: 'save', cardId: 'nobody', front: 'x', back: 'y' },
    { type: 'suspend', cardId: id, revision: 'old' },
    { type: 'edit', cardId: 'nobody' },
    { type: 'erase' },
  ]) {
    await running.reviews.receive(message);
  }
  const store = await running.study.store();
  assert.equal(store.read(listCards).length, 1);
  assert.equal(store.read((db) => readReviews(db, id)).length, 0);
});

test('a page that is brought back after a reload can still take its steps back', async () => {
  const running = await companion();
  await removeAll(running);
  const [id = ''] = await make(running, 'again?');
  await vscode.commands.executeCommand('handbook.review');
  await shown(running);
  await grade(running, 4);
  await view(running, 'end');
  const store = await running.study.store();
  const [review] = store.read((db) => readReviews(db, id));
  await closeEverything();
  const panel = vscode.window.createWebviewPanel('handbook.review', 'Review', vscode.ViewColumn.Active, {});
  const steps = [{ type: 'review', cardId: id, eventId: review?.eventId }, { type: 'nonsense' }];
  await running.reviews.deserializeWebviewPanel(panel, { session: { steps }, open: 7 });
  await view(running, 'end');
  await running.reviews.receive({ type: 'undo' });
  assert.equal((await shown(running)).id, id);
  assert.equal(store.read((db) => readReviews(db, id)).length, 0);
});

test('settings change what is due, and the schedules follow retention', async () => {
  const running = await companion();
  await removeAll(running);
  const ids = await make(running, 'a?', 'b?', 'c?');
  const settings = vscode.workspace.getConfiguration('handbook.review');
  await until('all are counted', () => badge(running)?.value === 3);
  try {
    await settings.update('newPerDay', 0, vscode.ConfigurationTarget.Global);
    await until('none is', () => badge(running) === undefined);
    await settings.update('newPerDay', undefined, vscode.ConfigurationTarget.Global);
    await until('all are again', () => badge(running)?.value === 3);
    await settings.update('showDue', false, vscode.ConfigurationTarget.Global);
    await until('none is shown', () => badge(running) === undefined);
    const store = await running.study.store();
    store.record({ kind: 'review', subject: ids[0] ?? '', rating: 4 });
    const before = (await card(running, ids[0] ?? ''))?.schedule.intervalDays ?? 0;
    await settings.update('showDue', undefined, vscode.ConfigurationTarget.Global);
    await settings.update('retention', 0.97, vscode.ConfigurationTarget.Global);
    await until('the interval is shorter', async () => {
      const { intervalDays = before } = (await card(running, ids[0] ?? ''))?.schedule ?? {};
      return intervalDays < before;
    });
  } finally {
    for (const name of ['newPerDay', 'showDue', 'retention']) {
      await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
    }
  }
});
