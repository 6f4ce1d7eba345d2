// Fetching from a server that does as it should, and going on after it didn't.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { fetching, page, webServer } from './webServer.ts';
import type { Fetching, WebServer } from './webServer.ts';

const pdf = (size: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)]);

/** Serves `bytes` with ranges, as it should be; `part` sends so many and waits. */
function serve(
  bytes: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  { etag = '"one"', part, more = {} }: { etag?: string; part?: number; more?: Record<string, string> } = {},
): void {
  const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const unchanged = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const from = start !== undefined && unchanged ? Number(start) : 0;
  const body = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-type': 'application/pdf',
    'content-length': body.length,
    ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    etag,
    ...more,
  });
  if (part === undefined) response.end(body);
  else response.write(body.subarray(0, part));
}

test('a page comes whole, hashed, with its title, its encoding and its mark', async (t) => {
  const text = page();
  const server = await webServer(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset="UTF-8"', etag: 'W/"7"' }).end(text);
  });
  const { get } = fetching(t);
  const seen: number[] = [];
  const fetched = await get(`${server.origin}/a?b=c`, { onProgress: (done) => void seen.push(done) });
  assert.ok(fetched.type === 'new');
  const { path, ...rest } = fetched;
  assert.deepEqual(rest, {
    type: 'new',
    hash: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
    content: 'html',
    charset: 'UTF-8',
    title: 'A page',
    version: { etag: 'W/"7"' },
  });
  assert.equal(readFileSync(path, 'utf8'), text);
  assert.equal(seen.at(-1), text.length);
  // Nothing goes out with it that says who the learner is.
  const [asked] = server.requests;
  assert.equal(asked?.url, '/a?b=c');
  const names = Object.keys(asked.headers).sort();
  assert.deepEqual(names, ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent']);
  assert.equal(asked.headers['user-agent'], 'Test/1');
});

for (const [encoding, pack] of [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
] as const) {
  test(`what comes packed with ${encoding} is kept unpacked`, async (t) => {
    const text = page(50_000);
    const server = await webServer(t, (_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(text));
    });
    const fetched = await fetching(t).get(`${server.origin}/`);
    assert.ok(fetched.type === 'new');
    assert.equal(readFileSync(fetched.path, 'utf8'), text);
  });
}

/** Fetches until something has come, then breaks the connection off. */
async function breakOff({ failure }: Fetching, server: WebServer): Promise<void> {
  const { reason } = await failure(`${server.origin}/`, {
    onProgress: (done) => {
      if (done > 0) server.cut();
    },
  });
  assert.equal(reason, 'broken-off');
}

test('a fetch that broke off goes on where it was, and only if the file is the same', async (t) => {
  const file = pdf(300_000);
  const server = await webServer(t, (request, response, count) => {
    serve(file, request, response, count === 1 ? { part: 100_000 } : {});
  });
  const going = fetching(t);
  const { get } = going;
  await breakOff(going, server);
  const fetched = await get(`${server.origin}/`);
  assert.ok(fetched.type === 'new');
  assert.ok(readFileSync(fetched.path).equals(file));
  const { range, ...headers } = server.requests[1]?.headers ?? {};
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]);
  assert.ok(from > 0 && from <= 100_000);
  assert.equal(headers['if-range'], '"one"');
});

test('a packed fetch goes on as well', async (t) => {
  const text = page(10) + randomBytes(200_000).toString('hex');
  const packed = gzipSync(text);
  const server = await webServer(t, (request, response, count) => {
    serve(packed, request, response, { more: { 'content-encoding': 'gzip' }, ...(count === 1 && { part: 100_000 }) });
  });
  const going = fetching(t);
  const { get } = going;
  await breakOff(going, server);
  const fetched = await get(`${server.origin}/`);
  assert.ok(fetched.type === 'new' && server.requests[1]?.headers.range !== undefined);
  assert.equal(readFileSync(fetched.path, 'utf8'), text);
});

test('a file that was changed midway is fetched from the beginning', async (t) => {
  const [before, after] = [pdf(200_000), pdf(200_000)];
  const server = await webServer(t, (request, response, count) => {
    if (count === 1) serve(before, request, response, { part: 100_000 });
    else serve(after, request, response, { etag: '"two"' });
  });
  const going = fetching(t);
  const { get } = going;
  await breakOff(going, server);
  const fetched = await get(`${server.origin}/`);
  assert.ok(fetched.type === 'new');
  assert.ok(readFileSync(fetched.path).equals(after));
});

