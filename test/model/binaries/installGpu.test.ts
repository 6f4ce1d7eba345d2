import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { installGpu } from '../../../src/model/binaries/installGpu.ts';
import type { InstallOptions, InstallProgress, InstallResult } from '../../../src/model/binaries/installGpu.ts';
import { installedGpu, rememberTrial, removeGpuBinaries } from '../../../src/model/binaries/installed.ts';
import { takeLock } from '../../../src/model/binaries/lock.ts';
import { archiveOf, honest, startRegistry, vulkanEntries, vulkanName } from './registry.ts';
import type { Registry } from './registry.ts';

let own: string;
let folder: string;
let engineModules: string;

before(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'gpu-'));
  engineModules = path.join(own, 'node_modules');
  await mkdir(path.join(engineModules, 'node-llama-cpp'), { recursive: true });
  await writeFile(path.join(engineModules, 'node-llama-cpp/package.json'), '{"name":"node-llama-cpp"}');
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(own, 'engine-'));
});

after(async () => {
  await rm(own, { recursive: true, force: true });
});

const never = new AbortController().signal;

function install(registry: Registry, more: Partial<InstallOptions> = {}, signal = never): Promise<InstallResult> {
  const { release, choice } = registry;
  const onProgress = (): void => undefined;
  return installGpu({ release, choice, engineModules, folder, onProgress, pauseMs: 1, ...more }, signal);
}

function partFile(): string {
  return path.join(folder, '1.2.3/downloads/linux-x64-vulkan.tgz');
}

async function isInPlace(): Promise<boolean> {
  const { type } = await installedGpu(folder, '1.2.3');
  const leftovers = (await readdir(path.join(folder, '1.2.3')).catch(() => [])).filter((name) =>
    name.includes('partial'),
  );
  assert.deepEqual(leftovers, []);
  return type === 'installed';
}

function failure(result: InstallResult): string {
  assert.equal(result.type, 'failed');
  assert.match(result.message, /processor goes on computing/);
  return result.problem;
}

/** Serves so many bytes and, as soon as they have arrived, breaks the connection. */
function cutter(): {
  readonly serve: (request: IncomingMessage, response: ServerResponse, archive: Buffer, length: number) => void;
  readonly onProgress: InstallOptions['onProgress'];
} {
  let served: { readonly response: ServerResponse; readonly end: number } | undefined;
  return {
    serve: (request, response, archive, length) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      response.writeHead(from > 0 ? 206 : 200, {
        'content-length': archive.length - from,
        ...(from > 0 && { 'content-range': `bytes ${from}-${archive.length - 1}/${archive.length}` }),
      });
      response.write(archive.subarray(from, from + length));
      served = { response, end: from + length };
    },
    onProgress: (progress) => {
      if (progress.type === 'fetching' && progress.bytes === served?.end) served.response.destroy();
    },
  };
}

describe('installing an engine for the GPU', () => {
  test('it lies beside the engine that the companion came with, whole', async () => {
    await using registry = await startRegistry(honest);
    const progress: InstallProgress[] = [];
    const result = await install(registry, { onProgress: (step) => void progress.push(step) });
    assert.equal(result.type, 'installed');
    const modules = path.join(result.folder, 'node_modules');
    assert.ok(existsSync(path.join(modules, 'node-llama-cpp/package.json')));
    for (const { name, content } of vulkanEntries) {
      const file = path.join(modules, vulkanName, name.replace('package/', ''));
      assert.deepEqual(await readFile(file), Buffer.from(content ?? ''));
    }
    assert.deepEqual(progress.at(-1), { type: 'unpacking' });
    const { bytes: of } = registry.choice;
    assert.deepEqual(progress.at(-2), { type: 'fetching', bytes: of, of });
    assert.deepEqual(await installedGpu(folder, '1.2.3'), {
      type: 'installed',
      installed: { gpu: 'vulkan', folder: result.folder, bytes: result.bytes, tried: undefined },
    });
    assert.deepEqual(await readdir(path.join(folder, '1.2.3')), ['vulkan']);
  });

  test('for another version of the engine it is outdated, and the next installation removes it', async () => {
    await using registry = await startRegistry(honest);
    await install(registry);
    assert.deepEqual(await installedGpu(folder, '1.3.0'), { type: 'outdated', versions: ['1.2.3'] });
    await mkdir(path.join(folder, '1.0.0/vulkan'), { recursive: true });
    await install(registry);
    assert.deepEqual((await readdir(folder)).sort(), ['1.2.3']);
  });

  test('how its trial went is remembered until it is installed anew', async () => {
    await using registry = await startRegistry(honest);
    const result = await install(registry);
    assert.equal(result.type, 'installed');
    await rememberTrial(result.folder, { worked: true, words: 'A GPU' });
    const found = await installedGpu(folder, '1.2.3');
    assert.deepEqual(found.type === 'installed' && found.installed.tried, { worked: true, words: 'A GPU' });
    await install(registry);
    const anew = await installedGpu(folder, '1.2.3');
    assert.equal(anew.type === 'installed' && anew.installed.tried, undefined);
  });

  test('it can be removed', async () => {
    await using registry = await startRegistry(honest);
    await install(registry);
    assert.deepEqual(await removeGpuBinaries(folder), { type: 'removed' });
    assert.equal(existsSync(folder), false);
    assert.deepEqual(await installedGpu(folder, '1.2.3'), { type: 'none' });
  });
});

