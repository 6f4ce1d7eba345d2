// Fetches one copy: asks only for what is missing or new, keeps what has come when it breaks off, and hands over a file
// that is whole, unpacked, hashed and of a kind that can be read.

import { open, rm, stat } from 'node:fs/promises';
import { hostOf, isPdfAddress } from '../../core/library/address.ts';
import type { AddressRules } from '../../core/library/address.ts';
import { pageTitle, sniff } from '../../core/library/sniff.ts';
import type { ContentType } from '../../core/library/sniff.ts';
import { discard, exchange } from './exchange.ts';
import type { Answer } from './exchange.ts';
import { FetchError, fetchErrorOf } from './fetchError.ts';
import type { Limits } from './limits.ts';
import type { Network } from './network.ts';
import { partPlace, readPart, removePart, validator, writeNote } from './partFile.ts';
import type { PartPlace, Version } from './partFile.ts';
import { readAnswer } from './readAnswer.ts';
import type { Head } from './readAnswer.ts';
import { encodings, unpack } from './unpack.ts';

export interface FetchParts {
  readonly network: Network;
  readonly rules: AddressRules;
  readonly limits: Limits;
  /** Where parts and finished files wait. */
  readonly folder: string;
  readonly userAgent: string;
  readonly now: () => number;
}

export interface FetchRequest {
  readonly address: string;
  /** Of the content that is there already. */
  readonly known?: Version;
  readonly onProgress: (done: number, total: number | undefined) => void;
}

export type Fetched =
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'new';
      /** A file that is the caller's now. */
      readonly path: string;
      readonly hash: string;
      readonly bytes: number;
      readonly content: ContentType;
      readonly charset?: string;
      readonly title?: string;
      readonly version: Version;
    };

/** Fetches `address`, which `fetchAddress` let through; rejects with a FetchError or the signal's reason. */
export async function fetchCopy(request: FetchRequest, parts: FetchParts, signal: AbortSignal): Promise<Fetched> {
  const host = hostOf(request.address);
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(parts.limits.totalMs)]);
  try {
    const place = await partPlace(parts.folder, request.address);
    // Once more, from the beginning, if what came doesn't follow what was there.
    return (await attempt(request, place, parts, inTime)) ?? (await restart(request, place, parts, inTime));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw fetchErrorOf(inTime.aborted ? inTime.reason : error, host);
  }
}

