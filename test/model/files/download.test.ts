import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { download } from '../../../src/model/files/download.ts';
import type { DownloadOptions, DownloadRequest } from '../../../src/model/files/download.ts';
import { DownloadError } from '../../../src/model/files/downloadError.ts';
import type { DownloadProblem } from '../../../src/model/files/downloadError.ts';
import type { DownloadProgress } from '../../../src/model/files/downloadProgress.ts';
import { breakOff, fileServer, serve, someFile } from './fileServer.ts';
import type { Answer, FileServer, Served } from './fileServer.ts';
import { folder } from './tinyModel.ts';

interface Setting {
  readonly server: FileServer;
  readonly request: DownloadRequest;
  readonly progress: DownloadProgress[];
  readonly get: (
    changes?: Partial<DownloadRequest>,
    signal?: AbortSignal,
    options?: Partial<DownloadOptions>,
  ) => Promise<string>;
}

const never = new AbortController().signal;

async function setting(t: TestContext, answer: Answer): Promise<Setting> {
  const server = await fileServer(t, answer);
  const progress: DownloadProgress[] = [];
  const request = { url: server.url, folder: folder(t), fileName: 'model.gguf' };
  return {
    server,
    request,
    progress,
    get: (changes = {}, signal = never, options = {}) =>
      download(
        { ...request, ...changes },
        {
          onProgress: (one) => void progress.push(one),
          progressMs: 0,
          retries: 3,
          retryMs: 5,
          stallMs: 5000,
          ...options,
        },
        signal,
      ),
  };
}

function known(file: Served): Pick<DownloadRequest, 'bytes' | 'sha256'> {
  return { bytes: file.bytes.length, sha256: file.sha256 };
}

