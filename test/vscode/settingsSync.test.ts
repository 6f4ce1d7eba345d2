// Windows and machines at the values that VS Code syncs: real stores on real files, only VS Code's memento is made up.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Store } from '../../src/store/store.ts';
import { syncAt } from '../../src/store/sync.ts';
import type { Offers } from '../../src/store/sync.ts';
import { SettingsSync } from '../../src/vscode/settingsSync.ts';
import type { SyncedMemento } from '../../src/vscode/settingsSync.ts';
import { freshPath, open } from '../store/support.ts';

/** One machine's values, which all of its windows see. */
class Values implements SyncedMemento {
  readonly values = new Map<string, unknown>();
  synced: readonly string[] = [];
  writes = 0;

  get<T>(key: string, fallback?: T): T | undefined {
    return (this.values.get(key) as T | undefined) ?? fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    this.writes++;
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    return Promise.resolve();
  }

  setKeysForSync(keys: readonly string[]): void {
    this.synced = keys;
  }
}

interface Window {
  readonly sync: SettingsSync;
  readonly store: Store;
  readonly log: string[];
  readonly erased: number[];
  on: boolean;
  /** What happens elsewhere while the values are being merged. */
  meanwhile: () => void;
}

function windowAt(t: TestContext, path: string, memento: Values): Window {
  const { store } = open(t, path);
  const log: string[] = [];
  const note = (message: string): void => {
    log.push(message);
  };
  const made: Omit<Window, 'sync'> = { store, log, erased: [], on: true, meanwhile: () => undefined };
  const sync = new SettingsSync({
    memento,
    isOn: () => made.on,
    hasData: () => Promise.resolve(true),
    merge: (offers: Offers) => {
      const synced = syncAt(path, offers, Date.now());
      made.meanwhile();
      return Promise.resolve({ type: 'synced', ...synced });
    },
    onMerged: () => {
      store.look();
    },
    onErasedElsewhere: (at) => {
      made.erased.push(at);
    },
    log: { info: note, warn: note, error: note },
  });
  t.after(() => {
    sync.dispose();
  });
  return Object.assign(made, { sync });
}

const mark = (subject: string) => ({ kind: 'chapter', subject, state: 'studied' }) as const;

async function changed({ store, sync }: Window, subject: string): Promise<void> {
  store.record(mark(subject));
  sync.noteChange();
  await sync.sync();
}

test('what one machine offers the other takes in, and then neither writes again', async (t) => {
  const [here, there] = [new Values(), new Values()];
  const one = windowAt(t, freshPath(t), here);
  const two = windowAt(t, freshPath(t), there);
  assert.deepEqual(here.synced, ['sync.history', 'sync.schedules', 'sync.cards']);
  await changed(one, 'a');
  await changed(two, 'b');
  // VS Code brings the first machine's values over the second's, whose own offer is lost.
  there.values.set('sync.history', here.values.get('sync.history'));
  await two.sync.sync();
  assert.deepEqual(two.store.progress().chapters, { a: 'studied', b: 'studied' });
  here.values.set('sync.history', there.values.get('sync.history'));
  await one.sync.sync();
  assert.deepEqual(one.store.progress().chapters, { a: 'studied', b: 'studied' });
  const writes = [here.writes, there.writes];
  for (const each of [one, two]) {
    await each.sync.sync();
    each.sync.noteChange();
    await each.sync.sync();
  }
  assert.deepEqual([here.writes, there.writes], writes);
  assert.match(two.log.join('\n'), /1 entries of other machines came in/);
});

test('two windows of one machine don’t fight', async (t) => {
  const memento = new Values();
  const path = freshPath(t);
  const windows = [windowAt(t, path, memento), windowAt(t, path, memento)] as const;
  await changed(windows[0], 'a');
  await changed(windows[1], 'b');
  const { writes } = memento;
  await Promise.all([...windows, ...windows].map(({ sync }) => sync.sync()));
  assert.equal(memento.writes, writes);
});

test('a value that VS Code brings while another is merged is merged too, not overwritten', async (t) => {
  const [here, there] = [new Values(), new Values()];
  const one = windowAt(t, freshPath(t), here);
  await changed(windowAt(t, freshPath(t), there), 'theirs');
  let brought = false;
  one.meanwhile = () => {
    if (!brought) here.values.set('sync.history', there.values.get('sync.history'));
    brought = true;
  };
  await changed(one, 'mine');
  assert.deepEqual(one.store.progress().chapters, { theirs: 'studied', mine: 'studied' });
  assert.match(String(here.values.get('sync.history')), /mine.*theirs|theirs.*mine/s);
});

test('switched off, nothing is read, written or offered', async (t) => {
  const [here, there] = [new Values(), new Values()];
  const one = windowAt(t, freshPath(t), here);
  await changed(windowAt(t, freshPath(t), there), 'theirs');
  one.on = false;
  one.sync.setOn();
  here.values.set('sync.history', there.values.get('sync.history'));
  await changed(one, 'mine');
  assert.deepEqual(here.synced, []);
  assert.equal(here.writes, 0);
  assert.deepEqual(one.store.progress().chapters, { mine: 'studied' });
});

test('erasing takes the values back; the other machine is told once and offers nothing of it any more', async (t) => {
  const [here, there] = [new Values(), new Values()];
  const one = windowAt(t, freshPath(t), here);
  const two = windowAt(t, freshPath(t), there);
  await changed(one, 'secret');
  there.values.set('sync.history', here.values.get('sync.history'));
  await two.sync.sync();
  one.store.erase();
  await one.sync.forget();
  assert.doesNotMatch(JSON.stringify([...here.values]), /secret/);
  // The other machine's value, from before, comes over it.
  here.values.set('sync.history', there.values.get('sync.history'));
  await one.sync.sync();
  assert.deepEqual(one.store.progress().chapters, {});
  assert.doesNotMatch(JSON.stringify([...here.values]), /secret/);
  there.values.set('sync.history', here.values.get('sync.history'));
  await two.sync.sync();
  await two.sync.sync();
  assert.equal(two.erased.length, 1);
  assert.deepEqual(two.store.progress().chapters, { secret: 'studied' });
  assert.doesNotMatch(JSON.stringify([...there.values]), /secret/);
});
