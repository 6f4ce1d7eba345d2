import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import type { ReviewView, ShownCard } from '../../src/protocol/review.ts';
import { readScheduling } from '../../src/store/cardProjection.ts';
import { listCards, readCard, readReviews } from '../../src/store/cards.ts';
import type { StoredCard } from '../../src/store/cards.ts';
import { openStore } from '../../src/store/store.ts';
import { browseCards } from '../../src/vscode/review/browseCards.ts';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';

async function make(running: Companion, ...fronts: readonly string[]): Promise<string[]> {
  const store = await running.study.store();
  const ids = fronts.map(() => `own:${randomUUID()}`);
  store.recordAll(
    ids.map((subject, index) => ({
      kind: 'card',
      subject,
      card: {
        front: fronts[index] ?? '',
        back: 'Because of $r$.',
        origin: { chapterId: 'introduction', anchor: 'summary' },
      },
    })),
  );
  return ids;
}

async function card(running: Companion, cardId: string): Promise<StoredCard | undefined> {
  return (await running.study.store()).read((db) => readCard(db, cardId));
}

/** The page's view, once it is as wanted. */
function view<T extends ReviewView['type']>(
  running: Companion,
  type: T,
  isIt: (view: Extract<ReviewView, { type: T }>) => boolean = () => true,
): Promise<Extract<ReviewView, { type: T }>> {
  const is = (one: ReviewView): one is Extract<ReviewView, { type: T }> => one.type === type;
  return until(`the page shows a ${type}`, () => {
    const now = running.reviews.view;
    return now && is(now) && isIt(now) ? now : undefined;
  });
}

async function shown(running: Companion): Promise<ShownCard> {
  return (await view(running, 'card')).card;
}

async function grade(running: Companion, rating: number): Promise<void> {
  const { id: cardId, revision } = await shown(running);
  await running.reviews.receive({ type: 'grade', cardId, revision, rating, ms: 1500 });
}

function badge({ tree }: Companion): vscode.ViewBadge | undefined {
  return tree.badge;
}

async function removeAll(running: Companion): Promise<void> {
  const store = await running.study.store();
  const there = store.read(listCards);
  store.recordAll(there.map(({ id }) => ({ kind: 'card', subject: id, card: null })));
  await closeEverything();
}

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
