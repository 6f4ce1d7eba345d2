// What the head of an answer says, with every way in which it may be wrong.

import { hostOf } from '../../core/library/address.ts';
import { one } from './exchange.ts';
import type { Answer } from './exchange.ts';
import { FetchError } from './fetchError.ts';
import type { Version } from './partFile.ts';

export interface Head {
  /** The byte of the file that the body begins with. */
  readonly from: number;
  readonly total?: number;
  readonly encoding: string;
  readonly mime: string;
  readonly charset?: string;
  readonly version: Version;
}

/** `unchanged`: what we have is still how it is. `other-part`: what came isn't what follows what we have. */
export type Reading = { readonly type: 'body'; readonly head: Head } | { readonly type: 'unchanged' | 'other-part' };

/** Reads the head of an answer to a request from byte `from` on; throws a FetchError if it is a refusal. */
export function readAnswer({ status, headers, address }: Answer, from: number, now: number): Reading {
  const host = hostOf(address);
  if (status === 304) return { type: 'unchanged' };
  if (status === 416 && from > 0) return { type: 'other-part' };
  if (status !== 200 && status !== 206) throw refusal(status, host, retryAfter(one(headers, 'retry-after'), now));
  const etag = one(headers, 'etag');
  const lastModified = one(headers, 'last-modified');
  const length = count(one(headers, 'content-length'));
  const mime = one(headers, 'content-type') ?? '';
  const charset = /;\s*charset="?([\w.:-]{1,40})/i.exec(mime)?.[1];
  const common = {
    encoding: one(headers, 'content-encoding') ?? '',
    mime: mime.slice(0, 200),
    ...(charset !== undefined && { charset }),
    version: {
      ...(isMark(etag) && { etag }),
      ...(lastModified !== undefined && Number.isFinite(Date.parse(lastModified)) && { lastModified }),
    },
  };
  if (status === 200)
    return { type: 'body', head: { ...common, from: 0, ...(length !== undefined && { total: length }) } };
  const [, start, end, whole] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(one(headers, 'content-range') ?? '') ?? [];
  const total = count(whole);
  const wrong =
    start === undefined ||
    Number(start) !== from ||
    (total !== undefined && Number(end) >= total) ||
    (length !== undefined && Number(end) - Number(start) + 1 !== length);
  if (from === 0) throw new FetchError('bad-answer', host, 'a part that was not asked for');
  if (wrong) return { type: 'other-part' };
  return { type: 'body', head: { ...common, from, ...(total !== undefined && { total }) } };
}

function refusal(status: number, host: string, retryAfterMs: number | undefined): FetchError {
  const detail = `HTTP status ${status}`;
  if (status === 404 || status === 410) return new FetchError('not-found', host, detail);
  if ([401, 402, 403, 451].includes(status)) return new FetchError('not-allowed', host, detail);
  if (status === 407) return new FetchError('proxy', host, detail);
  if (status === 408 || status === 425 || status === 504) return new FetchError('timeout', host, detail, retryAfterMs);
  if (status === 429) return new FetchError('too-many-requests', host, detail, retryAfterMs);
  if (status >= 500 && status < 600) return new FetchError('server', host, detail, retryAfterMs);
  return new FetchError('bad-answer', host, detail);
}

/** Seconds or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** An entity tag that can be sent back as it came. */
function isMark(etag: string | undefined): etag is string {
  return etag !== undefined && etag.length <= 300 && /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag);
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
