// Shelf, queue and network together, against a server on loopback, in one window and in two.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { savedAs } from '../../src/core/library/address.ts';
import { documentState } from '../../src/core/library/savedDocument.ts';
import type { NewDocument } from '../../src/core/library/savedDocument.ts';
import { usualLimits } from '../../src/library/fetch/limits.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { Library } from '../../src/library/library.ts';
import { usualPoliteness } from '../../src/library/shelf/queueRows.ts';
import { folder, names, noProxy, page, testRules, webServer } from './webServer.ts';

const polite = { ...usualPoliteness, hostMs: () => 0, retryMs: 20, leaseMs: 2000 };

function open(
  t: TestContext,
  place: string,
  more: { resolve?: Parameters<typeof names>[0]; perHost?: number } = {},
): Library {
  const problems: string[] = [];
  const library = openLibrary({
    folder: place,
    network: () => noProxy,
    quota: () => 1e9,
    userAgent: 'Test/1',
    now: Date.now,
    newId: randomUUID,
    report: (problem) => void problems.push(problem),
    rules: testRules,
    limits: usualLimits,
    extract: { entry: '', data: '' },
    searchScript: '',
    polite: { ...polite, perHost: more.perHost ?? 2 },
    resolve: names(more.resolve ?? {}),
  });
  t.after(() => library.dispose());
  return library;
}

function web(address: string): NewDocument {
  const as = savedAs(address, testRules);
  assert.ok(as);
  return { ...as, title: as.address, creators: '', kind: 'page', origin: 'address', minutes: 0 };
}

async function until(met: () => boolean): Promise<void> {
  while (!met()) await sleep(5);
}

function states({ shelf }: Library): string[] {
  return shelf.documents().map(documentState).sort();
}

test('what is added is fetched, and called by its own title', async (t) => {
  const { origin, requests } = await webServer(t, (request, response) => {
    response.end(request.url === '/md' ? '<!doctype html><title>Its own</title>' : page(100, `Page ${request.url}`));
  });
  const library = open(t, folder(t));
  library.shelf.add(['/1', '/2', '/3'].map((path) => web(origin + path)));
  assert.equal(requests.length, 0, 'nothing is fetched before it is asked for');
  library.queue.start();
  await library.queue.whenIdle();
  assert.deepEqual(
    library.shelf
      .documents()
      .map(({ title }) => title)
      .sort(),
    ['Page /1', 'Page /2', 'Page /3'],
  );
  assert.deepEqual(states(library), ['fetched', 'fetched', 'fetched']);
  assert.equal(requests.length, 3);
});

test('no more requests at once than is polite', async (t) => {
  let [open_, most] = [0, 0];
  const { origin } = await webServer(t, (request, response) => {
    most = Math.max(most, ++open_);
    setTimeout(() => {
      open_--;
      response.end(page(100, request.url));
    }, 20);
  });
  const place = folder(t);
  const [one, two] = [open(t, place, { perHost: 2 }), open(t, place, { perHost: 2 })];
  one.shelf.add(Array.from({ length: 12 }, (_, index) => web(`${origin}/${index}`)));
  one.queue.start();
  two.queue.start();
  await Promise.all([one.queue.whenIdle(), two.queue.whenIdle()]);
  assert.equal(most, 2);
  assert.deepEqual(new Set(states(one)), new Set(['fetched']));
});

test('two windows fetch nothing twice, and both end', async (t) => {
  const { origin, requests } = await webServer(t, (request, response) => {
    response.end(page(5000, request.url));
  });
  const place = folder(t);
  const [one, two] = [open(t, place), open(t, place)];
  const wanted = Array.from({ length: 30 }, (_, index) => web(`${origin}/${index}`));
  one.shelf.add(wanted);
  two.shelf.add(wanted);
  one.queue.start();
  two.queue.start();
  await Promise.all([one.queue.whenIdle(), two.queue.whenIdle()]);
  assert.equal(requests.length, 30);
  assert.deepEqual(states(two), Array(30).fill('fetched'));
});

