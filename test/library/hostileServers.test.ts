// Servers that are slow, broken or hostile. None of them gets more than the limits, and each costs one clear failure.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { fetching, folder, page, rawServer, secureServer, webServer } from './webServer.ts';

const limits = { bytes: 1_000_000, freeBytes: 100_000, ratio: 20 };

test('each refusal has its reason, and what the server wants us to wait', async (t) => {
  const answers: readonly (readonly [number, string, Record<string, string>?, number?])[] = [
    [401, 'not-allowed'],
    [402, 'not-allowed'],
    [403, 'not-allowed'],
    [451, 'not-allowed'],
    [404, 'not-found'],
    [410, 'not-found'],
    [408, 'timeout'],
    [429, 'too-many-requests', { 'retry-after': '120' }, 120_000],
    [429, 'too-many-requests', { 'retry-after': 'soon' }],
    [500, 'server'],
    [503, 'server', { 'retry-after': '0' }, 0],
    [504, 'timeout'],
    [204, 'bad-answer'],
    [206, 'bad-answer', { 'content-range': 'bytes 0-1/2' }],
    [300, 'bad-answer'],
    [302, 'bad-answer'],
    [418, 'bad-answer'],
    [700, 'bad-answer'],
  ];
  const server = await webServer(t, (_request, response, count) => {
    const [status, , headers = {}] = answers[count - 1] ?? [500];
    response.writeHead(status, headers).end(status === 204 ? undefined : page());
  });
  const { failure } = fetching(t);
  for (const [status, reason, , wait] of answers) {
    const error = await failure(`${server.origin}/`);
    assert.deepEqual([status, error.reason, error.retryAfterMs], [status, reason, wait]);
  }
});

test('a date to come back at is a wait', async (t) => {
  const server = await webServer(t, (_request, response) => {
    response.writeHead(429, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }).end();
  });
  const wait = (await fetching(t).failure(`${server.origin}/`)).retryAfterMs ?? 0;
  assert.ok(wait > 30_000 && wait <= 90_000, String(wait));
});

test('a server that isn’t there, and a name that isn’t', async (t) => {
  const server = await webServer(t, () => undefined);
  const { failure } = fetching(t);
  assert.equal((await failure('http://nobody.test:80/')).reason, 'no-host');
  // A port that was free a moment ago.
  const { port } = server;
  const other = port === 65535 ? port - 1 : port + 1;
  const { reason } = await failure(`http://127.0.0.1:${other}/`);
  assert.ok(['refused-connection', 'broken-off', 'bad-answer'].includes(reason), reason);
});

test('a server that says nothing, or nothing more, is given up', async (t) => {
  const { failure } = fetching(t, { limits: { headersMs: 300, idleMs: 300 } });
  const silent = await rawServer(t, () => undefined);
  assert.equal((await failure(`${silent}/`)).reason, 'timeout');
  const stuck = await webServer(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.write(page(100));
  });
  assert.equal((await failure(`${stuck.origin}/`)).reason, 'timeout');
});

test('a server that drips is given up after all', async (t) => {
  const drip = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    const timer = setInterval(() => void socket.write('1\r\nx\r\n'), 20);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });
  const dripHead = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => void socket.write('x: y\r\n'), 20);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });
  const { failure } = fetching(t, { limits: { totalMs: 700 } });
  assert.equal((await failure(`${drip}/`)).reason, 'timeout');
  assert.equal((await failure(`${dripHead}/`)).reason, 'timeout');
});

test('headers without end are ended', async (t) => {
  let sent = 0;
  const server = await rawServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const more = (): void => {
      for (let room = true; room && !socket.destroyed; sent += 1000)
        room = socket.write(`x-${sent}: ${'y'.repeat(990)}\r\n`);
      socket.once('drain', more);
    };
    more();
  });
  assert.equal((await fetching(t).failure(`${server}/`)).reason, 'bad-answer');
  const one = await rawServer(t, (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\netag: "${'y'.repeat(5_000_000)}"\r\n\r\n`);
  });
  assert.equal((await fetching(t).failure(`${one}/`)).reason, 'bad-answer');
});

test('what is no HTTP is no answer', async (t) => {
  const greetings = [
    'SSH-2.0-OpenSSH_9.2\r\n',
    '220 mail ESMTP\r\n',
    '\0\0\0\0',
    'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhi',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n',
  ];
  for (const greeting of greetings) {
    const server = await rawServer(t, (socket) => void socket.end(greeting));
    const { reason } = await fetching(t).failure(`${server}/`);
    assert.ok(['bad-answer', 'broken-off', 'empty'].includes(reason), `${JSON.stringify(greeting)}: ${reason}`);
  }
});

test('a server that lies about the length', async (t) => {
  const short = await rawServer(
    t,
    (socket) => void socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n${page(100)}`),
  );
  assert.equal((await fetching(t).failure(`${short}/`)).reason, 'broken-off');
  // What is beyond the length isn't part of the answer, nor of the next one.
  const text = page(100);
  const long = await rawServer(
    t,
    (socket) =>
      void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}HTTP/1.1 200 OK\r\n\r\nevil`),
  );
  const fetched = await fetching(t).get(`${long}/`);
  assert.ok(fetched.type === 'new' && fetched.bytes === text.length);
  const cut = await rawServer(
    t,
    (socket) =>
      void socket.end(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n`,
      ),
  );
  assert.equal((await fetching(t).failure(`${cut}/`)).reason, 'broken-off');
});

