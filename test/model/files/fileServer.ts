// A server on loopback that serves one file the way it is told.

import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export interface FileServer {
  readonly url: string;
  /** The `range` of each request so far. */
  readonly ranges: readonly (string | undefined)[];
  answer: Answer;
}

export async function fileServer(t: TestContext, answer: Answer): Promise<FileServer> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    running.answer(request, response, ranges.length);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const running = { url: `http://127.0.0.1:${port}/model.gguf`, ranges, answer };
  return running;
}

export interface Served {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export function someFile(size: number): Served {
  const bytes = randomBytes(size);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Serves it as it should be: ranges, if unchanged, and the length. `cut` closes the connection after so many bytes. */
export function serve(
  { bytes }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  { etag = '"one"', cut, headers = {} }: { etag?: string; cut?: number; headers?: Record<string, string> } = {},
): void {
  const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const unchanged = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const from = start !== undefined && unchanged ? Number(start) : 0;
  if (from > 0 && from >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': body.length,
    'accept-ranges': 'bytes',
    etag,
    ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    ...headers,
  });
  if (cut === undefined) response.end(body);
  else breakOff(response, body.subarray(0, cut));
}

/** Sends these bytes and then closes the connection. */
export function breakOff(response: ServerResponse, bytes: Uint8Array): void {
  response.write(bytes, () => {
    setTimeout(() => {
      response.destroy();
    }, 20);
  });
}
