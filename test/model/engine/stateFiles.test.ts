import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, readFile, readdir, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openStateFiles } from '../../../src/model/engine/stateFiles.ts';
import type { StateFiles } from '../../../src/model/engine/stateFiles.ts';
import type { StateOrigin } from '../../../src/model/engine/stateSeal.ts';
import { temporaryFolder } from './opened.ts';

const origin: StateOrigin = { engine: 'engine 1', model: 'model a', kvCache: 'f16', flashAttention: true };
const tokens = (from: number, count = 300): number[] => Array.from({ length: count }, (_, index) => from + index);

/** Writes what llama.cpp would: its header, the tokens, and `size` bytes of cells. */
function cells(ids: readonly number[], size: number): (path: string) => Promise<void> {
  return async (path) => {
    const head = Uint32Array.from([0x67677371, 2, ids.length, ...ids]);
    const body = Buffer.alloc(size, 'cells');
    await writeFile(path, Buffer.concat([Buffer.from(head.buffer), body]));
  };
}

interface Shelf {
  readonly folder: string;
  readonly files: StateFiles;
  readonly log: string[];
  /** Keeps a state of so many bytes, a second after the one before. */
  readonly keep: (ids: readonly number[], size?: number) => Promise<void>;
  readonly tick: () => void;
}

async function shelf(t: TestContext, { quota = 1e6, folder = '', of = origin } = {}): Promise<Shelf> {
  const where = folder === '' ? join(await temporaryFolder(t), 'states') : folder;
  const log: string[] = [];
  let time = 1_700_000_000_000;
  const files = await openStateFiles({
    folder: where,
    quota,
    origin: of,
    log: (level, line) => {
      log.push(`${level} ${line}`);
    },
    now: () => time,
  });
  const tick = (): void => {
    time += 1000;
  };
  return {
    folder: where,
    files,
    log,
    tick,
    keep: async (ids, size = 5000) => {
      tick();
      const { keep } = await files.save(ids, cells(ids, size));
      await keep();
    },
  };
}

const taken = async (files: StateFiles): Promise<string | undefined> => {
  const [first] = await files.list();
  return first && files.take(first);
};

test('a state that was kept is found by its tokens and begins with what llama.cpp wrote', async (t) => {
  const { files, keep, folder } = await shelf(t);
  await keep(tokens(0));
  assert.equal(await files.has(tokens(0)), true);
  assert.equal(await files.has(tokens(1)), false);
  const [stored] = await files.list();
  assert.deepEqual(Array.from(stored?.tokens ?? []), tokens(0));
  const path = await taken(files);
  assert.ok(path);
  const written = join(folder, 'written');
  await cells(tokens(0), 5000)(written);
  const expected = await readFile(written);
  assert.deepEqual((await readFile(path)).subarray(0, expected.length), expected);
  assert.equal(files.statistics().count, 1);
  assert.equal(files.statistics().bytes, (await stat(path)).size);
});

test('whatever byte is missing or wrong, the file isn’t read, but removed and reported', async (t) => {
  const { folder, keep } = await shelf(t);
  await keep(tokens(0));
  const [name = ''] = await readdir(folder);
  const path = join(folder, name);
  const whole = await readFile(path);
  const good = `${folder}-good`;
  await copyFile(path, good);

  const flip = (at: number) => async (): Promise<void> => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await writeFile(path, bytes);
  };
  const payload = 12 + 4 * 300 + 5000;
  const damages: Record<string, () => Promise<void>> = {
    'without its last byte': () => truncate(path, whole.length - 1),
    'cut in the checksum': () => truncate(path, whole.length - 20),
    'cut in the header': () => truncate(path, payload + 10),
    'without the header': () => truncate(path, payload),
    'cut in the cells': () => truncate(path, payload - 1),
    'cut in the tokens': () => truncate(path, 100),
    'cut in llama.cpp’s header': () => truncate(path, 7),
    empty: () => truncate(path, 0),
    'with a byte more': () => appendFile(path, 'x'),
    'of another kind': () => writeFile(path, Buffer.alloc(whole.length, 'garbage ')),
    'with a byte left out in the middle': () =>
      writeFile(path, Buffer.concat([whole.subarray(0, 3000), whole.subarray(3001)])),
  };
  for (const at of [0, 4, 8, 12, 600, 2000, payload - 1, payload, payload + 30]) {
    damages[`with byte ${at} changed`] = flip(at);
  }
  for (const fromEnd of [1, 8, 9, 12, 13, 44, 45])
    damages[`with byte -${fromEnd} changed`] = flip(whole.length - fromEnd);

  for (const [damage, inflict] of Object.entries(damages)) {
    await copyFile(good, path);
    const { files, log } = await shelf(t, { folder });
    await inflict();
    assert.equal(await taken(files), undefined, damage);
    assert.deepEqual(await readdir(folder), [], damage);
    assert.equal(log.length, 1, damage);
  }
  await copyFile(good, path);
  assert.ok(await taken((await shelf(t, { folder })).files), 'the undamaged file');
});

