import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { takeLock } from '../../../src/model/files/fileLock.ts';
import { discardDownload, fetchedBytes, ownModels, removeOwnModel } from '../../../src/model/files/ownModels.ts';
import { folder } from './tinyModel.ts';

function put(place: string, name: string, size: number): string {
  writeFileSync(join(place, name), Buffer.alloc(size));
  return join(place, name);
}

test('models, the files of one taken together, and leftovers are listed with their sizes', async (t) => {
  const place = folder(t);
  put(place, 'a.gguf', 1000);
  put(place, 'big-00001-of-00002.gguf', 2000);
  put(place, 'big-00002-of-00002.gguf', 3000);
  put(place, 'c.gguf.part', 400);
  put(place, 'c.gguf.part.json', 50);
  put(place, 'notes.txt', 7);
  mkdirSync(join(place, 'folder.gguf'));
  const { models, leftovers, bytes } = await ownModels(place);
  assert.deepEqual(
    models.map(({ fileName, bytes: size }) => [fileName, size]),
    [
      ['a.gguf', 1000],
      ['big-00001-of-00002.gguf', 5000],
    ],
  );
  assert.deepEqual(leftovers, [{ fileName: 'c.gguf', path: join(place, 'c.gguf.part'), bytes: 400 }]);
  assert.equal(bytes, 6457);
  assert.equal(await fetchedBytes(place, 'c.gguf'), 400);
  assert.equal(await fetchedBytes(place, 'a.gguf'), 0);
  assert.deepEqual(await ownModels(join(place, 'nowhere')), { models: [], leftovers: [], bytes: 0 });
});

test('a model is removed with all its files', async (t) => {
  const place = folder(t);
  put(place, 'big-00001-of-00002.gguf', 10);
  put(place, 'big-00002-of-00002.gguf', 10);
  put(place, 'other.gguf', 10);
  assert.equal(await removeOwnModel(place, 'big-00001-of-00002.gguf', []), 'removed');
  assert.deepEqual(readdirSync(place), ['other.gguf']);
  assert.equal(await removeOwnModel(place, 'big-00001-of-00002.gguf', []), 'missing');
});

test('a model that is in use stays', async (t) => {
  const place = folder(t);
  const path = put(place, 'a.gguf', 10);
  assert.equal(await removeOwnModel(place, 'a.gguf', [path]), 'in-use');
  assert.ok(existsSync(path));
});

test('nothing outside the folder is removed', async (t) => {
  const place = folder(t);
  const outside = put(place, 'outside.gguf', 10);
  const own = join(place, 'own');
  mkdirSync(own);
  for (const name of ['../outside.gguf', outside, '..\\outside.gguf']) {
    assert.equal(await removeOwnModel(own, name, []), 'missing');
    assert.equal(await discardDownload(own, name), 'missing');
  }
  assert.ok(existsSync(outside));
});

test('what is being fetched is neither removed nor discarded; after that it is', async (t) => {
  const place = folder(t);
  put(place, 'a.gguf', 10);
  put(place, 'a.gguf.part', 10);
  put(place, 'a.gguf.part.json', 10);
  const lock = await takeLock(join(place, 'a.gguf.lock'));
  assert.ok(lock);
  assert.equal(await removeOwnModel(place, 'a.gguf', []), 'being-fetched');
  assert.equal(await discardDownload(place, 'a.gguf'), 'being-fetched');
  await lock.release();
  assert.equal(await discardDownload(place, 'a.gguf'), 'removed');
  assert.deepEqual(readdirSync(place), ['a.gguf']);
});