test('what is too large is ended, whether it says so or not', async (t) => {
  const honest = await webServer(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '1000000000000' });
    response.write(page(100));
  });
  const { failure, folder: place } = fetching(t, { limits });
  assert.equal((await failure(`${honest.origin}/`)).reason, 'too-large');
  const endless = await webServer(t, (_request, response) => {
    response.write(page(100));
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
      response.once('drain', more);
    };
    more();
  });
  assert.equal((await failure(`${endless.origin}/`)).reason, 'too-large');
  // Nothing is left of it.
  assert.deepEqual(readdirSync(place), []);
});

const zeros = Buffer.alloc(50_000_000, 32);
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 24 } };
for (const [encoding, bomb] of [
  ['gzip', () => gzipSync(zeros)],
  ['deflate', () => deflateSync(zeros)],
  ['br', () => brotliCompressSync(zeros, brotli)],
  ['gzip', () => Buffer.concat(Array(40).fill(gzipSync(zeros.subarray(0, 1_000_000))))],
] as const) {
  test(`a bomb packed with ${encoding} doesn’t go off`, async (t) => {
    const packed = bomb();
    assert.ok(packed.length < 100_000, String(packed.length));
    const server = await webServer(t, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(packed);
    });
    const { failure, folder: place } = fetching(t, { limits });
    assert.equal((await failure(`${server.origin}/`)).reason, 'bomb');
    assert.deepEqual(readdirSync(place), []);
  });
}

test('what can’t be unpacked is no answer', async (t) => {
  const whole = gzipSync(page(50_000));
  const answers: readonly (readonly [string, Buffer])[] = [
    ['gzip', whole.subarray(0, 100)],
    ['gzip', Buffer.from(page())],
    ['br', Buffer.from(page())],
    ['deflate', Buffer.from(page())],
    ['gzip, gzip', gzipSync(whole)],
    ['zstd', whole],
    ['x'.repeat(300), whole],
  ];
  const server = await webServer(t, (_request, response, count) => {
    const [encoding = '', bytes] = answers[count - 1] ?? [];
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
  });
  const { failure, folder: place } = fetching(t);
  for (const [encoding] of answers) assert.equal((await failure(`${server.origin}/`)).reason, 'bad-answer', encoding);
  assert.deepEqual(readdirSync(place), []);
});

test('what can’t be read as a text isn’t kept, whatever it is called', async (t) => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  const server = await webServer(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(request.url === '/empty' ? '' : png);
  });
  const { failure, folder: place } = fetching(t);
  assert.equal((await failure(`${server.origin}/x.pdf`)).reason, 'wrong-type');
  assert.equal((await failure(`${server.origin}/empty`)).reason, 'empty');
  assert.deepEqual(readdirSync(place), []);
});

test('a page in the place of a paper isn’t kept as the paper', async (t) => {
  const server = await webServer(t, (_request, response) => void response.end(page(500, 'Are you a robot?')));
  const { failure, get } = fetching(t);
  assert.equal((await failure(`${server.origin}/paper.pdf`)).reason, 'wrong-type');
  assert.equal((await failure(`${server.origin}/paper.PDF?download=1`)).reason, 'wrong-type');
  assert.equal((await get(`${server.origin}/about?file=paper.pdf`)).type, 'new');
});

test('a certificate that nobody has signed, or for another name, is not believed', async (t) => {
  const port = await secureServer(t, (_request, response) => void response.end(page()));
  const { failure } = fetching(t, { resolve: (host) => Promise.resolve(host.endsWith('.test') ? ['127.0.0.1'] : []) });
  assert.equal((await failure(`https://site.test:${port}/`)).reason, 'tls');
  assert.equal((await failure(`https://other.test:${port}/`)).reason, 'tls');
});

test('a server that speaks no TLS where it should', async (t) => {
  const server = await webServer(t, (_request, response) => void response.end(page()));
  const { failure } = fetching(t, { resolve: () => Promise.resolve(['127.0.0.1']) });
  assert.equal((await failure(`https://site.test:${server.port}/`)).reason, 'tls');
});

test('a disk that gets full says so and keeps what came', async (t) => {
  const script = fileURLToPath(new URL('fullDisk.ts', import.meta.url));
  const mount = 'mount -t tmpfs -o size=1m none "$1" && shift && exec "$@"';
  const place = folder(t);
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', mount, 'sh', place, 'true'], { stdio: 'ignore' });
  } catch {
    t.skip('no file system of its own can be mounted here');
    return;
  }
  const server = await webServer(t, (_request, response) => {
    response.writeHead(200, { etag: '"one"' }).end(page(3_000_000));
  });
  const child = spawn('unshare', [
    '-rm',
    'sh',
    '-c',
    mount,
    'sh',
    place,
    process.execPath,
    script,
    server.origin,
    place,
  ]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => void (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (output += data.toString()));
  await once(child, 'close');
  const { reason, left } = JSON.parse(output) as { reason: string; left: string[] };
  assert.equal(reason, 'disk-full');
  assert.ok(left.some((name) => name.endsWith('.part')) && left.some((name) => name.endsWith('.json')));
});
