// Turns what came over the wire into what it means, counting: a few kilobytes can unpack to a full disk.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { sniffedBytes } from '../../core/library/sniff.ts';
import { FetchError } from './fetchError.ts';
import type { Limits } from './limits.ts';

/** What a server may pack its answer with: what we say we understand. */
export const encodings = ['gzip', 'br', 'deflate'] as const;

export interface Unpacked {
  /** SHA-256. */
  readonly hash: string;
  readonly bytes: number;
  /** The beginning. */
  readonly head: Uint8Array;
}

/** Unpacks `from`, which came with the header "Content-Encoding", into `to`, on disk when this resolves. */
export async function unpack(
  from: string,
  to: string,
  encoding: string,
  { packed, host, limits, signal }: { packed: number; host: string; limits: Limits; signal: AbortSignal },
): Promise<Unpacked> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head: Buffer = Buffer.alloc(0);
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, callback: TransformCallback) {
      bytes += chunk.length;
      if (bytes > limits.bytes || (bytes > limits.freeBytes && bytes > packed * limits.ratio)) {
        callback(new FetchError('bomb', host, `${packed} bytes unpack to more than ${bytes}`));
        return;
      }
      hash.update(chunk);
      if (head.length < sniffedBytes) head = Buffer.concat([head, chunk]).subarray(0, sniffedBytes);
      callback(null, chunk);
    },
  });
  // Before any file is opened: a packing that isn't known must leave none behind.
  const decoder = decoderOf(encoding, host);
  const source = createReadStream(from);
  const target = createWriteStream(to, { flush: true, mode: 0o600 });
  try {
    if (decoder) await pipeline(source, decoder, measure, target, { signal });
    else await pipeline(source, measure, target, { signal });
  } catch (error) {
    // A file that is still being opened would be there again after the caller has removed it.
    if (!target.closed) await once(target, 'close');
    throw error;
  }
  return { hash: hash.digest('hex'), bytes, head };
}

function decoderOf(encoding: string, host: string): Transform | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      // Several layers are how small bombs get large; no honest server sends them unasked.
      throw new FetchError('bad-answer', host, `packed with ${encoding.slice(0, 60)}`);
  }
}
