// Unpacks what a package registry serves: a gzipped tar archive with one folder of plain files in it.

import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ArchiveError, ArchiveInput } from './archiveInput.ts';

export { ArchiveError } from './archiveInput.ts';

export interface UnpackLimits {
  /** All files together, unpacked. */
  readonly bytes: number;
  readonly files: number;
}

const block = 512;

/**
 * Unpacks the plain files of `archive` into `folder`, without the folder they are in there. Resolves with how many bytes
 * they take. Rejects with an ArchiveError for anything but plain files and folders, for a name that leads out of the
 * folder, and beyond the limits; with the signal's reason; and with what the file system says. What was unpacked until then stays.
 *
 * The format: POSIX.1-2001, pax interchange format (IEEE Std 1003.1).
 */
export async function unpack(
  archive: string,
  folder: string,
  limits: UnpackLimits,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  let files = 0;
  const known = new Set<string>();
  await pipeline(
    createReadStream(archive),
    createGunzip(),
    async (chunks: AsyncIterable<Buffer>) => {
      const input = new ArchiveInput(chunks);
      let longName: string | undefined;
      for (let entry = await nextEntry(input); entry; entry = await nextEntry(input)) {
        const { type, size } = entry;
        switch (type) {
          case 'x': {
            if (size > 65_536) throw new ArchiveError('a header is too long');
            longName = paxPath(await input.take(size));
            break;
          }
          case 'g':
          case '5':
            if (size > 65_536) throw new ArchiveError('a header is too long');
            await input.take(size);
            break;
          case '0':
          case '\0': {
            const name = safeName(longName ?? entry.name);
            longName = undefined;
            bytes += size;
            files++;
            if (bytes > limits.bytes) throw new ArchiveError(`it unpacks to more than ${limits.bytes} bytes`);
            if (files > limits.files) throw new ArchiveError(`it holds more than ${limits.files} files`);
            if (known.has(name.toLowerCase())) throw new ArchiveError(`it holds ${name} twice`);
            known.add(name.toLowerCase());
            await writeEntry(input, join(folder, name), entry);
            break;
          }
          default:
            throw new ArchiveError(`it holds something that is no plain file: ${entry.name}`);
        }
        await input.take((block - (size % block)) % block);
      }
      // To the very end, where the checksum is.
      for (let padding = 0; !(await input.isAtEnd()); padding += (await input.some(block)).length) {
        if (padding > 65_536) throw new ArchiveError('it goes on after its end');
      }
    },
    { signal },
  ).catch((error: unknown) => {
    throw isGzipError(error) ? new ArchiveError(`it can't be unpacked: ${error.message}`) : error;
  });
  if (files === 0) throw new ArchiveError('it holds no file');
  return bytes;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly isExecutable: boolean;
}

async function nextEntry(input: ArchiveInput): Promise<Entry | undefined> {
  const header = await input.take(block, true);
  // Two empty blocks, or as some write it none, are the end.
  if (header.length === 0 || header.every((byte) => byte === 0)) return undefined;
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== octal(header, 148, 8)) throw new ArchiveError('a header is damaged');
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(header[156] ?? 0),
    size: octal(header, 124, 12),
    isExecutable: (octal(header, 100, 8) & 0o100) !== 0,
  };
}

function text(header: Buffer, from: number, length: number): string {
  const end = header.indexOf(0, from);
  return header.toString('utf8', from, end < 0 || end > from + length ? from + length : end);
}

function octal(header: Buffer, from: number, length: number): number {
  const digits = text(header, from, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new ArchiveError('a header is damaged');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** Records are "length key=value\n". */
function paxPath(records: Buffer): string | undefined {
  for (let at = 0; at < records.length;) {
    const space = records.indexOf(' ', at);
    const length = Number(records.toString('utf8', at, space));
    if (space < 0 || !Number.isInteger(length) || length <= space - at) throw new ArchiveError('a header is damaged');
    const [key, ...value] = records.toString('utf8', space + 1, at + length - 1).split('=');
    if (key === 'path') return value.join('=');
    if (key === 'size') throw new ArchiveError('a file is too long');
    at += length;
  }
  return undefined;
}

/** The name below the archive's one folder. */
function safeName(name: string): string {
  const [, ...parts] = name.split('/');
  const isSafe = (part: string): boolean => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part);
  if (parts.length === 0 || name.startsWith('/') || !parts.every(isSafe)) {
    throw new ArchiveError(`it holds a file of a bad name: ${name}`);
  }
  return parts.join('/');
}

async function writeEntry(input: ArchiveInput, file: string, { size, isExecutable }: Entry): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  let target: FileHandle | undefined;
  try {
    target = await open(file, 'wx', isExecutable ? 0o755 : 0o644);
    for (let rest = size; rest > 0;) {
      const piece = await input.some(rest);
      await target.writeFile(piece);
      rest -= piece.length;
    }
  } finally {
    await target?.close();
  }
}

function isGzipError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
