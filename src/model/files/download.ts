// Fetches a model's file. It comes to lie under its name only when it is complete and its checksum is right; until then it is
// a part beside it, from which the next attempt goes on.

import { mkdir, open, rename, stat, statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenOff, DownloadError, noSpace, offline, otherFile, wrongChecksum, wrongLength } from './downloadError.ts';
import { throttled } from './downloadProgress.ts';
import type { DownloadProgress, Report } from './downloadProgress.ts';
import { takeLock } from './fileLock.ts';
import { beyondEnd, fetchPart, Unavailable } from './fetchPart.ts';
import type { Fetch, Part, Version } from './fetchPart.ts';
import { partPlace, readPart, removePart } from './partFile.ts';
import type { PartNote, PartPlace } from './partFile.ts';
import { safeFileName } from './safeFileName.ts';
import { sha256 } from './sha256.ts';
import { watchStall } from './watchStall.ts';
import { onDisk, writePart } from './writePart.ts';

export interface DownloadRequest {
  readonly url: string;
  readonly folder: string;
  readonly fileName: string;
  /** What the file should be, where that is known. */
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface DownloadOptions {
  readonly onProgress: (progress: DownloadProgress) => void;
  /** At least so long between two reports. */
  readonly progressMs?: number;
  /** A server that sends nothing for so long is given up. */
  readonly stallMs?: number;
  /** How often to try again without having got further; waits double from `retryMs`. */
  readonly retries?: number;
  readonly retryMs?: number;
  readonly fetch?: Fetch;
  /** Bytes free in a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Left free on the disk. */
const spareBytes = 256e6;

const longestWaitMs = 30_000;

/**
 * Fetches the file and returns its path. Rejects with a DownloadError or the signal's reason; what has come by then is kept
 * unless it is wrong.
 */
export async function download(
  request: DownloadRequest,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<string> {
  const { url, folder, fileName } = request;
  signal.throwIfAborted();
  if (safeFileName(fileName) === undefined || !URL.canParse(url)) {
    throw new DownloadError(
      'bad-name',
      'A file can’t be kept under this name.',
      `${JSON.stringify(fileName)} from ${url}`,
    );
  }
  const place = partPlace(folder, fileName);
  const lock = await onDisk(async () => {
    await mkdir(folder, { recursive: true });
    return takeLock(place.lock);
  });
  if (!lock) {
    throw new DownloadError('busy', 'Another window is fetching this model. Wait for it, or cancel it there.');
  }
  try {
    if (await isThere(place.target, request)) return place.target;
    await withRetries(request, place, options, signal);
    return place.target;
  } finally {
    await lock.release();
  }
}

async function isThere(target: string, request: DownloadRequest): Promise<boolean> {
  const found = await stat(target).catch(() => undefined);
  return found?.isFile() === true && (request.bytes === undefined || found.size === request.bytes);
}

async function withRetries(
  request: DownloadRequest,
  place: PartPlace,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<void> {
  const { retries = 6, retryMs = 1000 } = options;
  const host = new URL(request.url).host;
  for (let failures = 0, before = -1; ;) {
    try {
      await attempt(request, place, options, signal);
      return;
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof DownloadError;
      if (known && error.problem !== 'stalled' && error.problem !== 'broken-off') throw error;
      const { bytes } = await readPart(place, request.url);
      failures = bytes > before && before >= 0 ? 1 : failures + 1;
      before = Math.max(before, bytes);
      if (failures > retries) throw known ? error : offline(host, error);
      const asked = error instanceof Unavailable ? error.retryAfterMs : undefined;
      await sleep(Math.min(longestWaitMs, asked ?? retryMs * 2 ** (failures - 1)), undefined, { signal }).catch(() => {
        signal.throwIfAborted();
      });
    }
  }
}

/** Asks once for what is missing, writes what comes, and puts the file into its place if that completes it. */
async function attempt(
  request: DownloadRequest,
  place: PartPlace,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<void> {
  const { onProgress, progressMs = 200, stallMs = 30_000 } = options;
  const report = throttled(onProgress, progressMs);
  const host = new URL(request.url).host;
  let { bytes: have, note } = await readPart(place, request.url);
  if (have === 0 || have !== request.bytes) {
    const watch = watchStall(signal, stallMs, host);
    try {
      const rest = await askForRest(request, have, note, options, watch.signal);
      const total = request.bytes ?? rest.part.total;
      have = rest.have;
      note = noteOf(request.url, rest.part);
      await refuseWrong(request, rest, place, options);
      have = await writePart(rest.part, place, note, { have, total, host, onProgress: report, onBytes: watch.alive });
    } catch (error) {
      // The reason is ours or the caller's; what fetch makes of it isn't.
      if (watch.signal.aborted) throw watch.signal.reason;
      throw error;
    } finally {
      watch.dispose();
    }
  }
  await complete(request, place, note, have, report, signal);
}

interface Rest {
  readonly part: Part;
  /** How many of the bytes that are there it follows. */
  readonly have: number;
}

/** Asks for what follows the bytes that are there, or for all if they are of no use any more. */
async function askForRest(
  { url, sha256: expected }: DownloadRequest,
  have: number,
  note: PartNote,
  { fetch = globalThis.fetch }: DownloadOptions,
  signal: AbortSignal,
): Promise<Rest> {
  // Without anything that tells versions of the file apart, only a checksum would notice that two were joined.
  const certain = note.etag !== undefined || note.lastModified !== undefined || expected !== undefined;
  if (have > 0 && certain) {
    const part = await fetchPart(fetch, url, have, note, signal);
    if (part !== beyondEnd && part.from === 0) return { part, have: 0 };
    if (part !== beyondEnd && part.from === have && !isOther(note, part.version)) return { part, have };
    if (part !== beyondEnd) await part.body.cancel();
  }
  const part = await fetchPart(fetch, url, 0, {}, signal);
  if (part === beyondEnd || part.from !== 0) throw brokenOff(new URL(url).host, 'it begins in the middle of the file');
  return { part, have: 0 };
}

function isOther(before: Version, now: Version): boolean {
  const differ = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  return differ(before.etag, now.etag) || differ(before.lastModified, now.lastModified);
}

function noteOf(url: string, part: Part): PartNote {
  return { url, ...part.version, ...(part.sha256 !== undefined && { sha256: part.sha256 }) };
}

/** Throws, before anything is written, if the file isn't the one that is wanted or there is no room for it. */
async function refuseWrong(
  request: DownloadRequest,
  { part, have }: Rest,
  place: PartPlace,
  { freeBytes = freeIn }: DownloadOptions,
): Promise<void> {
  const fail = async (error: DownloadError): Promise<never> => {
    await part.body.cancel().catch(() => undefined);
    throw error;
  };
  if (request.bytes !== undefined && part.total !== undefined && part.total !== request.bytes) {
    await removePart(place);
    await fail(wrongLength(request.bytes, part.total));
  }
  if (request.sha256 !== undefined && part.sha256 !== undefined && part.sha256 !== request.sha256) {
    await removePart(place);
    await fail(otherFile(request.sha256, part.sha256));
  }
  const needed = (request.bytes ?? part.total ?? 0) - have + spareBytes;
  const free = await onDisk(() => freeBytes(request.folder));
  if (free < needed) await fail(noSpace(needed, free));
}

async function complete(
  request: DownloadRequest,
  place: PartPlace,
  note: PartNote,
  bytes: number,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const expected = request.sha256 ?? note.sha256;
  if (expected !== undefined) {
    const found = await sha256(
      place.part,
      (done) => {
        report({ step: 'checking', done, total: bytes }, done === bytes);
      },
      signal,
    );
    if (found !== expected) {
      await removePart(place);
      throw wrongChecksum(expected, found);
    }
  }
  await onDisk(async () => {
    await rename(place.part, place.target);
    await removePart(place);
    await syncFolder(request.folder);
  });
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