// A server may not know "If-Range", or lie: what it sends must follow what is there.
const wrongParts: readonly (readonly [string, (from: number, size: number) => Record<string, string>])[] = [
  ['of another file', (from, size) => ({ etag: '"two"', 'content-range': `bytes ${from}-${size - 1}/${size}` })],
  ['from another byte', (from, size) => ({ etag: '"one"', 'content-range': `bytes ${from - 1}-${size - 2}/${size}` })],
  ['of no range at all', () => ({ etag: '"one"' })],
  ['beyond the end', (from, size) => ({ etag: '"one"', 'content-range': `bytes ${from}-${size + 5}/${size}` })],
  [
    'packed otherwise',
    (from, size) => ({
      etag: '"one"',
      'content-encoding': 'gzip',
      'content-range': `bytes ${from}-${size - 1}/${size}`,
    }),
  ],
];
for (const [name, headers] of wrongParts) {
  test(`a part ${name} isn't joined to what is there`, async (t) => {
    const [file, other] = [pdf(200_000), pdf(200_000)];
    const server = await webServer(t, (request, response, count) => {
      if (count === 1) {
        serve(file, request, response, { part: 100_000 });
        return;
      }
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? -1);
      if (from < 0) serve(file, request, response);
      else response.writeHead(206, headers(from, file.length)).end(other.subarray(from));
    });
    const going = fetching(t);
    const { get } = going;
    await breakOff(going, server);
    const fetched = await get(`${server.origin}/`);
    assert.ok(fetched.type === 'new');
    assert.ok(readFileSync(fetched.path).equals(file));
  });
}

test('a rest that doesn’t exist any more is asked for from the beginning', async (t) => {
  const file = pdf(100_000);
  const server = await webServer(t, (request, response, count) => {
    if (count === 1) serve(pdf(200_000), request, response, { part: 150_000 });
    else if (request.headers.range !== undefined) response.writeHead(416).end();
    else serve(file, request, response);
  });
  const going = fetching(t);
  const { get } = going;
  await breakOff(going, server);
  const fetched = await get(`${server.origin}/`);
  assert.ok(fetched.type === 'new');
  assert.ok(readFileSync(fetched.path).equals(file));
});

test('without a sure mark there is no going on', async (t) => {
  for (const etag of ['W/"weak"', 'not quoted', '"two parts"']) {
    const file = pdf(100_000);
    const server = await webServer(t, (request, response, count) => {
      // Written by hand, since Node refuses some of these.
      if (count > 1) serve(file, request, response);
      else {
        const head = `HTTP/1.1 200 OK\r\nETag: ${etag}\r\nContent-Length: ${file.length}\r\n\r\n`;
        response.socket?.write(head);
        response.socket?.write(file.subarray(0, 60_000));
      }
    });
    const going = fetching(t);
    const { get } = going;
    await breakOff(going, server);
    const fetched = await get(`${server.origin}/`);
    assert.ok(fetched.type === 'new');
    assert.equal(server.requests[1]?.headers.range, undefined);
    assert.ok(readFileSync(fetched.path).equals(file));
  }
});

test('what is there is asked about, and left as it is if it is still the same', async (t) => {
  const modified = new Date(2024, 5, 1).toUTCString();
  const server = await webServer(t, (request, response) => {
    const same = request.headers['if-none-match'] === '"one"' && request.headers['if-modified-since'] === modified;
    if (same) response.writeHead(304, { etag: '"one"' }).end();
    else response.writeHead(200, { etag: '"two"' }).end(page());
  });
  const { get } = fetching(t);
  const known = { etag: '"one"', lastModified: modified };
  assert.deepEqual(await get(`${server.origin}/`, { known }), { type: 'unchanged' });
  const changed = await get(`${server.origin}/`, { known: { etag: '"old"' } });
  assert.ok(changed.type === 'new' && changed.version.etag === '"two"');
});

test('"unchanged" to one who has nothing makes no sense', async (t) => {
  const server = await webServer(t, (_request, response) => {
    response.writeHead(304).end();
  });
  assert.equal((await fetching(t).failure(`${server.origin}/`)).reason, 'bad-answer');
});

test('stopping ends it at once, and what has come is kept to go on with', async (t) => {
  const file = pdf(300_000);
  const server = await webServer(t, (request, response, count) => {
    if (count > 1) {
      serve(file, request, response);
      return;
    }
    response.writeHead(200, { 'content-length': file.length, etag: '"one"' });
    response.write(file.subarray(0, 100_000));
  });
  const { get } = fetching(t);
  const stop = new AbortController();
  const stopped = get(
    `${server.origin}/`,
    {
      onProgress: (done) => {
        if (done > 0) stop.abort(new Error('enough'));
      },
    },
    stop.signal,
  );
  await assert.rejects(stopped, { message: 'enough' });
  const fetched = await get(`${server.origin}/`);
  assert.ok(fetched.type === 'new' && server.requests[1]?.headers.range !== undefined);
  assert.ok(readFileSync(fetched.path).equals(file));
});

test('names of files come from hashes only', async (t) => {
  const server = await webServer(t, (_request, response) => {
    response.writeHead(200, { 'content-disposition': 'attachment; filename="../../evil.sh"' }).end(page());
  });
  const { get, folder } = fetching(t);
  await get(`${server.origin}/..%2f..%2f..%2fetc%2fpasswd%00.html`);
  assert.deepEqual(
    readdirSync(folder).filter((name) => !/^[0-9a-f]{64}\.(?:part|json|new)$/.test(name)),
    [],
  );
});
