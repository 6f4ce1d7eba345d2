// What passages mean, found out in the background and searched in the real thread. The model is a stand-in that counts letters:
// texts of the same letters mean the same to it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MeaningQueue } from '../../src/library/meaningQueue.ts';
import type { MeaningModel, MeaningProgress } from '../../src/library/meaningQueue.ts';
import { SearchThread } from '../../src/library/searchThread.ts';
import { claimMeaning, countMeanings, countRefused } from '../../src/library/shelf/meanings.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { Shelf } from '../../src/library/shelf/shelf.ts';
import { folder } from './webServer.ts';

const script = fileURLToPath(new URL('../../src/library/searchMain.ts', import.meta.url));

function letters(text: string): number[] {
  const counts = Array.from({ length: 26 }, () => 0);
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) - 97;
    if (at >= 0 && at < 26) counts[at] = (counts[at] ?? 0) + 1;
  }
  const length = Math.hypot(...counts) || 1;
  return counts.map((count) => count / length);
}

interface Window {
  readonly shelf: Shelf;
  readonly queue: MeaningQueue;
  readonly asked: string[];
  readonly progress: (MeaningProgress | undefined)[];
  readonly problems: string[];
}

/** A window on the library at `path`, with a model of that hash; `embed` may be made to fail. */
function window(t: TestContext, path: string, hash = 'm', more: Partial<MeaningModel> = {}): Window {
  const { db } = openDatabase(join(path, 'library.db'), () => 0, 1000);
  const [asked, progress, problems]: [string[], (MeaningProgress | undefined)[], string[]] = [[], [], []];
  let ids = 0;
  const newId = (): string => `${hash}${++ids}-${String(Math.random())}`;
  const report = (problem: string): void => {
    problems.push(problem);
  };
  const shelf = new Shelf({ db, folder: path, now: Date.now, newId, quota: () => 1e9, report });
  const model: MeaningModel = {
    hash,
    embed: (texts) => {
      asked.push(...texts);
      return Promise.resolve(texts.map(letters));
    },
    whenFree: () => Promise.resolve(),
    ...more,
  };
  const queue = new MeaningQueue({
    shelf,
    now: Date.now,
    newId,
    report,
    wanted: () => hash !== '',
    open: () => Promise.resolve(hash === '' ? undefined : model),
    onProgress: (now) => {
      progress.push(now);
    },
  });
  t.after(async () => {
    await queue.dispose();
    shelf.dispose();
  });
  return { shelf, queue, asked, progress, problems };
}

/** Puts a document with these passages on the shelf. */
function write({ shelf }: Window, title: string, passages: readonly string[], form = 'main', kind = 'text'): void {
  shelf.within((db) => {
    db.prepare(
      "INSERT OR IGNORE INTO document (id, address, title, creators, kind, origin, added_at) VALUES (?, '', ?, '', 'file', 'file', 0)",
    ).run(title, title);
    db.prepare("INSERT INTO copy (document_id, form, address, state) VALUES (?, ?, '', 'resting')").run(title, form);
    const put = db.prepare(
      "INSERT INTO passage (document_id, form, number, kind, heading, text, boxes) VALUES (?, ?, ?, ?, 'Part', ?, '[]')",
    );
    for (const [number, text] of passages.entries()) put.run(title, form, number, kind, text);
  });
}

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `passage ${'abcdefgh'.charAt(n % 8)}${n}`);

test('passages are known by their meaning once the queue has come round, and found by it', async (t) => {
  const path = folder(t);
  const one = window(t, path);
  write(one, 'Bees', ['zzz zzz', 'buzz buzz']);
  write(one, 'Bread', ['yeast and flour']);
  write(one, 'Bread', ['yeast and flour'], 'html');
  write(one, 'Old', ['zzz'], 'main', 'reference');
  await one.queue.whenIdle();
  assert.deepEqual(one.asked, ['Bees\nPart\nzzz zzz', 'Bees\nPart\nbuzz buzz', 'Bread\nPart\nyeast and flour']);
  assert.deepEqual(one.progress.at(0), { done: 0, total: 3 });
  assert.equal(one.progress.at(-1), undefined);
  const search = new SearchThread(script, join(path, 'library.db'));
  t.after(() => search.dispose());
  const near = async (text: string, model = 'm'): Promise<string[]> =>
    (await search.near(model, letters(text), 2)).map(({ text: found }) => found);
  assert.deepEqual(await near('zzzzzz Bees Part'), ['zzz zzz', 'buzz buzz']);
  assert.deepEqual(await near('zzz', 'another model'), []);
  // What comes later is found by the thread that is open.
  write(one, 'More', ['qqqq qqqq qqqq']);
  await one.queue.whenIdle();
  assert.deepEqual((await near('qqqqqqqqqqqq'))[0], 'qqqq qqqq qqqq');
  // And what is removed isn't.
  one.shelf.remove(['More']);
  assert.ok(!(await near('qqqqqqqqqqqq')).includes('qqqq qqqq qqqq'));
  assert.deepEqual(one.shelf.ask(countMeanings), { done: 3, total: 3 });
  assert.deepEqual(one.problems, []);
});

