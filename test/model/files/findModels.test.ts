import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findModels } from '../../../src/model/files/findModels.ts';
import type { FoundModel } from '../../../src/model/files/findModels.ts';
import { knownPlaces } from '../../../src/model/files/knownPlaces.ts';
import type { KnownPlace } from '../../../src/model/files/knownPlaces.ts';
import { folder, text, writeTiny } from './tinyModel.ts';
import type { TinyOptions } from './tinyModel.ts';

const never = new AbortController().signal;

async function found(places: readonly KnownPlace[], signal = never): Promise<FoundModel[]> {
  const models: FoundModel[] = [];
  for await (const model of findModels(places, signal)) models.push(model);
  return models;
}

function model(path: string, options?: TinyOptions): string {
  mkdirSync(dirname(path), { recursive: true });
  return writeTiny(path, options);
}

function linked(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

test('the places are those that the programs use, unless the environment names others', () => {
  const at = (platform: NodeJS.Platform, env: Record<string, string>): string[] =>
    knownPlaces({ platform, env, home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me', own: '/own' }).map(
      ({ where, folder: path }) => `${where} ${path}`,
    );
  assert.deepEqual(at('linux', {}), [
    'companion /own',
    'ollama /home/me/.ollama/models',
    'ollama /usr/share/ollama/.ollama/models',
    'lm-studio /home/me/.lmstudio/models',
    'lm-studio /home/me/.cache/lm-studio/models',
    'hugging-face /home/me/.cache/huggingface/hub',
    'llama.cpp /home/me/.cache/llama.cpp',
  ]);
  assert.ok(at('darwin', {}).includes('llama.cpp /home/me/Library/Caches/llama.cpp'));
  const windows = at('win32', { LOCALAPPDATA: 'D:\\Local' });
  assert.ok(windows.includes('llama.cpp D:\\Local\\llama.cpp'));
  assert.ok(windows.includes('ollama C:\\Users\\me\\.ollama\\models'));
  const named = at('linux', {
    OLLAMA_MODELS: '/data/ollama',
    HF_HOME: '/data/hf',
    LLAMA_CACHE: '/data/llama',
    XDG_CACHE_HOME: '',
  });
  assert.ok(named.includes('ollama /data/ollama'));
  assert.ok(named.includes('hugging-face /data/hf/hub'));
  assert.ok(named.includes('llama.cpp /data/llama'));
  assert.ok(at('linux', { HF_HUB_CACHE: '/data/hub' }).includes('hugging-face /data/hub'));
});

test('models of every program are found where they lie, each once, with what they are', async (t) => {
  const home = folder(t);
  const own = join(home, 'own');
  model(join(own, 'ours.gguf'), { metadata: { 'general.name': text('Ours') } });
  model(join(home, '.lmstudio/models/maker/repo/lm.gguf'), { metadata: { 'general.name': text('Studio') } });

  const digest = 'a'.repeat(64);
  model(join(home, '.ollama/models/blobs', `sha256-${digest}`), {
    type: 'q4_0',
    metadata: { 'general.file_type': undefined },
  });
  const manifest = (path: string, value: unknown): void => {
    const file = join(home, '.ollama/models/manifests', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  };
  const layer = (of: string, hash: string) => ({
    mediaType: `application/vnd.ollama.image.${of}`,
    digest: `sha256:${hash}`,
  });
  manifest('registry.ollama.ai/library/tiny/0.5b', {
    layers: [layer('license', 'b'.repeat(64)), layer('model', digest)],
  });
  manifest('registry.ollama.ai/library/tiny/latest', { layers: [layer('model', digest)] });
  manifest('registry.ollama.ai/library/gone/1b', { layers: [layer('model', 'c'.repeat(64))] });
  manifest('registry.ollama.ai/library/odd/1b', { layers: [layer('model', '../../../etc/passwd')] });
  manifest('registry.ollama.ai/library/broken/1b', '{"layers":');

  const hub = join(home, '.cache/huggingface/hub/models--maker--repo');
  model(join(hub, 'blobs/0123'), { metadata: { 'general.name': text('Hub') } });
  linked('../../blobs/0123', join(hub, 'snapshots/rev1/hub.gguf'));
  linked('../../blobs/0123', join(hub, 'snapshots/rev2/hub.gguf'));
  linked('../../blobs/missing', join(hub, 'snapshots/rev2/broken.gguf'));

  model(join(home, '.cache/llama.cpp/cached.gguf'), { metadata: { 'general.name': undefined } });
  linked(join(own, 'ours.gguf'), join(home, '.cache/llama.cpp/again.gguf'));

  const places = knownPlaces({ env: {}, home, platform: 'linux', own }).filter(({ folder: path }) =>
    path.startsWith(home),
  );
  const models = await found(places);
  assert.deepEqual(
    models.map(({ where, name, facts }) => [where, name, facts.quantisation]),
    [
      ['companion', 'Ours', 'F16'],
      ['ollama', 'tiny:0.5b', 'Q4_0'],
      ['lm-studio', 'Studio', 'F16'],
      ['hugging-face', 'Hub', 'F16'],
      ['llama.cpp', 'cached', 'F16'],
    ],
  );
  assert.equal(models[3]?.path, join(hub, 'snapshots/rev1/hub.gguf'));
});

test('what isn’t a whole model is passed over', async (t) => {
  const place = folder(t);
  model(join(place, 'good.gguf'));
  model(join(place, 'mmproj-good.gguf'));
  model(join(place, 'adapter.gguf'), { metadata: { 'general.type': text('adapter') } });
  model(join(place, 'vocab.gguf'), { tensors: () => [] });
  model(join(place, 'unknown.gguf'), { metadata: { 'general.architecture': text('brand-new') } });
  model(join(place, 'big-00002-of-00002.gguf'));
  model(join(place, 'half-00001-of-00002.gguf'), {
    metadata: { 'split.no': { type: 'uint16', value: 0 }, 'split.count': { type: 'uint16', value: 2 } },
  });
  copyFileSync(join(place, 'good.gguf'), join(place, 'good.gguf.part'));
  writeFileSync(join(place, 'page.gguf'), '<html>');
  assert.deepEqual(
    (await found([{ where: 'llama.cpp', layout: 'files', folder: place }])).map(({ path }) => path),
    [join(place, 'good.gguf')],
  );
});

test('links in a circle, folders that can’t be read and places that aren’t there end nothing', async (t) => {
  const place = folder(t);
  model(join(place, 'a/good.gguf'));
  linked(place, join(place, 'a/round'));
  linked('nowhere', join(place, 'a/broken'));
  mkdirSync(join(place, 'closed'));
  chmodSync(join(place, 'closed'), 0);
  const models = await found([
    { where: 'lm-studio', layout: 'files', folder: join(place, 'nowhere') },
    { where: 'lm-studio', layout: 'ollama', folder: join(place, 'nowhere') },
    { where: 'llama.cpp', layout: 'files', folder: place },
  ]);
  chmodSync(join(place, 'closed'), 0o700);
  assert.deepEqual(
    models.map(({ path }) => path),
    [join(place, 'a/good.gguf')],
  );
});

test('the search does not go down for ever', async (t) => {
  const place = folder(t);
  let deep = place;
  for (let n = 0; n < 12; n++) deep = join(deep, 'd');
  model(join(deep, 'deep.gguf'));
  model(join(place, 'd/d/near.gguf'));
  const models = await found([{ where: 'llama.cpp', layout: 'files', folder: place }]);
  assert.deepEqual(
    models.map(({ path }) => path),
    [join(place, 'd/d/near.gguf')],
  );
});

test('a search can be stopped', async (t) => {
  const place = folder(t);
  model(join(place, 'a.gguf'));
  model(join(place, 'b.gguf'));
  renameSync(join(place, 'b.gguf'), join(place, 'c.gguf'));
  const stop = new AbortController();
  const models = findModels([{ where: 'llama.cpp', layout: 'files', folder: place }], stop.signal);
  assert.equal((await models.next()).done, false);
  stop.abort(new Error('enough'));
  await assert.rejects(models.next(), /enough/);
});