async function failure(problem: DownloadProblem, promise: Promise<string>): Promise<DownloadError> {
  const error: unknown = await promise.then(
    () => assert.fail('it came to its end'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DownloadError, String(error));
  assert.equal(error.problem, problem, error.detail);
  return error;
}

const files = (place: string): string[] => readdirSync(place).sort();

test('a file comes whole, is checked, and nothing else is left', async (t) => {
  const file = someFile(3_000_000);
  const { get, request, progress } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const path = await get(known(file));
  assert.deepEqual(readFileSync(path), file.bytes);
  assert.deepEqual(files(request.folder), ['model.gguf']);
  assert.deepEqual(progress[0], { step: 'fetching', done: 0, total: 3_000_000 });
  assert.deepEqual(progress.at(-1), { step: 'checking', done: 3_000_000, total: 3_000_000 });
  assert.ok(progress.some(({ step, done }) => step === 'fetching' && done === 3_000_000));
});

test('a file that is there is not fetched again', async (t) => {
  const file = someFile(1000);
  const { get, server } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  await get(known(file));
  await get(known(file));
  assert.equal(server.ranges.length, 1);
});

test('progress is not reported more often than asked for', async (t) => {
  const file = someFile(4_000_000);
  const { get, progress } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  await get(known(file), never, { progressMs: 60_000 });
  assert.deepEqual(
    progress.map(({ step, done }) => [step, done]),
    [
      ['fetching', 0],
      ['fetching', 4_000_000],
      ['checking', 4_000_000],
    ],
  );
});

test('a server that breaks off is asked for the rest', async (t) => {
  const file = someFile(1_000_000);
  const { get, server } = await setting(t, (asked, answer, count) => {
    serve(file, asked, answer, count <= 3 ? { cut: 200_000 } : {});
  });
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.deepEqual(server.ranges, [undefined, 'bytes=200000-', 'bytes=400000-', 'bytes=600000-']);
});

test('a server that gets no further is given up, and what came is kept', async (t) => {
  const file = someFile(1_000_000);
  const { get, server, request } = await setting(t, (asked, answer) => {
    serve(file, asked, answer, { cut: asked.headers.range === undefined ? 300_000 : 0 });
  });
  const error = await failure('broken-off', get(known(file)));
  assert.ok(error.resumable);
  assert.match(error.message, /try again/);
  assert.equal(server.ranges.length, 4);
  assert.deepEqual(files(request.folder), ['model.gguf.part', 'model.gguf.part.json']);

  server.answer = (asked, answer) => {
    serve(file, asked, answer);
  };
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.equal(server.ranges.at(-1), 'bytes=300000-');
});

test('cancelled, it keeps what came, and goes on from there', async (t) => {
  const file = someFile(1_000_000);
  const { get, server, request } = await setting(t, (_asked, answer) => {
    answer.writeHead(200, { 'content-length': file.bytes.length, etag: '"one"' });
    answer.write(file.bytes.subarray(0, 250_000));
  });
  const stop = new AbortController();
  const reason = new Error('the learner cancelled');
  const fetching = get(known(file), stop.signal, {
    onProgress: ({ done }) => {
      if (done === 250_000) stop.abort(reason);
    },
  });
  await assert.rejects(fetching, reason);
  assert.equal(statSync(join(request.folder, 'model.gguf.part')).size, 250_000);
  server.answer = (asked, answer) => {
    serve(file, asked, answer);
  };
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.equal(server.ranges.at(-1), 'bytes=250000-');
});

test('a file that changes midway is begun anew', async (t) => {
  const [before, after] = [someFile(600_000), someFile(600_000)];
  const { get, server } = await setting(t, (asked, answer, count) => {
    if (count === 1) serve(before, asked, answer, { cut: 200_000 });
    else serve(after, asked, answer, { etag: '"two"' });
  });
  assert.deepEqual(readFileSync(await get({ bytes: 600_000 })), after.bytes);
  assert.equal(server.ranges[1], 'bytes=200000-');
});

test('a rest of a changed file is noticed though the server pays no heed to if-range', async (t) => {
  const [before, after] = [someFile(600_000), someFile(600_000)];
  const { get } = await setting(t, (asked, answer, count) => {
    delete asked.headers['if-range'];
    if (count === 1) serve(before, asked, answer, { cut: 200_000 });
    else serve(after, asked, answer, { etag: '"two"' });
  });
  assert.deepEqual(readFileSync(await get({ bytes: 600_000 })), after.bytes);
});

test('without anything that tells versions apart, two halves are not joined', async (t) => {
  const file = someFile(500_000);
  const { get, server } = await setting(t, (_asked, answer, count) => {
    answer.writeHead(200, { 'content-length': file.bytes.length });
    if (count === 1) breakOff(answer, file.bytes.subarray(0, 100_000));
    else answer.end(file.bytes);
  });
  assert.deepEqual(readFileSync(await get()), file.bytes);
  assert.deepEqual(server.ranges, [undefined, undefined]);
});

test('a server without ranges sends all of it again', async (t) => {
  const file = someFile(500_000);
  const { get, server } = await setting(t, (asked, answer, count) => {
    delete asked.headers.range;
    serve(file, asked, answer, count === 1 ? { cut: 100_000 } : {});
  });
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.equal(server.ranges[1], 'bytes=100000-');
});

test('a part longer than the file is begun anew', async (t) => {
  const file = someFile(300_000);
  const { get, request } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const part = join(request.folder, 'model.gguf.part');
  writeFileSync(part, Buffer.alloc(400_000));
  writeFileSync(`${part}.json`, JSON.stringify({ url: request.url, etag: '"one"' }));
  assert.deepEqual(readFileSync(await get({ sha256: file.sha256 })), file.bytes);
});

test('a part of another address, or without a note, is not used', async (t) => {
  const file = someFile(300_000);
  const { get, request, server } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const part = join(request.folder, 'model.gguf.part');
  writeFileSync(part, Buffer.alloc(100_000));
  writeFileSync(`${part}.json`, JSON.stringify({ url: 'https://example.org/other.gguf', etag: '"one"' }));
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.deepEqual(server.ranges, [undefined]);
});

test('a complete part is checked and not fetched again', async (t) => {
  const file = someFile(300_000);
  const { get, request, server } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const part = join(request.folder, 'model.gguf.part');
  writeFileSync(part, file.bytes);
  writeFileSync(`${part}.json`, JSON.stringify({ url: request.url, etag: '"one"' }));
  assert.deepEqual(readFileSync(await get(known(file))), file.bytes);
  assert.equal(server.ranges.length, 0);
});

test('a length that differs from the catalogue’s is refused before anything is written', async (t) => {
  const file = someFile(300_000);
  const { get, request } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  for (const bytes of [299_999, 300_001]) {
    const error = await failure('wrong-length', get({ bytes }));
    assert.match(error.detail, /300000 bytes instead of/);
    assert.deepEqual(files(request.folder), []);
  }
});

test('a server that says less than it sends, or sends more than it should, is stopped', async (t) => {
  const file = someFile(300_000);
  const chunked: Answer = (_asked, answer) => {
    answer.writeHead(200, { etag: '"one"' });
    answer.end(file.bytes);
  };
  const { get, request } = await setting(t, chunked);
  await failure('wrong-length', get({ bytes: 200_000 }));
  assert.deepEqual(files(request.folder), []);
});

test('a server that says more than it sends is given up', async (t) => {
  const file = someFile(100_000);
  const { get } = await setting(t, (_asked, answer) => {
    answer.writeHead(200, { 'content-length': 200_000, etag: '"one"' });
    breakOff(answer, file.bytes);
  });
  await failure('broken-off', get({ bytes: 200_000 }));
});

test('a file without a stated length is taken as far as it goes', async (t) => {
  const file = someFile(300_000);
  const { get, progress } = await setting(t, (_asked, answer) => {
    answer.writeHead(200, {});
    answer.end(file.bytes);
  });
  assert.deepEqual(readFileSync(await get()), file.bytes);
  assert.equal(progress[0]?.total, undefined);
  await failure('broken-off', get({ fileName: 'other.gguf', bytes: 400_000 }));
});

test('a wrong checksum is said, and the file deleted', async (t) => {
  const [file, other] = [someFile(200_000), someFile(200_000)];
  const { get, request } = await setting(t, (asked, answer) => {
    serve(other, asked, answer);
  });
  const error = await failure('wrong-checksum', get(known(file)));
  assert.ok(error.detail.includes(file.sha256) && error.detail.includes(other.sha256));
  assert.match(error.message, /deleted/);
  assert.deepEqual(files(request.folder), []);
});

test('the checksum that the server states before it redirects counts where none is known', async (t) => {
  const [file, other] = [someFile(200_000), someFile(200_000)];
  const states =
    (sha256: string): Answer =>
    (asked, answer) => {
      if (asked.url === '/model.gguf') {
        const linked = { 'x-linked-etag': `"${sha256}"`, 'x-linked-size': '200000' };
        answer.writeHead(302, { location: '/elsewhere', ...linked }).end();
      } else serve(file, asked, answer);
    };
  const { get, server, request } = await setting(t, states(other.sha256));
  await failure('wrong-checksum', get());
  const stated = await failure('wrong-checksum', get(known(file)));
  assert.match(stated.message, /another file/);
  server.answer = states(file.sha256);
  await get();
  assert.deepEqual(files(request.folder), ['model.gguf']);
});

test('redirects are followed on this machine, and to nowhere without encryption', async (t) => {
  const file = someFile(1000);
  const { get, server, request } = await setting(t, (asked, answer) => {
    if (asked.url === '/model.gguf') answer.writeHead(302, { location: '/b' }).end();
    else if (asked.url === '/b') answer.writeHead(307, { location: `http://${asked.headers.host ?? ''}/c` }).end();
    else serve(file, asked, answer);
  });
  await get(known(file));
  for (const location of ['http://example.org/model.gguf', 'ftp://127.0.0.1/model.gguf', 'http://a:b@127.0.0.1/x']) {
    server.answer = (_asked, answer) => {
      answer.writeHead(302, { location }).end();
    };
    await failure('insecure', get({ fileName: 'other.gguf' }));
  }
  await failure('insecure', get({ fileName: 'other.gguf', url: 'http://example.org/model.gguf' }));
  server.answer = (_asked, answer) => {
    answer.writeHead(302, { location: '/round' }).end();
  };
  await failure('insecure', get({ fileName: 'other.gguf' }));
  assert.deepEqual(files(request.folder), ['model.gguf']);
});

test('an encrypted address never leads to one that isn’t, this machine included', async (t) => {
  const asked: string[] = [];
  const { get } = await setting(t, () => undefined);
  const fetch = (url: string): Promise<Response> => {
    asked.push(url);
    return Promise.resolve(new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/model.gguf' } }));
  };
  await failure('insecure', get({ url: 'https://example.org/model.gguf' }, never, { fetch }));
  assert.deepEqual(asked, ['https://example.org/model.gguf']);
});

test('what the server refuses is said in words', async (t) => {
  const { get, server } = await setting(t, () => undefined);
  for (const [status, words] of [
    [404, /doesn’t have this file/],
    [403, /signed in and agreed/],
    [401, /signed in and agreed/],
    [400, /refused/],
    [204, /refused/],
  ] as const) {
    server.answer = (_asked, answer) => {
      answer.writeHead(status).end();
    };
    assert.match((await failure('refused', get())).message, words);
  }
});

test('a server that is busy is asked again', async (t) => {
  const file = someFile(1000);
  const { get, server } = await setting(t, (asked, answer, count) => {
    if (count === 1) answer.writeHead(503).end();
    else if (count === 2) answer.writeHead(429, { 'retry-after': '0' }).end();
    else serve(file, asked, answer);
  });
  await get(known(file));
  assert.equal(server.ranges.length, 3);
  server.answer = (_asked, answer) => {
    answer.writeHead(500).end();
  };
  await failure('offline', get({ fileName: 'other.gguf' }));
});

test('a slow server is waited for as long as something comes', async (t) => {
  const file = someFile(50);
  const { get } = await setting(t, (_asked, answer) => {
    answer.writeHead(200, { 'content-length': file.bytes.length });
    let at = 0;
    const timer = setInterval(() => {
      answer.write(file.bytes.subarray(at, at + 5));
      at += 5;
      if (at >= file.bytes.length) clearInterval(timer);
    }, 60);
  });
  assert.deepEqual(readFileSync(await get(known(file), never, { stallMs: 400, retries: 0 })), file.bytes);
});

test('a server that falls silent is asked again, and given up in the end', async (t) => {
  const file = someFile(100_000);
  const { get, server } = await setting(t, (asked, answer, count) => {
    if (count > 1) serve(file, asked, answer);
    else
      answer
        .writeHead(200, { 'content-length': file.bytes.length, etag: '"one"' })
        .write(file.bytes.subarray(0, 30_000));
  });
  await get(known(file), never, { stallMs: 200 });
  assert.deepEqual(server.ranges, [undefined, 'bytes=30000-']);
  server.answer = () => undefined;
  const error = await failure('stalled', get({ fileName: 'other.gguf' }, never, { stallMs: 50, retries: 1 }));
  assert.match(error.message, /sent nothing for 1 seconds/);
});

test('no connection at all is said', async (t) => {
  const { get } = await setting(t, () => undefined);
  const error = await failure('offline', get({ url: 'http://127.0.0.1:1/model.gguf' }, never, { retries: 1 }));
  assert.match(error.message, /127\.0\.0\.1:1/);
});

test('cancelling ends the waiting for another try, too', async (t) => {
  const { get, server } = await setting(t, (_asked, answer) => {
    answer.writeHead(503).end();
    setTimeout(() => {
      stop.abort(new Error('enough'));
    }, 20);
  });
  const stop = new AbortController();
  await assert.rejects(get({}, stop.signal, { retryMs: 60_000 }), /enough/);
  assert.equal(server.ranges.length, 1);
});

test('too full a disk is noticed before anything is written', async (t) => {
  const file = someFile(200_000);
  const { get, request } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const freeBytes = (): Promise<number> => Promise.resolve(100_000);
  const error = await failure('no-space', get(known(file), never, { freeBytes }));
  assert.match(error.message, /it needs 0\.3 GB more and has 0\.1 GB/);
  assert.deepEqual(files(request.folder), []);
});

test('a disk that gets full keeps what came', async (t) => {
  const script = fileURLToPath(new URL('fullDisk.ts', import.meta.url));
  const mount = 'mount -t tmpfs -o size=1m none "$1" && shift && exec "$@"';
  const place = folder(t);
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', mount, 'sh', place, 'true'], { stdio: 'ignore' });
  } catch {
    t.skip('no file system of its own can be mounted here');
    return;
  }
  const file = someFile(3_000_000);
  const server = await fileServer(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const child = spawn('unshare', ['-rm', 'sh', '-c', mount, 'sh', place, process.execPath, script, server.url, place]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => void (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (output += data.toString()));
  await once(child, 'close');
  const { problem, message, left } = JSON.parse(output) as { problem: string; message: string; left: string[] };
  assert.equal(problem, 'no-space');
  assert.match(message, /too full/);
  assert.ok(left.includes('model.gguf.part') && !left.includes('model.gguf') && !left.includes('model.gguf.lock'));
});

test('two that fetch the same file: one does, the other is told', async (t) => {
  const file = someFile(200_000);
  const { get, request } = await setting(t, (asked, answer) => {
    setTimeout(() => {
      serve(file, asked, answer);
    }, 100);
  });
  const results = await Promise.allSettled([get(known(file)), get(known(file))]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const refused = results.find((one) => one.status === 'rejected');
  assert.ok(refused?.reason instanceof DownloadError && refused.reason.problem === 'busy');
  assert.deepEqual(files(request.folder), ['model.gguf']);
});

test('the lock of a process that died is taken over', async (t) => {
  const file = someFile(1000);
  const { get, request } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const script = fileURLToPath(new URL('lockHolder.ts', import.meta.url));
  const holder = spawn(process.execPath, [script, join(request.folder, 'model.gguf.lock')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await failure('busy', get(known(file)));
  holder.kill('SIGKILL');
  await once(holder, 'close');
  assert.ok(existsSync(join(request.folder, 'model.gguf.lock')));
  await get(known(file));
  assert.deepEqual(files(request.folder), ['model.gguf']);
});

test('names that lead out of the folder are refused', async (t) => {
  const { get, server, request } = await setting(t, () => undefined);
  for (const fileName of ['../model.gguf', 'a/b.gguf', '..\\x.gguf', '/tmp/x.gguf', 'model.exe', '']) {
    await failure('bad-name', get({ fileName }));
  }
  assert.equal(server.ranges.length, 0);
  assert.deepEqual(files(request.folder), []);
});

test('a file of another length under the name is replaced only when the new one is complete', async (t) => {
  const file = someFile(200_000);
  const { get, request, server } = await setting(t, (asked, answer) => {
    serve(file, asked, answer);
  });
  const path = await get(known(file));
  truncateSync(path, 1000);
  server.answer = (_asked, answer) => {
    answer.writeHead(404).end();
  };
  await failure('refused', get(known(file)));
  assert.equal(statSync(path).size, 1000);
  server.answer = (asked, answer) => {
    serve(file, asked, answer);
  };
  await get(known(file));
  assert.deepEqual(readFileSync(join(request.folder, 'model.gguf')), file.bytes);
});

test('waiting does not keep what isn’t needed: the lock is gone after every failure', async (t) => {
  const { get, request } = await setting(t, (_asked, answer) => {
    answer.writeHead(404).end();
  });
  await failure('refused', get());
  await wait(10);
  assert.deepEqual(files(request.folder), []);
});
