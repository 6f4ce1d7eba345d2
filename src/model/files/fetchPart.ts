// One request for a file or the rest of it, redirects followed by our own rules.

import { insecure, refused } from './downloadError.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What tells one state of the server's file from the next. */
export interface Version {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Part {
  readonly body: ReadableStream<Uint8Array>;
  /** The byte of the file that the body begins with. */
  readonly from: number;
  /** The length of the whole file, if the server says it. */
  readonly total?: number;
  /** How many bytes the body is said to have. */
  readonly length?: number;
  readonly version: Version;
  /** The checksum that the server states for the file, as Hugging Face does before it redirects. */
  readonly sha256?: string;
}

/** The server says that the wanted rest doesn't exist. */
export const beyondEnd = 'beyond the end';

/** Worth another try. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly retryAfterMs: number | undefined;

  constructor(status: number, retryAfter: string | null) {
    super(`HTTP status ${status}`);
    const seconds = Number(retryAfter ?? Number.NaN);
    this.retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  }
}

const mostRedirects = 10;

/**
 * Asks for the file from byte `from` on, if it is still of `version`. Throws a DownloadError where the server refuses or leads
 * to an unencrypted address, `Unavailable` where it may do better later, and whatever `fetch` throws.
 */
export async function fetchPart(
  fetch: Fetch,
  url: string,
  from: number,
  version: Version,
  signal: AbortSignal,
): Promise<Part | typeof beyondEnd> {
  // Compressed, a range of bytes would mean something else.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) {
    headers['range'] = `bytes=${from}-`;
    const unchanged = strong(version.etag) ?? version.lastModified;
    if (unchanged !== undefined) headers['if-range'] = unchanged;
  }
  let address = allowed(url, undefined);
  let sha256: string | undefined;
  let size: number | undefined;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(address.href, { headers, redirect: 'manual', signal });
    sha256 ??= checksum(response.headers.get('x-linked-etag'));
    size ??= count(response.headers.get('x-linked-size'));
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      address = allowed(new URL(location, address).href, address);
      continue;
    }
    const part = await read(response, from, address.host);
    if (part === beyondEnd) return part;
    const total = part.total ?? size;
    return { ...part, ...(total !== undefined && { total }), ...(sha256 !== undefined && { sha256 }) };
  }
  throw insecure(`more than ${mostRedirects} redirects`);
}

async function read(response: Response, from: number, host: string): Promise<Part | typeof beyondEnd> {
  const { status, headers, body } = response;
  const drop = async (): Promise<void> => body?.cancel();
  if (status === 416 && from > 0) {
    await drop();
    return beyondEnd;
  }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    await drop();
    throw new Unavailable(status, headers.get('retry-after'));
  }
  const encoding = headers.get('content-encoding') ?? 'identity';
  if ((status !== 200 && status !== 206) || !body || encoding !== 'identity') {
    await drop();
    throw refused(host, status);
  }
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  const length = count(headers.get('content-length'));
  const common = {
    body,
    version: { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) },
    ...(length !== undefined && { length }),
  };
  if (status === 200) return { ...common, from: 0, ...(length !== undefined && { total: length }) };
  const [, start, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (start === undefined) {
    await drop();
    throw refused(host, status);
  }
  const total = count(whole ?? null);
  return { ...common, from: Number(start), ...(total !== undefined && { total }) };
}

/** Encrypted all the way: only an address on this very machine may do without, and not after one that was encrypted. */
function allowed(address: string, before: URL | undefined): URL {
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') throw insecure('an address with a password in it');
  if (url.protocol === 'https:') return url;
  if (isOnThisMachine(url) && before?.protocol !== 'https:') return url;
  throw insecure(`${before?.origin ?? 'asked for'} → ${url.origin}`);
}

/** Whether an address is that of a server on this very machine, spoken to without encryption. */
export function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (['localhost', '[::1]'].includes(hostname) || /^127(\.\d+){3}$/.test(hostname));
}

function strong(etag: string | undefined): string | undefined {
  return etag === undefined || etag.startsWith('W/') ? undefined : etag;
}

function checksum(etag: string | null): string | undefined {
  return /^"?([0-9a-f]{64})"?$/.exec(etag ?? '')?.[1];
}

function count(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