test('a server in trouble is asked again, as often as makes sense', async (t) => {
  const { origin, requests } = await webServer(t, (request, response, count) => {
    if (request.url === '/busy' && count <= 2) response.writeHead(503, { 'retry-after': '0' }).end();
    else if (request.url === '/busy') response.end(page());
    else response.writeHead(404).end();
  });
  const library = open(t, folder(t));
  library.shelf.add([web(`${origin}/busy`)]);
  library.queue.start();
  await library.queue.whenIdle();
  assert.deepEqual([states(library), requests.length], [['fetched'], 3]);
  library.shelf.add([web(`${origin}/gone`)]);
  library.queue.start();
  await library.queue.whenIdle();
  assert.deepEqual([states(library), requests.length], [['failed', 'fetched'], 4]);
});

test('a window that closes midway leaves the rest to the next, which goes on where it was', async (t) => {
  const text = page(400_000);
  const { origin, requests } = await webServer(t, (request, response) => {
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = from > 0 && { 'content-range': `bytes ${from}-${text.length - 1}/${text.length}` };
    response.writeHead(from > 0 ? 206 : 200, { etag: '"one"', 'content-length': text.length - from, ...range });
    if (from > 0) response.end(text.slice(from));
    else response.write(text.slice(0, 100_000));
  });
  const place = folder(t);
  const first = open(t, place);
  first.shelf.add([web(`${origin}/`)]);
  first.queue.start();
  // Until something of it is on the disk.
  await until(() =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.part'))
      .some((name) => readFileSync(join(place, name)).length > 0),
  );
  await first.dispose();

  const second = open(t, place);
  assert.deepEqual(states(second), ['queued']);
  second.queue.start();
  await second.queue.whenIdle();
  const [document] = second.shelf.documents();
  assert.ok(document && requests.length === 2 && requests[1]?.headers.range !== undefined);
  assert.equal(readFileSync(second.shelf.pathOf(document) ?? '', 'utf8'), text);
});

test('stopping ends what is fetched here and what another window fetches', async (t) => {
  let ended = 0;
  const { origin, requests } = await webServer(t, (_request, response) => {
    response.on('close', () => {
      ended++;
    });
    response.writeHead(200, { 'content-length': 100_000 }).write(page(100));
  });
  const place = folder(t);
  const [one, two] = [open(t, place), open(t, place)];
  const added = one.shelf.add([web(`${origin}/1`), web(`${origin}/2`)]);
  one.queue.start();
  await until(() => requests.length >= 2);
  await one.queue.stop([added[0]?.id ?? '']);
  assert.deepEqual(states(one), ['failed', 'fetching']);
  await two.queue.stop([added[1]?.id ?? '']);
  assert.deepEqual(states(one), ['failed', 'failed']);
  await one.queue.whenIdle();
  await until(() => ended >= 2);
  assert.ok(one.shelf.documents().every(({ copies }) => copies[0]?.failure?.reason === 'stopped'));
});

test('what is removed while it is fetched leaves nothing behind', async (t) => {
  const { origin, requests } = await webServer(t, (_request, response) => {
    setTimeout(() => void response.end(page()), 50);
  });
  const place = folder(t);
  const library = open(t, place);
  const [added] = library.shelf.add([web(`${origin}/`)]);
  library.queue.start();
  await until(() => requests.length >= 1);
  library.shelf.remove([added?.id ?? '']);
  await library.queue.whenIdle();
  await library.dispose();
  assert.equal(readdirSync(place).includes('content'), false);
  assert.deepEqual(
    readdirSync(join(place, 'parts')).filter((name) => name.endsWith('.new')),
    [],
  );
});

test('a name that leads inside fails for good, and nothing is connected', async (t) => {
  const { port, requests } = await webServer(t, (_request, response) => void response.end(page()));
  const library = open(t, folder(t), { resolve: { 'inside.test': ['192.168.0.1'] } });
  library.shelf.add([web(`http://inside.test:${port}/`)]);
  library.queue.start();
  await library.queue.whenIdle();
  assert.equal(library.shelf.documents()[0]?.copies[0]?.failure?.reason, 'forbidden-address');
  assert.equal(requests.length, 0);
});
