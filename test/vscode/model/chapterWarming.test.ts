import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatMessage, ModelCard } from '../../../src/core/model/language.ts';
import { ChapterWarming } from '../../../src/vscode/model/chapterWarming.ts';
import type { WarmingParts } from '../../../src/vscode/model/chapterWarming.ts';
import { parseModelSettings } from '../../../src/vscode/model/modelSettings.ts';
import { card } from '../../webview/modelSample.ts';

const made: ChapterWarming[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

/** As VS Code makes events. */
function happening<T>() {
  const listeners = new Set<(value: T) => unknown>();
  return {
    event: (listener: (value: T) => unknown) => {
      listeners.add(listener);
      return {
        dispose: () => {
          listeners.delete(listener);
        },
      };
    },
    fire: (value: T) => {
      for (const listener of listeners) listener(value);
    },
  };
}

/** A reader, a model that notes what it reads ahead, and the warming between them. */
function setUp(settings: Readonly<Record<string, unknown>> = {}) {
  const models = happening<'chat' | 'embedding' | 'ranking'>();
  const chapters = happening<unknown>();
  const state: { card: ModelCard | undefined; busy: boolean; reading: string | undefined } = {
    card,
    busy: false,
    reading: undefined,
  };
  const read: string[] = [];
  const stopped: string[] = [];
  const parts: WarmingParts = {
    model: {
      get card() {
        return state.card;
      },
      get busy() {
        return state.busy;
      },
      settings: parseModelSettings({ get: (name) => settings[name] }).model,
      onDidChange: models.event,
      warm: async ([message], signal) => {
        const chapterId = message?.text ?? '';
        read.push(chapterId);
        if (chapterId === 'endless') {
          await new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              stopped.push(chapterId);
              reject(new Error('Stopped'));
            });
          });
        }
        return { tokens: 1, fresh: true };
      },
    },
    reading: () => state.reading,
    onDidChangeChapter: chapters.event,
    prefix: (chapterId): Promise<readonly ChatMessage[] | undefined> =>
      Promise.resolve(chapterId === 'too-long' ? undefined : [{ role: 'system', text: chapterId }]),
    log: { debug: () => undefined, info: () => undefined },
    restMs: 5,
  };
  made.push(new ChapterWarming(parts));
  return {
    state,
    read,
    stopped,
    open: (chapterId: string) => {
      state.reading = chapterId;
      chapters.fire(chapterId);
    },
    modelChanged: () => {
      models.fire('chat');
    },
  };
}

test('a chapter that stays open is read ahead, once', async () => {
  const { open, read } = setUp();
  open('a');
  await sleep(40);
  assert.deepEqual(read, ['a']);
  open('b');
  await sleep(40);
  open('a');
  await sleep(40);
  assert.deepEqual(read, ['a', 'b']);
});

test('a chapter that is only passed through isn’t', async () => {
  const { open, read } = setUp();
  open('a');
  open('b');
  await sleep(40);
  assert.deepEqual(read, ['b']);
});

test('without a loaded model nothing happens, until there is one', async () => {
  const { open, read, state, modelChanged } = setUp();
  state.card = undefined;
  open('a');
  await sleep(40);
  assert.deepEqual(read, []);
  state.card = card;
  modelChanged();
  await sleep(40);
  assert.deepEqual(read, ['a']);
  state.card = { ...card, modelHash: 'other' };
  modelChanged();
  await sleep(40);
  assert.deepEqual(read, ['a', 'a'], 'another model has read nothing yet');
});

test('while an answer is being written it waits', async () => {
  const { open, read, state } = setUp();
  state.busy = true;
  open('a');
  await sleep(40);
  assert.deepEqual(read, []);
  state.busy = false;
  await sleep(40);
  assert.deepEqual(read, ['a']);
});

test('going to another chapter stops the reading of this one', async () => {
  const { open, read, stopped } = setUp();
  open('endless');
  await sleep(40);
  open('b');
  await sleep(40);
  assert.deepEqual(stopped, ['endless']);
  assert.deepEqual(read, ['endless', 'b']);
});

test('what the context can’t hold isn’t read, nor tried again', async () => {
  const { open, read, modelChanged } = setUp();
  open('too-long');
  await sleep(40);
  modelChanged();
  await sleep(40);
  assert.deepEqual(read, []);
});

test('the setting turns it off', async () => {
  const { open, read } = setUp({ 'model.warmChapters': false });
  open('a');
  await sleep(40);
  assert.deepEqual(read, []);
});
