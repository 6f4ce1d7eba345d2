// Real stores on one file, as two windows have them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { inEnglish } from '../../src/core/translate.ts';
import type { Store } from '../../src/store/store.ts';
import { askConversations } from '../../src/vscode/askConversations.ts';
import type { AskConversations, ConversationStore } from '../../src/vscode/askConversations.ts';
import { freshPath, open, turn } from '../store/support.ts';

interface Window {
  readonly conversations: AskConversations;
  readonly store: Store;
  readonly reported: string[];
}

let ids = 0;

function openWindow(
  t: TestContext,
  path: string,
  through: (store: Store) => Promise<ConversationStore> = (store) => Promise.resolve(store),
): Window {
  const { store } = open(t, path);
  const reported: string[] = [];
  const conversations = askConversations({
    store: () => through(store),
    newId: () => `c${++ids}`,
    now: () => 1000 + ids,
    report: (_error, happened) => void reported.push(happened),
    t: inEnglish,
  });
  return { conversations, store, reported };
}

/** Asks in the conversation that is shown, and keeps the answer. */
async function ask({ conversations }: Window, id: string): Promise<string> {
  const conversation = await conversations.forQuestion();
  await conversations.keep(conversation, turn(id));
  return conversation.id;
}

const turnsIn = (store: Store): string[][] =>
  store.conversations().map(({ id }) => store.conversation(id)?.turns.map((one) => one.id) ?? []);

test('the last conversation goes on in the next window, and a turn answered again is replaced there', async (t) => {
  const path = freshPath(t);
  const first = openWindow(t, path);
  await ask(first, 't1');
  await ask(first, 't2');
  const second = openWindow(t, path);
  const shown = await second.conversations.current();
  assert.deepEqual(
    shown.turns.map(({ id }) => id),
    ['t1', 't2'],
  );
  await second.conversations.keep(shown, { ...turn('t1'), question: 'again?' });
  assert.deepEqual(
    second.store.conversation(shown.id)?.turns.map(({ question }) => question),
    ['again?', turn('t2').question],
  );
  assert.deepEqual(turnsIn(second.store), [['t1', 't2']]);
});

test('a conversation that was removed here doesn’t come back when its answer ends', async (t) => {
  const window = openWindow(t, freshPath(t));
  await ask(window, 't1');
  const asked = await window.conversations.forQuestion();
  assert.equal(await window.conversations.remove(asked.id), true);
  await window.conversations.keep(asked, turn('t2'));
  assert.deepEqual(turnsIn(window.store), []);
  assert.notEqual((await window.conversations.current()).id, asked.id);
});

test('nor does one whose store was still opening when it was removed', async (t) => {
  const gate = Promise.withResolvers<undefined>();
  let gated = false;
  const window = openWindow(t, freshPath(t), async (store) => {
    if (gated) await gate.promise;
    return store;
  });
  const asked = await window.conversations.forQuestion();
  gated = true;
  const keeping = window.conversations.keep(asked, turn('t1'));
  gated = false;
  await window.conversations.remove(asked.id);
  gate.resolve(undefined);
  await keeping;
  assert.deepEqual(turnsIn(window.store), []);
});

test('one that another window removed while it was answered doesn’t come back', async (t) => {
  const path = freshPath(t);
  const here = openWindow(t, path);
  const elsewhere = openWindow(t, path);
  await ask(here, 't1');
  const asked = await here.conversations.forQuestion();
  await elsewhere.conversations.remove(asked.id);
  await here.conversations.keep(asked, turn('t2'));
  assert.deepEqual(turnsIn(here.store), []);
  assert.deepEqual(here.reported, []);
});

test('a question asked after another window removed the conversation begins a new one', async (t) => {
  const path = freshPath(t);
  const here = openWindow(t, path);
  const elsewhere = openWindow(t, path);
  const removed = await ask(here, 't1');
  await elsewhere.conversations.remove(removed);
  const begun = await ask(here, 't2');
  assert.notEqual(begun, removed);
  assert.deepEqual(turnsIn(here.store), [['t2']]);
  assert.deepEqual(
    here.conversations.shown()?.turns.map(({ id }) => id),
    ['t2'],
  );
});

test('a conversation without a kept turn is no removed one', async (t) => {
  const { conversations } = openWindow(t, freshPath(t));
  const first = await conversations.forQuestion();
  assert.equal((await conversations.forQuestion()).id, first.id);
});

test('picking the conversation that is shown changes nothing; picking another shows that', async (t) => {
  const window = openWindow(t, freshPath(t));
  const old = await ask(window, 't1');
  window.conversations.begin();
  const shown = await ask(window, 't2');
  assert.equal(await window.conversations.show(shown), false);
  assert.equal(await window.conversations.show('never was'), false);
  assert.equal(window.conversations.shown()?.id, shown);
  assert.equal(await window.conversations.show(old), true);
  assert.equal(window.conversations.shown()?.id, old);
});

test('without a store one can ask all the same, and is told', async (t) => {
  const window = openWindow(t, freshPath(t), () => Promise.reject(new Error('locked')));
  const asked = await window.conversations.forQuestion();
  await window.conversations.keep(asked, turn('t1'));
  assert.deepEqual(
    window.conversations.shown()?.turns.map(({ id }) => id),
    ['t1'],
  );
  assert.deepEqual(await window.conversations.kept(), []);
  assert.match(window.reported.join(' '), /couldn’t be read[^]*couldn’t be kept/);
});

test('a store that fails while it is asked stops no question', async (t) => {
  const window = openWindow(t, freshPath(t), (store) => {
    store.dispose();
    return Promise.resolve(store);
  });
  assert.ok((await window.conversations.forQuestion()).id);
});