describe('a connection that fails', () => {
  test('one that breaks off is taken up where it ended', async () => {
    let connections = 0;
    const cut = cutter();
    await using registry = await startRegistry((request, response, archive) => {
      if (++connections > 3) honest(request, response, archive);
      else cut.serve(request, response, archive, 50_000);
    });
    assert.equal((await install(registry, { onProgress: cut.onProgress })).type, 'installed');
    assert.deepEqual(
      registry.requests.map(({ headers }) => headers.range),
      [undefined, 'bytes=50000-', 'bytes=100000-', 'bytes=150000-'],
    );
  });

  test('one that always breaks off ends with what came kept for the next time', async () => {
    let isBroken = true;
    const cut = cutter();
    await using registry = await startRegistry((request, response, archive) => {
      if (!isBroken) honest(request, response, archive);
      else if (request.headers.range !== undefined) response.destroy();
      else cut.serve(request, response, archive, 100_000);
    });
    assert.equal(failure(await install(registry, { onProgress: cut.onProgress })), 'broken-off');
    assert.equal(await isInPlace(), false);
    isBroken = false;
    assert.equal((await install(registry)).type, 'installed');
    assert.match(registry.requests.at(-1)?.headers.range ?? '', /^bytes=[1-9]\d+-$/);
  });

  test('a server that says nothing more is given up', async () => {
    await using registry = await startRegistry((_request, response, archive) => {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 10));
    });
    assert.equal(failure(await install(registry, { stallMs: 50 })), 'broken-off');
  });

  test('a server that ignores ranges sends it all again', async () => {
    let connections = 0;
    const cut = cutter();
    await using registry = await startRegistry((request, response, archive) => {
      if (++connections === 1) cut.serve(request, response, archive, 100_000);
      else response.writeHead(200, { 'content-length': archive.length }).end(archive);
    });
    assert.equal((await install(registry, { onProgress: cut.onProgress })).type, 'installed');
    assert.deepEqual(
      registry.requests.map(({ headers }) => headers.range),
      [undefined, 'bytes=100000-'],
    );
  });

  test('a server in trouble is asked again', async () => {
    let connections = 0;
    await using registry = await startRegistry((request, response, archive) => {
      if (++connections < 3) response.writeHead(503).end();
      else honest(request, response, archive);
    });
    assert.equal((await install(registry)).type, 'installed');
  });

  test('a redirection is followed', async () => {
    await using other = await startRegistry(honest);
    await using registry = await startRegistry((request, response) => {
      const location = new URL(request.url ?? '', other.release.registry).href;
      response.writeHead(302, { location }).end();
    });
    assert.equal((await install(registry)).type, 'installed');
    assert.equal(other.requests.length, 1);
  });

  test('offline it says so, at once', async () => {
    const registry = await startRegistry(honest);
    await registry[Symbol.asyncDispose]();
    assert.equal(failure(await install(registry, { pauseMs: 60_000 })), 'offline');
    assert.equal(await isInPlace(), false);
  });

  test('a registry without the package is not asked twice', async () => {
    await using registry = await startRegistry((_request, response) => void response.writeHead(404).end());
    assert.equal(failure(await install(registry, { pauseMs: 60_000 })), 'refused');
    assert.equal(registry.requests.length, 1);
  });
});