async function restart(
  request: FetchRequest,
  place: PartPlace,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<Fetched> {
  await removePart(place);
  const fetched = await attempt(request, place, parts, signal);
  if (!fetched) throw new FetchError('bad-answer', hostOf(request.address), 'it keeps sending another part');
  return fetched;
}

async function attempt(
  request: FetchRequest,
  place: PartPlace,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<Fetched | undefined> {
  const { address, known, onProgress } = request;
  const { network, rules, limits, userAgent, now } = parts;
  const part = await readPart(place, address);
  const answer = await exchange(
    address,
    { ...usualHeaders, 'user-agent': userAgent, ...(part ? goOn(part, part.bytes) : onlyNew(known)) },
    { network, rules, redirects: limits.redirects, signal },
  );
  let read: ReturnType<typeof readAnswer>;
  try {
    read = readAnswer(answer, part?.bytes ?? 0, now());
  } catch (error) {
    discard(answer.body);
    throw error;
  }
  if (read.type !== 'body') {
    discard(answer.body);
    if (read.type === 'other-part') return undefined;
    if (known) return { type: 'unchanged' };
    throw new FetchError('bad-answer', hostOf(answer.address), 'unchanged, though we have nothing');
  }
  const { head } = read;
  if (part && head.from > 0 && !follows(part, head)) {
    discard(answer.body);
    return undefined;
  }
  const packed = await receive(answer, head, place, address, { limits, signal, onProgress });
  const host = hostOf(answer.address);
  const {
    hash,
    bytes,
    head: start,
  } = await unpack(place.part, place.unpacked, head.encoding, {
    packed,
    host,
    limits,
    signal,
  }).catch(async (error: unknown) => {
    // What can't be unpacked won't get better by going on; on a full disk it may.
    if (['bomb', 'bad-answer'].includes(fetchErrorOf(error, host).reason)) await removePart(place);
    else await rm(place.unpacked, { force: true });
    throw error;
  });
  const content = sniff(start, { name: new URL(answer.address).pathname.split('/').at(-1) ?? '', mime: head.mime });
  // In the place of a paper there may be a page that asks to sign in, or whether one is a robot.
  if (content === undefined || (content === 'html' && isPdfAddress(address))) {
    await removePart(place);
    throw new FetchError(bytes === 0 ? 'empty' : 'wrong-type', host, `${bytes} bytes, called ${head.mime}`);
  }
  const title = content === 'html' ? await titleOf(place.unpacked, head.charset) : undefined;
  return {
    type: 'new',
    path: place.unpacked,
    hash,
    bytes,
    content,
    ...(head.charset !== undefined && { charset: head.charset }),
    ...(title !== undefined && { title }),
    version: head.version,
  };
}

const usualHeaders = {
  accept: 'text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain,text/vtt;q=0.9,*/*;q=0.5',
  'accept-encoding': encodings.join(', '),
  'accept-language': 'en, *;q=0.5',
};

function goOn(version: Version, from: number): Record<string, string> {
  return { range: `bytes=${from}-`, 'if-range': validator(version) ?? '' };
}

function onlyNew(known: Version | undefined): Record<string, string> {
  return {
    ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
    ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
  };
}

/** Whether an answer goes on with what is there: the same file, packed the same way. A server may ignore "If-Range". */
function follows(part: Version & { readonly encoding: string }, head: Head): boolean {
  const same = (before: string | undefined, now: string | undefined): boolean =>
    before === undefined || now === undefined || before === now;
  return (
    part.encoding === head.encoding &&
    same(part.etag, head.version.etag) &&
    same(part.lastModified, head.version.lastModified)
  );
}

/** Writes the body behind what is there; resolves, with the length of it all, once it is whole and on disk. */
async function receive(
  answer: Answer,
  head: Head,
  place: PartPlace,
  address: string,
  { limits, signal, onProgress }: { limits: Limits; signal: AbortSignal; onProgress: FetchRequest['onProgress'] },
): Promise<number> {
  const { body } = answer;
  const host = hostOf(answer.address);
  if (head.total !== undefined && head.total > limits.bytes) {
    discard(body);
    await removePart(place);
    throw new FetchError('too-large', host, `${head.total} bytes`);
  }
  let done = head.from;
  try {
    if (head.from === 0) await removePart(place);
    await writeNote(place, { address, encoding: head.encoding, ...head.version });
    const file = await open(place.part, head.from === 0 ? 'w' : 'a', 0o600);
    try {
      onProgress(done, head.total);
      for await (const chunk of body as AsyncIterable<Buffer>) {
        signal.throwIfAborted();
        done += chunk.length;
        if (done > limits.bytes) throw new FetchError('too-large', host, `more than ${limits.bytes} bytes`);
        await file.appendFile(chunk);
        onProgress(done, head.total);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    discard(body);
    if (error instanceof FetchError) await removePart(place);
    throw error;
  }
  if (head.total !== undefined && done !== head.total) {
    if (done > head.total) await removePart(place);
    throw new FetchError('broken-off', host, `${done} of ${head.total} bytes`);
  }
  return done;
}

/** The title of a saved page. Encodings that a browser knows and Node doesn't give none. */
async function titleOf(path: string, charset: string | undefined): Promise<string | undefined> {
  const { size } = await stat(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, 64 * 1024)));
    return pageTitle(new TextDecoder(charset ?? 'utf-8').decode(buffer.subarray(0, bytesRead)));
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