test('work that is broken off goes on where it was, in another window', async (t) => {
  const path = folder(t);
  let left = 3;
  const first = window(t, path, 'm', {
    embed: (texts) => {
      if (left-- <= 0) return Promise.reject(new Error('the process died'));
      return Promise.resolve(texts.map(letters));
    },
  });
  write(first, 'Long', many(100));
  await first.queue.whenIdle();
  assert.equal(first.shelf.ask(countMeanings).done, 24);
  assert.match(first.problems.join(), /the process died/);
  await first.queue.dispose();
  const second = window(t, path);
  await second.queue.whenIdle();
  assert.equal(second.asked.length, 76);
  assert.deepEqual(second.shelf.ask(countMeanings), { done: 100, total: 100 });
});

test('a passage that the model refuses keeps none from theirs, isn’t asked again, and is counted', async (t) => {
  const path = folder(t);
  const asked: string[] = [];
  const refusing: MeaningModel['embed'] = (texts) => {
    asked.push(...texts);
    return texts.some((text) => text.includes('poison'))
      ? Promise.reject(new Error('can’t be tokenised'))
      : Promise.resolve(texts.map(letters));
  };
  const one = window(t, path, 'm', { embed: refusing });
  write(one, 'Long', [...many(20), 'poison', ...many(20), 'poison too']);
  await one.queue.whenIdle();
  assert.deepEqual(one.shelf.ask(countMeanings), { done: 42, total: 42 });
  assert.equal(one.shelf.ask(countRefused), 2);
  assert.equal(one.problems.length, 2);
  assert.match(one.problems.join(), /refuses a passage, which is left out: Long: .*can’t be tokenised/);
  const search = new SearchThread(script, join(path, 'library.db'));
  t.after(() => search.dispose());
  assert.equal((await search.near('m', letters('poison'), 100)).length, 40);
  // Not even by another window, though more comes.
  await one.queue.dispose();
  asked.length = 0;
  const second = window(t, path, 'm', { embed: refusing });
  write(second, 'More', ['more']);
  await second.queue.whenIdle();
  assert.deepEqual(asked, ['More\nPart\nmore']);
  // Another model may take it; and what is removed isn't counted.
  await second.queue.dispose();
  const other = window(t, path, 'other');
  other.queue.modelIs('other');
  await other.queue.whenIdle();
  assert.equal(other.shelf.ask(countRefused), 0);
  assert.ok(other.asked.includes('Long\nPart\npoison'));
});

test('when the model has gone no passage is to blame', async (t) => {
  const one = window(t, folder(t), 'm', { embed: () => Promise.reject(new Error('the process died')) });
  write(one, 'A', many(4));
  await one.queue.whenIdle();
  assert.deepEqual(one.shelf.ask(countMeanings), { done: 0, total: 4 });
  assert.equal(one.problems.length, 1);
});

test('another model begins anew; no model begins nothing', async (t) => {
  const path = folder(t);
  const one = window(t, path);
  write(one, 'A', many(10));
  await one.queue.whenIdle();
  await one.queue.dispose();
  const none = window(t, path, '');
  await none.queue.whenIdle();
  assert.deepEqual(none.shelf.ask(countMeanings), { done: 10, total: 10 });
  const other = window(t, path, 'other');
  write(other, 'B', ['new']);
  await other.queue.whenIdle();
  assert.equal(other.asked.length, 11);
});

test('another model begins anew though nothing is new; the same one has nothing to do', async (t) => {
  const path = folder(t);
  const one = window(t, path);
  write(one, 'A', many(10));
  await one.queue.whenIdle();
  one.queue.restart();
  one.queue.modelIs('m');
  await one.queue.whenIdle();
  assert.equal(one.asked.length, 10);
  await one.queue.dispose();
  for (const [hash, begin] of [
    [
      'n',
      (queue: MeaningQueue): void => {
        queue.restart();
      },
    ],
    [
      'o',
      (queue: MeaningQueue): void => {
        queue.modelIs('o');
      },
    ],
  ] as const) {
    const other = window(t, path, hash);
    begin(other.queue);
    await other.queue.whenIdle();
    assert.equal(other.asked.length, 10, hash);
    await other.queue.dispose();
  }
});

test('one window at a time; one that went away without a word is replaced', async (t) => {
  const path = folder(t);
  const one = window(t, path);
  write(one, 'A', many(4));
  one.shelf.within((db) => claimMeaning(db, { token: 'elsewhere', model: 'm' }, Date.now(), Date.now() + 60_000));
  await one.queue.whenIdle();
  assert.deepEqual(one.asked, []);
  one.shelf.within((db) => db.prepare('UPDATE meaning SET made_until = 1').run());
  one.queue.restart();
  await one.queue.whenIdle();
  assert.equal(one.asked.length, 4);
});

test('while an answer is made nothing is asked, and what is removed meanwhile gets no meaning', async (t) => {
  const path = folder(t);
  const free = Promise.withResolvers<undefined>();
  const embedded = Promise.withResolvers<undefined>();
  const asked: string[] = [];
  const one = window(t, path, 'm', {
    whenFree: () => free.promise,
    embed: async (texts) => {
      asked.push(...texts);
      await embedded.promise;
      return texts.map(letters);
    },
  });
  write(one, 'A', ['first']);
  const idle = one.queue.whenIdle();
  await othersFirst();
  assert.deepEqual(asked, []);
  free.resolve(undefined);
  while (asked.length === 0) await othersFirst();
  one.shelf.remove(['A']);
  // The id of the passage that is gone goes to the next.
  write(one, 'B', ['second']);
  embedded.resolve(undefined);
  await idle;
  while (one.shelf.ask(countMeanings).done === 0) await one.queue.whenIdle();
  assert.deepEqual(asked, ['A\nPart\nfirst', 'B\nPart\nsecond']);
});
