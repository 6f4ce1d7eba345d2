import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askScopes, type AskScopeParts } from '../../src/vscode/askScopes.ts';

interface Around {
  readonly parts: AskScopeParts;
  readonly change: () => void;
  reading: string | undefined;
  saved: boolean;
  kept: unknown;
}

/** A window in which a chapter may be open and a library may be there. */
function around(): Around {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void): { dispose: () => void } => {
    listeners.add(listener);
    return {
      dispose: () => {
        listeners.delete(listener);
      },
    };
  };
  const it: Around = {
    reading: undefined,
    saved: false,
    kept: undefined,
    change: () => {
      for (const listener of listeners) listener();
    },
    parts: {
      memory: {
        get: () => it.kept,
        update: (_key: string, value: unknown) => {
          it.kept = value;
          return Promise.resolve();
        },
      } as AskScopeParts['memory'],
      study: {
        chapter: (id: string | undefined) =>
          Promise.resolve(id === undefined ? undefined : { id, title: `About ${id}` }),
      } as AskScopeParts['study'],
      readers: {
        get open() {
          return it.reading === undefined ? [] : [{ chapterId: it.reading }];
        },
        onDidChangeChapter: listen,
      } as unknown as AskScopeParts['readers'],
      library: { exists: () => Promise.resolve(it.saved), onDidChange: listen } as unknown as AskScopeParts['library'],
    },
  };
  return it;
}

test('the handbook to begin with; the library, too, once something is saved', async () => {
  const it = around();
  const scopes = askScopes(it.parts);
  assert.deepEqual(await scopes.offer(), { chosen: 'handbook', library: false });
  it.saved = true;
  assert.deepEqual(await scopes.offer(), { chosen: 'all', library: true });
});

test('what was chosen is remembered, whatever is there', async () => {
  const it = around();
  await askScopes(it.parts).choose('chapter');
  assert.deepEqual(await askScopes(it.parts).offer(), { chosen: 'chapter', library: false });
  it.reading = 'rnn';
  assert.deepEqual(await askScopes(it.parts).offer(), {
    chosen: 'chapter',
    chapter: { chapterId: 'rnn', chapterTitle: 'About rnn' },
    library: false,
  });
  it.kept = 'everywhere and nowhere';
  assert.equal((await askScopes(it.parts).offer()).chosen, 'handbook');
});

test('another chapter and another library are heard of, until nobody listens', () => {
  const it = around();
  let heard = 0;
  const listening = askScopes(it.parts).onDidChange(() => {
    heard++;
  });
  it.change();
  assert.ok(heard > 0);
  listening.dispose();
  const before = heard;
  it.change();
  assert.equal(heard, before);
});

test('a question about something saved is looked up in the library, too, and who shows the choice hears of it', async () => {
  const it = around();
  it.saved = true;
  const scopes = askScopes(it.parts);
  let told = 0;
  const listening = scopes.onDidChange(() => {
    told++;
  });
  for (const [before, after, times] of [
    ['handbook', 'all', 1],
    ['chapter', 'all', 2],
    ['library', 'library', 2],
    ['all', 'all', 2],
  ] as const) {
    await scopes.choose(before);
    await scopes.includeLibrary();
    assert.equal((await scopes.offer()).chosen, after);
    assert.equal(told, times, before);
  }
  listening.dispose();
  await scopes.choose('handbook');
  await scopes.includeLibrary();
  assert.equal(told, 2, 'nobody hears of it who has gone');
});
