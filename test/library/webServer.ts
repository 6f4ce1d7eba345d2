// A web on loopback: one server that answers as it is told, under as many names as a test gives it. Nothing else is ever
// contacted: names are resolved by the test, and those it doesn't know aren't there.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fetchCopy } from '../../src/library/fetch/fetchCopy.ts';
import type { Fetched, FetchParts, FetchRequest } from '../../src/library/fetch/fetchCopy.ts';
import { FetchError } from '../../src/library/fetch/fetchError.ts';
import type { Resolve } from '../../src/library/fetch/guardedLookup.ts';
import { usualLimits } from '../../src/library/fetch/limits.ts';
import type { Limits } from '../../src/library/fetch/limits.ts';
import { createNetwork } from '../../src/library/fetch/network.ts';
import type { NetworkSettings } from '../../src/library/fetch/network.ts';

export const testRules = { permitLoopback: true };

export const noProxy: NetworkSettings = { proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: false };

export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'library-'));
  t.after(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** Resolves what the test says, and nothing besides. */
export function names(table: Readonly<Record<string, readonly string[]>>): Resolve {
  return (host) => {
    const found = table[host];
    return found
      ? Promise.resolve(found)
      : Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
  };
}

export interface WebServer {
  readonly port: number;
  /** "http://127.0.0.1:PORT" */
  readonly origin: string;
  readonly requests: readonly IncomingMessage[];
  /** Breaks off every connection. */
  readonly cut: () => void;
}

export async function webServer(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<WebServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  });
  // Cut off at the end of the test, whatever is under way.
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = await listen(server);
  const cut = (): void => {
    server.closeAllConnections();
  };
  return { port, origin: `http://127.0.0.1:${port}`, requests, cut };
}

/** One whose certificate nobody has signed; it calls itself site.test. */
export async function secureServer(t: TestContext, answer: RequestListener): Promise<number> {
  const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
  const server = createSecureServer({ key: read('key.pem'), cert: read('cert.pem') }, answer);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

/** One that speaks no HTTP but what the test writes. */
export async function rawServer(t: TestContext, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => {
      answer(socket);
    });
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

export interface Fetching {
  readonly folder: string;
  readonly parts: FetchParts;
  readonly get: (address: string, more?: Partial<FetchRequest>, signal?: AbortSignal) => Promise<Fetched>;
  /** The reason for which an address can't be fetched. */
  readonly failure: (address: string, more?: Partial<FetchRequest>) => Promise<FetchError>;
}

export function fetching(
  t: TestContext,
  more: { limits?: Partial<Limits>; resolve?: Resolve; settings?: Partial<NetworkSettings> } = {},
): Fetching {
  const limits = { ...usualLimits, ...more.limits };
  const resolve = more.resolve ?? names({});
  const settings = { ...noProxy, ...more.settings };
  const network = createNetwork({ settings, resolve, rules: testRules, limits });
  t.after(() => network.close());
  const place = folder(t);
  const parts = { network, rules: testRules, limits, folder: place, userAgent: 'Test/1', now: Date.now };
  const get = (address: string, request: Partial<FetchRequest> = {}, signal = new AbortController().signal) =>
    fetchCopy({ address, onProgress: () => undefined, ...request }, parts, signal);
  return {
    folder: place,
    parts,
    get,
    failure: async (address, request) => {
      const found = await get(address, request).then(
        ({ type }) => `it was fetched: ${type}`,
        (error: unknown) => error,
      );
      if (found instanceof FetchError) return found;
      throw new Error(`No FetchError: ${String(found)}`, { cause: found });
    },
  };
}

/** A web page of about so many bytes. */
export function page(bytes = 2000, title = 'A page'): string {
  const start = `<!doctype html><html><head><title>${title}</title></head><body>`;
  const words = 'Attention is a weighted sum of values. ';
  return `${start}<p>${words.repeat(Math.ceil(bytes / words.length))}</p></body></html>`;
}