describe('what is not the engine of this version', () => {
  test('another archive of the same length is thrown away', async () => {
    await using registry = await startRegistry((request, response, archive) => {
      const other = Buffer.from(archive);
      other.writeUInt8(archive.readUInt8(archive.length >> 1) ^ 1, archive.length >> 1);
      honest(request, response, other);
    });
    assert.equal(failure(await install(registry)), 'wrong-integrity');
    assert.equal(existsSync(partFile()), false);
    assert.equal(await isInPlace(), false);
  });

  test('a longer one is not read to its end', async () => {
    await using registry = await startRegistry((_request, response, archive) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(archive));
      };
      response.on('drain', more);
      more();
    });
    assert.equal(failure(await install(registry)), 'wrong-integrity');
    assert.equal(await isInPlace(), false);
  });

  test('a wrong beginning from before is noticed, and all of it fetched again', async () => {
    await using registry = await startRegistry(honest);
    await mkdir(path.dirname(partFile()), { recursive: true });
    await writeFile(partFile(), Buffer.alloc(100_000));
    assert.equal((await install(registry)).type, 'installed');
    assert.deepEqual(
      registry.requests.map(({ headers }) => headers.range),
      ['bytes=100000-', undefined],
    );
  });

  test('an archive that leads out of its folder leaves nothing behind', async () => {
    const archive = archiveOf([...vulkanEntries, { name: 'package/../../../../../escaped', content: 'x' }]);
    await using registry = await startRegistry(honest, archive);
    assert.equal(failure(await install(registry)), 'wrong-integrity');
    assert.equal(await isInPlace(), false);
    assert.ok(!(await readdir(own, { recursive: true })).some((name) => name.includes('escaped')));
  });

  test('an archive that unpacks to more than was said is refused', async () => {
    const archive = archiveOf([...vulkanEntries, { name: 'package/zeros', content: Buffer.alloc(2_000_000) }]);
    await using registry = await startRegistry(honest, archive);
    assert.equal(failure(await install(registry)), 'wrong-integrity');
    assert.equal(await isInPlace(), false);
  });
});

describe('the disk', () => {
  test('without room nothing is asked of the registry', async () => {
    await using registry = await startRegistry(honest);
    assert.equal(failure(await install(registry, { freeBytes: () => Promise.resolve(1_000_000) })), 'disk-full');
    assert.equal(registry.requests.length, 0);
  });

  test('that gets full on the way is named', { skip: !existsSync('/dev/full') }, async () => {
    await using registry = await startRegistry(honest);
    await mkdir(path.dirname(partFile()), { recursive: true });
    await symlink('/dev/full', partFile());
    assert.equal(failure(await install(registry)), 'disk-full');
    assert.equal(await isInPlace(), false);
  });

  test('that can’t be written is named', async () => {
    await using registry = await startRegistry(honest);
    await writeFile(path.join(folder, '1.2.3'), 'a file where a folder should be');
    assert.equal(failure(await install(registry)), 'not-writable');
  });
});

describe('stopping and other windows', () => {
  test('a stop in the middle keeps what is there, and the next try goes on', async () => {
    const stop = new AbortController();
    let isSlow = true;
    await using registry = await startRegistry((request, response, archive) => {
      if (!isSlow) honest(request, response, archive);
      else {
        response.writeHead(200, { 'content-length': archive.length });
        response.write(archive.subarray(0, 100_000));
      }
    });
    const onProgress = ({ type }: InstallProgress): void => {
      if (type === 'fetching') stop.abort();
    };
    assert.deepEqual(await install(registry, { onProgress }, stop.signal), { type: 'stopped' });
    assert.equal(await isInPlace(), false);
    isSlow = false;
    assert.equal((await install(registry)).type, 'installed');
    assert.match(registry.requests.at(-1)?.headers.range ?? '', /^bytes=[1-9]\d+-$/);
  });

  test('a stop while it waits to try again is heard', async () => {
    const stop = new AbortController();
    await using registry = await startRegistry((_request, response) => {
      response.writeHead(503).end(() => {
        setImmediate(() => {
          stop.abort();
        });
      });
    });
    assert.deepEqual(await install(registry, { pauseMs: 60_000 }, stop.signal), { type: 'stopped' });
  });

  test('only one window installs or removes at a time', async () => {
    await using registry = await startRegistry(honest);
    const release = await takeLock(folder);
    assert.equal(failure(await install(registry)), 'busy');
    assert.equal((await removeGpuBinaries(folder)).type, 'failed');
    await release();
    assert.equal((await install(registry)).type, 'installed');
  });

  test('a window that died in the middle does not stand in the way', async () => {
    await using registry = await startRegistry(honest);
    await mkdir(path.join(folder, '1.2.3/vulkan.partial/node_modules/half'), { recursive: true });
    await writeFile(path.join(folder, 'changing.lock'), String(2 ** 30));
    assert.equal((await install(registry)).type, 'installed');
    assert.equal(await isInPlace(), true);
  });
});
