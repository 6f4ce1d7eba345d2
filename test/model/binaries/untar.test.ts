import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ArchiveError, unpack } from '../../../src/model/binaries/untar.ts';
import { archiveOf, noise, tarOf } from './registry.ts';

let own: string;
let folder: string;

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'untar-'));
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(own, 'out-'));
});

after(async () => {
  await rm(own, { recursive: true, force: true });
});

const never = new AbortController().signal;
const limits = { bytes: 1_000_000, files: 10 };

async function unpackBytes(archive: Buffer, signal = never): Promise<number> {
  const file = path.join(folder, '..', `${path.basename(folder)}.tgz`);
  await writeFile(file, archive);
  return unpack(file, folder, limits, signal);
}

const refused = (archive: Buffer): Promise<void> => assert.rejects(unpackBytes(archive), ArchiveError);

test('what npm packs comes out as it was', { skip: process.platform === 'win32' }, async () => {
  const source = path.join(own, 'source');
  const long = `${'deep/'.repeat(30)}file.bin`;
  await mkdir(path.join(source, path.dirname(long)), { recursive: true });
  await writeFile(path.join(source, 'package.json'), '{"name":"packed","version":"1.0.0"}');
  await writeFile(path.join(source, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(path.join(source, 'empty'), '');
  await writeFile(path.join(source, long), noise(100_001));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', own], { cwd: source, stdio: 'pipe' });
  const bytes = await unpackBytes(await readFile(path.join(own, 'packed-1.0.0.tgz')));
  assert.equal(bytes, 100_001 + 35 + 10);
  assert.deepEqual(await readFile(path.join(folder, long)), noise(100_001));
  assert.equal(await readFile(path.join(folder, 'empty'), 'utf8'), '');
});

test('what may be run stays so', { skip: process.platform === 'win32' }, async () => {
  await unpackBytes(
    archiveOf([
      { name: 'package/run', mode: 0o755, content: 'x' },
      { name: 'package/read', content: 'x' },
    ]),
  );
  assert.equal((await stat(path.join(folder, 'run'))).mode & 0o111, 0o111);
  assert.equal((await stat(path.join(folder, 'read'))).mode & 0o111, 0);
});

for (const name of [
  '/etc/passwd',
  'package/../../x',
  'package/a/../../x',
  'package/..',
  '..',
  'x',
  'package/',
  'a\\b/c\\d',
  'package/C:x',
  'package//x',
  'package/./x',
]) {
  test(`a file named ${name} is refused`, () => refused(archiveOf([{ name, content: 'x' }])));
}

for (const [what, type] of [
  ['hard link', '1'],
  ['symbolic link', '2'],
  ['device', '3'],
  ['pipe', '6'],
] as const) {
  test(`a ${what} is refused`, () => refused(archiveOf([{ name: 'package/x', type, link: '/etc/passwd' }])));
}

test('a long name may not lead out either', async () => {
  const path = 'path=package/../../x\n';
  const record = `${path.length + 3} ${path}`;
  await refused(
    archiveOf([
      { name: 'package/pax', type: 'x', content: record },
      { name: 'package/x', content: 'x' },
    ]),
  );
});

test('the same file twice is refused, in other capitals too', () =>
  refused(
    archiveOf([
      { name: 'package/x', content: '1' },
      { name: 'package/X', content: '2' },
    ]),
  ));

test('more files or bytes than allowed are refused', async () => {
  await refused(archiveOf([{ name: 'package/zeros', content: Buffer.alloc(1_000_001) }]));
  await refused(archiveOf(Array.from({ length: 11 }, (_, i) => ({ name: `package/${i}`, content: 'x' }))));
});

test('cut anywhere, it is refused', async () => {
  const archive = archiveOf([
    { name: 'package/a', content: noise(2000) },
    { name: 'package/b', content: noise(2000) },
  ]);
  for (const length of [0, 1, 5, 18, 300, 1500, 2000, archive.length - 9, archive.length - 1]) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await refused(archive.subarray(0, length));
  }
});

test('an archive in an archive that is cut is refused, too', async () => {
  const tar = tarOf([{ name: 'package/a', content: noise(2000) }]);
  for (const length of [1, 511, 513, 2000]) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await refused(gzipSync(tar.subarray(0, length)));
  }
});

test('a damaged header is refused', async () => {
  const tar = tarOf([{ name: 'package/a', content: 'x' }]);
  for (const at of [0, 125, 150, 156, 300]) {
    const damaged = Buffer.from(tar);
    damaged.writeUInt8(tar.readUInt8(at) ^ 0x10, at);
    await refused(gzipSync(damaged));
  }
});

test('no archive and an empty one are refused', async () => {
  await refused(Buffer.from('<html>Sign in to the hotel network</html>'));
  await refused(archiveOf([]));
});

test('it can be stopped', async () => {
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await assert.rejects(unpackBytes(archiveOf([{ name: 'package/a', content: 'x' }]), stop.signal), /enough|aborted/);
  assert.deepEqual(await readdir(folder), []);
});