test('a file that changes after it was listed isn’t read either', async (t) => {
  const { files, keep, folder } = await shelf(t);
  await keep(tokens(0));
  const [stored] = await files.list();
  const [name = ''] = await readdir(folder);
  await truncate(join(folder, name), 2000);
  assert.ok(stored);
  assert.equal(await files.take(stored), undefined);
  assert.deepEqual(await files.list(), []);
});

test('a state of another model, engine or cache isn’t seen, and not read under a wrong name', async (t) => {
  const { folder, keep } = await shelf(t);
  const others: StateOrigin[] = [
    { ...origin, model: 'model b' },
    { ...origin, engine: 'engine 2' },
    { ...origin, kvCache: 'q8_0' },
    { ...origin, flashAttention: false },
  ];
  for (const of of others) {
    await keep(tokens(0));
    const [name = ''] = await readdir(folder);
    const other = await shelf(t, { folder, of });
    assert.deepEqual(await other.files.list(), []);
    assert.equal(await other.files.has(tokens(0)), false);
    // Under the name that a state of the other would have.
    const elsewhere = await shelf(t, { of });
    await elsewhere.keep(tokens(0));
    const [wrong = ''] = await readdir(elsewhere.folder);
    assert.notEqual(wrong, name);
    await rename(join(folder, name), join(folder, wrong));
    assert.equal(await taken(other.files), undefined);
    assert.match(other.log.join(), /a state of something else/);
  }
});

test('when the quota is full, what was used longest ago goes', async (t) => {
  const size = 12 + 4 * 300 + 5000;
  const { files, keep, tick } = await shelf(t, { quota: 3 * size + 2000 });
  for (const from of [0, 1000, 2000]) await keep(tokens(from));
  tick();
  const first = (await files.list()).find((stored) => stored.tokens[0] === 0);
  assert.ok(first && (await files.take(first)));
  await keep(tokens(3000));
  const left = (await files.list()).map((stored) => stored.tokens[0]);
  assert.deepEqual(left.toSorted(), [0, 2000, 3000]);
  assert.equal(files.statistics().count, 3);
  assert.ok(files.statistics().bytes <= files.statistics().quota);
});

test('what is larger than the quota isn’t kept, and costs the others nothing', async (t) => {
  const { files, keep, folder } = await shelf(t, { quota: 10_000 });
  await keep(tokens(0), 3000);
  await keep(tokens(1000), 20_000);
  assert.deepEqual(
    (await files.list()).map((stored) => stored.tokens[0]),
    [0],
  );
  assert.equal((await readdir(folder)).length, 1);
  assert.equal(files.fits(10_001), false);
});

test('a state that couldn’t be written leaves nothing behind', async (t) => {
  const { files, folder } = await shelf(t);
  await assert.rejects(
    files.save(tokens(0), () => Promise.reject(new Error('disk full'))),
    /disk full/,
  );
  assert.deepEqual(await readdir(folder), []);
});

test('what another process left unfinished is removed after an hour', async (t) => {
  const { folder } = await shelf(t);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'old.partial'), 'x');
  // The shelf's clock stands before that: for it the file is new. A clock of today is an hour ahead of nothing.
  await shelf(t, { folder });
  assert.deepEqual(await readdir(folder), ['old.partial']);
  const later = Date.now() + 2 * 60 * 60 * 1000;
  await openStateFiles({ folder, quota: 1e6, origin, log: () => undefined, now: () => later });
  assert.deepEqual(await readdir(folder), []);
});

test('several processes keep and remove in one folder at once', async (t) => {
  const one = await shelf(t, { quota: 20_000 });
  const two = await shelf(t, { quota: 20_000, folder: one.folder });
  const work = async ({ files, keep }: Shelf, from: number): Promise<void> => {
    for (let n = 0; n < 12; n++) {
      await keep(tokens(from + 1000 * (n % 5)));
      for (const stored of await files.list()) {
        const path = await files.take(stored);
        if (path === undefined) continue;
        const found = await readFile(path).catch(() => undefined);
        if (found) assert.equal(found.readUInt32LE(12), stored.tokens[0]);
      }
    }
  };
  await Promise.all([work(one, 0), work(two, 0), work(two, 7000)]);
  assert.ok((await readdir(one.folder)).every((name) => name.endsWith('.state')));
  await one.keep(tokens(50_000));
  assert.ok(one.files.statistics().bytes <= 20_000);
});
