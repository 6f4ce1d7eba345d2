// Copies a file of the learner's into the library, unless it is none that can be read there.

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sniff, sniffedBytes } from '../core/library/sniff.ts';
import { FetchError, fetchErrorOf } from './fetch/fetchError.ts';
import type { OwnContent } from './shelf/shelf.ts';

const chunkBytes = 256 * 1024;

/** A copy of the file in `folder`, the caller's to move or delete; rejects with a FetchError whose host is the file's name. */
export async function copyOwnFile(path: string, folder: string, id: string, limit: number): Promise<OwnContent> {
  const name = basename(path);
  await mkdir(folder, { recursive: true });
  const copy = join(folder, `${createHash('sha256').update(id).digest('hex')}.new`);
  try {
    // Without waiting for a pipe that nobody writes to.
    const source = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await source.stat();
      if (!found.isFile()) throw new FetchError('wrong-type', name, 'not a file');
      if (found.size > limit) throw new FetchError('too-large', name, `${found.size} bytes`);
      const target = await open(copy, 'wx', 0o600);
      try {
        const hash = createHash('sha256');
        const buffer = Buffer.alloc(chunkBytes);
        let head: Buffer | undefined;
        let bytes = 0;
        for (;;) {
          const { bytesRead } = await source.read(buffer, 0, chunkBytes);
          if (bytesRead === 0) break;
          bytes += bytesRead;
          if (bytes > limit) throw new FetchError('too-large', name, `more than ${limit} bytes`);
          const chunk = buffer.subarray(0, bytesRead);
          head ??= Buffer.from(chunk.subarray(0, sniffedBytes));
          hash.update(chunk);
          await target.writeFile(chunk);
        }
        const type = head && sniff(head, { name, mime: '' });
        if (!type) throw new FetchError(bytes === 0 ? 'empty' : 'wrong-type', name, `${bytes} bytes`);
        await target.sync();
        return { path: copy, hash: hash.digest('hex'), bytes, type };
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  } catch (error) {
    await rm(copy, { force: true });
    throw fetchErrorOf(error, name);
  }
}
