import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { brokenOff, DownloadError, diskError, wrongLength } from './downloadError.ts';
import type { Report } from './downloadProgress.ts';
import type { Part } from './fetchPart.ts';
import { removePart, writeNote } from './partFile.ts';
import type { PartNote, PartPlace } from './partFile.ts';

export interface Writing {
  readonly have: number;
  readonly total: number | undefined;
  readonly host: string;
  readonly onProgress: Report;
  readonly onBytes: () => void;
}

/**
 * Writes what comes behind the bytes that are there; returns how many there are then. Throws a DownloadError.
 */
export async function writePart(part: Part, place: PartPlace, note: PartNote, writing: Writing): Promise<number> {
  const { have, total, host, onProgress, onBytes } = writing;
  let at = have;
  let file: FileHandle | undefined;
  try {
    file = await onDisk(async () => {
      // A note must never speak of older bytes than it knows: the bytes go first where they are to be replaced.
      const opened = await open(place.part, have === 0 ? 'w' : 'r+');
      await writeNote(place, note);
      return opened;
    });
    onProgress({ step: 'fetching', done: at, ...(total !== undefined && { total }) }, true);
    for await (const piece of part.body) {
      onBytes();
      if (total !== undefined && at + piece.length > total) {
        await removePart(place);
        throw wrongLength(total, at + piece.length);
      }
      const target = file;
      const from = at;
      await onDisk(() => target.write(piece, 0, piece.length, from), (total ?? at) - at);
      at += piece.length;
      onProgress({ step: 'fetching', done: at, ...(total !== undefined && { total }) }, false);
    }
    const written = file;
    await onDisk(() => written.sync());
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw brokenOff(host, `${at} of ${total ?? 'unknown'} bytes: ${String(error)}`);
  } finally {
    await part.body.cancel().catch(() => undefined);
    await file?.close();
  }
  if (total !== undefined && at < total) throw brokenOff(host, `${at} of ${total} bytes`);
  return at;
}

/** Runs what works on the disk; what the file system says against it becomes a DownloadError. */
export async function onDisk<T>(work: () => Promise<T>, needed = 0): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DownloadError ? error : diskError(error, needed);
  }
}
