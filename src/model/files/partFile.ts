// A download that isn't complete: the bytes so far, and beside them what they are the beginning of.

import { readFileSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromJson, isText, shape } from '../check.ts';
import type { Version } from './fetchPart.ts';

export interface PartNote extends Version {
  readonly url: string;
  /** What the server states for the whole file. */
  readonly sha256?: string;
}

export interface PartPlace {
  readonly target: string;
  readonly part: string;
  readonly note: string;
  readonly lock: string;
}

/** What is added to a file's name while it isn't complete. */
export const endings = { part: '.part', note: '.part.json', lock: '.lock' } as const;

export function partPlace(folder: string, fileName: string): PartPlace {
  const target = join(folder, fileName);
  return {
    target,
    part: target + endings.part,
    note: target + endings.note,
    lock: target + endings.lock,
  };
}

const isNote = shape<PartNote>({ url: isText, etag: isText, lastModified: isText, sha256: isText }, [
  'etag',
  'lastModified',
  'sha256',
]);

/** What there is of an earlier attempt at this address; bytes without a note, or of something else, are of no use. */
export async function readPart(
  place: PartPlace,
  url: string,
): Promise<{ readonly bytes: number; readonly note: PartNote }> {
  try {
    const note = fromJson(readFileSync(place.note, 'utf8'));
    const { size } = await stat(place.part);
    if (isNote(note) && note.url === url) return { bytes: size, note };
  } catch {
    // Nothing of use is there.
  }
  return { bytes: 0, note: { url } };
}

/** Must be on the disk before the bytes that it speaks of. */
export async function writeNote(place: PartPlace, note: PartNote): Promise<void> {
  const fresh = `${place.note}.new`;
  await writeFile(fresh, JSON.stringify(note));
  await rename(fresh, place.note);
}

export async function removePart(place: PartPlace): Promise<void> {
  for (const path of [place.part, place.note, `${place.note}.new`]) await rm(path, { force: true });
}
