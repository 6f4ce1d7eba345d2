import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { nearest, passageVectors } from '../../../src/vscode/model/passageVectors.ts';
import type { VectorParts } from '../../../src/vscode/model/passageVectors.ts';
import { decodeVectors, encodeVectors } from '../../../src/vscode/model/vectorsFile.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vectors-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const texts = Array.from({ length: 150 }, (_, index) => ({ id: `p#${index}`, text: `text ${index}` }));
const angle = (text: string): number => Number(text.replace('text ', '')) / 100;
const embed = (asked: readonly string[]): Promise<number[][]> =>
  Promise.resolve(asked.map((text) => [Math.cos(angle(text)), Math.sin(angle(text))]));

/** Runs with a model that counts what it is asked, and goes on strike after `most` texts. */
async function run(more: Partial<VectorParts> = {}, most = Infinity) {
  let asked = 0;
  let failure = '';
  const refused: string[] = [];
  const vectors = await passageVectors({
    folder,
    modelHash: 'a'.repeat(64),
    texts,
    embed: (each) => {
      asked += each.length;
      return asked > most ? Promise.reject(new Error('The model has gone.')) : embed(each);
    },
    onProgress: () => undefined,
    onRefused: (id) => {
      refused.push(id);
    },
    signal: new AbortController().signal,
    ...more,
  }).catch((error: unknown) => {
    failure = String(error);
    return undefined;
  });
  return { vectors, asked, failure, refused };
}

test('what was computed once is read from the file after', async () => {
  const first = await run();
  const second = await run();
  assert.equal(first.asked, texts.length);
  assert.equal(second.asked, 0);
  assert.deepEqual(second.vectors, first.vectors);
});

test('the nearest in meaning come first', async () => {
  const { vectors } = await run();
  assert.ok(vectors);
  const found = nearest(vectors, [Math.cos(0.7), Math.sin(0.7)], 3);
  assert.equal(found[0]?.id, 'p#70');
  assert.deepEqual(new Set(found.map(({ id }) => id)), new Set(['p#70', 'p#69', 'p#71']));
  assert.ok(Math.abs(found[0].score - 1) < 1e-6);
});

test('a text that the model refuses keeps none from theirs, is found by nobody, and isn’t asked again', async () => {
  const refusing: VectorParts['embed'] = (each) =>
    each.includes('text 0') || each.includes('text 100') ? Promise.reject(new Error('no such token')) : embed(each);
  const first = await run({ embed: refusing });
  assert.deepEqual(first.refused, ['p#0', 'p#100']);
  assert.equal(first.vectors?.size, texts.length - 2);
  const found = nearest(first.vectors, [1, 0], texts.length);
  assert.equal(found.length, texts.length - 2);
  assert.equal(found[0]?.id, 'p#1');
  const second = await run();
  assert.equal(second.asked, 0);
  assert.deepEqual(second.vectors, first.vectors);
});

test('work that was broken off goes on where it was', async () => {
  const broken = await run({}, 100);
  assert.match(broken.failure, /The model has gone/);
  const rest = await run();
  assert.ok(rest.asked < texts.length - 64, `${rest.asked} were computed again`);
  assert.deepEqual(rest.vectors, (await run()).vectors);
});

test('another model and another edition begin anew, and leave nothing behind', async () => {
  await run();
  const other = await run({ modelHash: 'b'.repeat(64) });
  assert.equal(other.asked, texts.length);
  const edition = texts.map((each, index) => (index === 3 ? { ...each, text: 'text 7' } : each));
  assert.equal((await run({ modelHash: 'b'.repeat(64), texts: edition })).asked, texts.length);
  assert.equal((await readdir(folder)).length, 1);
});

test('a damaged file is not believed', async () => {
  await run();
  const [name = ''] = await readdir(folder);
  const whole = await readFile(join(folder, name));
  const flipped = Buffer.from(whole);
  flipped.writeUInt8(whole.readUInt8(whole.length >> 1) ^ 1, whole.length >> 1);
  for (const damaged of [whole.subarray(0, -1), whole.subarray(0, 10), Buffer.alloc(0), flipped]) {
    await writeFile(join(folder, name), damaged);
    assert.equal((await run()).asked, texts.length);
  }
});

test('stopping keeps what is done', async () => {
  const stop = new AbortController();
  const stopped = await run({
    signal: stop.signal,
    onProgress: (done) => {
      if (done >= 80) stop.abort(new Error('The window is closing.'));
    },
  });
  assert.match(stopped.failure, /window is closing/);
  assert.ok((await run()).asked < texts.length - 64);
});

test('a file of other dimensions than it says is refused', () => {
  const of = { modelHash: 'a', digest: 'b' };
  const bytes = encodeVectors(of, [Float32Array.of(1, 2), Float32Array.of(3, 4)]);
  assert.deepEqual(decodeVectors(bytes, of), [Float32Array.of(1, 2), Float32Array.of(3, 4)]);
  assert.equal(decodeVectors(bytes, { ...of, digest: 'c' }), undefined);
  assert.equal(decodeVectors(bytes, { ...of, modelHash: 'c' }), undefined);
});
