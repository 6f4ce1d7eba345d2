// Cards as a collection: to Anki and back, listed, suspended, scheduled anew.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readScheduling } from '../../src/store/cardProjection.ts';
import { listCards } from '../../src/store/cards.ts';
import { browseCards } from '../../src/vscode/review/browseCards.ts';
import { test, until } from './collect.ts';
import { companion } from './companion.ts';
import { make, card, view, removeAll } from './reviewing.ts';

test('cards go to Anki and come back without doubling; the review log is what the optimiser reads', async () => {
  const running = await companion();
  await removeAll(running);
  const [id = ''] = await make(running, 'Why $r$?', 'And **why**?');
  const store = await running.study.store();
  store.record({ kind: 'review', subject: id, rating: 3, ms: 2500 });
  const folder = await mkdtemp(join(tmpdir(), 'cards-'));
  try {
    for (const name of ['cards.apkg', 'cards.txt']) {
      const file = vscode.Uri.file(join(folder, name));
      assert.equal(await vscode.commands.executeCommand('handbook.exportCards', file), true);
      const before = store.events().length;
      assert.equal(await vscode.commands.executeCommand('handbook.importCards', file), true);
      assert.equal(store.events().length, before, name);
      // Gone, they come back as themselves.
      store.record({ kind: 'card', subject: id, card: null });
      assert.equal(await vscode.commands.executeCommand('handbook.importCards', file), true);
      assert.equal(store.read(listCards).length, 2);
      assert.equal((await card(running, id))?.schedule.state, 'learning');
    }
    const text = vscode.Uri.file(join(folder, 'others.txt'));
    await writeFile(text.fsPath, '#separator:tab\n#html:true\nQ &lt;1&gt;\t<b>A</b>\n');
    for (const count of [3, 3]) {
      assert.equal(await vscode.commands.executeCommand('handbook.importCards', text), true);
      assert.equal(store.read(listCards).length, count);
    }
    const junk = vscode.Uri.file(join(folder, 'junk.apkg'));
    await writeFile(junk.fsPath, 'PK not really');
    assert.equal(await vscode.commands.executeCommand('handbook.importCards', junk), false);
    assert.equal(store.read(listCards).length, 3);

    const log = vscode.Uri.file(join(folder, 'revlog.csv'));
    assert.equal(await vscode.commands.executeCommand('handbook.exportReviewLog', log), true);
    const [head, ...rows] = (await readFile(log.fsPath, 'utf8')).trim().split('\n');
    assert.equal(head, 'card_id,review_time,review_rating,review_state,review_duration');
    assert.ok(rows.some((row) => row.startsWith(`${id},`) && row.endsWith(',3,0,2500')));
    const parameters = JSON.parse(await readFile(join(folder, 'revlog-parameters.json'), 'utf8')) as { w: number[] };
    assert.equal(parameters.w.length, 21);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('all cards are listed; one is suspended, resumed, looked at, edited and removed', async () => {
  const running = await companion();
  await removeAll(running);
  const [id = ''] = await make(running, 'only **one**?');
  const opened: string[] = [];
  const seen: string[][] = [];
  const browse = (...choices: readonly RegExp[]): Promise<void> => {
    const left = [...choices];
    return browseCards({
      deck: running.deck,
      reviews: running.reviews,
      report: (error) => {
        throw error;
      },
      openPassage: (passageId) => Promise.resolve(void opened.push(passageId)),
      pick: (items) => {
        const choice = left.shift();
        seen.push(items.map(({ label, description = '' }) => `${label}|${description}`));
        return Promise.resolve(choice && items.find(({ label }) => choice.test(label)));
      },
    });
  };
  await browse(/only one/, /Suspend/);
  assert.equal((await card(running, id))?.suspended, true);
  await browse(/only one/, /Resume/);
  assert.match(seen[2]?.join() ?? '', /only one\?\|suspended/);
  assert.equal((await card(running, id))?.suspended, false);
  await browse(/only one/, /passage/);
  assert.deepEqual(opened, ['introduction#summary']);
  await browse(/only one/, /reviews/);
  assert.match(seen.at(-1)?.join() ?? '', /hasn’t been reviewed/);
  await browse(/only one/, /Edit/);
  assert.equal((await view(running, 'form')).form.id, id);
  await browse(/only one/, /Remove/);
  assert.equal(await card(running, id), undefined);
  await removeAll(running);
});

test('other settings make other dates, in a thread where there is much to do, and the old ones are shown until then', async () => {
  const running = await companion();
  await removeAll(running);
  const store = await running.study.store();
  const day = 24 * 60 * 60_000;
  const [subject = ''] = await make(running, 'often reviewed?');
  store.unite(
    Array.from({ length: 300 }, (_, n) => ({
      id: randomUUID(),
      at: Date.now() - (901 - 3 * n) * day,
      kind: 'review',
      subject,
      rating: n % 9 === 0 ? 1 : 3,
    })),
  );
  const before = await running.deck.open();
  const retention = (): number => store.read(readScheduling).retention;
  const dueAt = async (): Promise<number | undefined> => (await card(running, subject))?.schedule.due;
  const old = await dueAt();
  const settings = vscode.workspace.getConfiguration('handbook');
  try {
    await settings.update('review.retention', 0.97, vscode.ConfigurationTarget.Global);
    const meanwhile = await running.deck.open();
    // The thread may be done already; if not, everything is as before.
    if (meanwhile.wanted) assert.deepEqual(meanwhile.scheduling, before.scheduling);
    await until('the dates are made anew', () => retention() === 0.97);
    await until('the cards are opened anew', async () => (await running.deck.open()).wanted === undefined);
    assert.equal((await running.deck.open()).scheduling.retention, 0.97);
    assert.notEqual(await dueAt(), old);
  } finally {
    await settings.update('review.retention', undefined, vscode.ConfigurationTarget.Global);
  }
  await until('the dates are as they were', async () => {
    await running.deck.open();
    return retention() === 0.9;
  });
  assert.equal(await dueAt(), old);
  await removeAll(running);
});
