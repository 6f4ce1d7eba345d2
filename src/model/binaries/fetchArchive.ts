// Fetches one file of known content from the package registry, going on where an earlier try ended.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { RegistryPackage } from './engineRelease.ts';
import { GpuError, fileError } from './gpuProblem.ts';

export interface FetchOptions {
  readonly url: string;
  readonly wanted: RegistryPackage;
  /** Where it is put; what is there already is taken for its beginning. */
  readonly file: string;
  /** How many bytes are there. */
  readonly onBytes: (bytes: number) => void;
  /** A connection that brings nothing for so long is given up. */
  readonly stallMs: number;
  /** How long to wait before the next try; grows with every try. */
  readonly pauseMs: number;
}

/** So many tries one after the other that brought nothing, and that's it. */
const mostTries = 4;

/**
 * Resolves when the file is there and has the wanted digest. Rejects with a GpuError, or with the signal's reason. What was fetched
 * stays for the next time unless it turned out to be something else.
 */
export async function fetchArchive(options: FetchOptions, signal: AbortSignal): Promise<void> {
  const { file, wanted, pauseMs } = options;
  const wasThere = (await sizeOf(file)) > 0;
  for (let tries = 1; ; tries++) {
    const before = await sizeOf(file);
    if (before > wanted.bytes) await rm(file, { force: true });
    else if (before === wanted.bytes) break;
    const trouble = await fetchRest(options, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof GpuError) throw error;
      return error;
    });
    const after = await sizeOf(file);
    if (after === wanted.bytes) break;
    if (after > before) tries = 1;
    if (tries >= mostTries || (after === 0 && isUnreachable(trouble))) {
      throw new GpuError(after === 0 && isUnreachable(trouble) ? 'offline' : 'broken-off', describe(trouble));
    }
    await wait(pauseMs * tries, undefined, { signal });
  }
  if (await hasDigest(file, wanted.integrity, signal)) return;
  await rm(file, { force: true });
  // The beginning may have been another file's.
  if (wasThere) return fetchArchive(options, signal);
  throw new GpuError('wrong-integrity', `${options.url} is not ${wanted.integrity}`);
}

/** One connection. Rejects with what broke it, or with a GpuError where another try would be no better. */
async function fetchRest(options: FetchOptions, signal: AbortSignal): Promise<void> {
  const { url, wanted, file, onBytes, stallMs } = options;
  const have = await sizeOf(file);
  const stall = new AbortController();
  const onStall = (): void => {
    stall.abort(new Error(`nothing came for ${stallMs} ms`));
  };
  let timer = setTimeout(onStall, stallMs);
  let target: FileHandle | undefined;
  try {
    const response = await fetch(url, {
      headers: have > 0 ? { range: `bytes=${have}-` } : {},
      signal: AbortSignal.any([signal, stall.signal]),
    });
    const from = startOf(response, have);
    if (from === undefined) {
      await response.body?.cancel();
      throw refusal(response, url);
    }
    if (response.body === null) throw new Error('the answer is empty');
    target = await open(file, from === 0 ? 'w' : 'a').catch((error: unknown) => {
      throw fileError(error);
    });
    let bytes = from;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(onStall, stallMs);
      bytes += chunk.length;
      if (bytes > wanted.bytes) {
        await target.truncate(0);
        throw new GpuError('wrong-integrity', `${url} is longer than ${wanted.bytes} bytes`);
      }
      await target.writeFile(chunk).catch((error: unknown) => {
        throw fileError(error);
      });
      onBytes(bytes);
    }
    if (bytes < wanted.bytes) throw new Error(`the answer ended after ${bytes} of ${wanted.bytes} bytes`);
  } finally {
    clearTimeout(timer);
    await target?.close();
  }
}

/** From which byte on the answer is; undefined if it is none of the file. */
function startOf(response: Response, have: number): number | undefined {
  if (response.status === 200) return 0;
  if (response.status !== 206) return undefined;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return start === String(have) ? have : undefined;
}

/** Errors of the server and of what stands in between may pass; others stay. */
function refusal({ status }: Response, url: string): Error {
  const mayPass = status >= 500 || status === 408 || status === 416 || status === 429 || status === 206;
  return mayPass ? new Error(`status ${status}`) : new GpuError('refused', `${url}: status ${status}`);
}

function isUnreachable(trouble: unknown): boolean {
  const cause = trouble instanceof Error ? trouble.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/.test(code);
}

function describe(trouble: unknown): string {
  const cause = trouble instanceof Error && trouble.cause instanceof Error ? `: ${trouble.cause.message}` : '';
  return `${String(trouble)}${cause}`;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function hasDigest(file: string, integrity: string, signal: AbortSignal): Promise<boolean> {
  const digest = createHash('sha512');
  await pipeline(createReadStream(file), digest, { signal });
  return `sha512-${digest.digest('base64')}` === integrity;
}
