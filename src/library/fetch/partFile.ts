// What has come of a copy so far, with what is needed to go on: kept as it came over the wire, beside a note of what it is
// part of.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What tells one state of the server's file from the next. */
export interface Version {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface PartNote extends Version {
  readonly address: string;
  /** The header "Content-Encoding". */
  readonly encoding: string;
}

export interface PartPlace {
  readonly part: string;
  readonly note: string;
  readonly unpacked: string;
}

/** Where the part of an address lies. Two windows never fetch the same one: the shelf sees to that. */
export async function partPlace(folder: string, address: string): Promise<PartPlace> {
  await mkdir(folder, { recursive: true });
  const name = join(folder, createHash('sha256').update(address).digest('hex'));
  return { part: `${name}.part`, note: `${name}.json`, unpacked: `${name}.new` };
}

/** How many bytes are there that can be gone on with, and of what; undefined if none are. */
export async function readPart(place: PartPlace, address: string): Promise<(PartNote & { bytes: number }) | undefined> {
  try {
    const { size } = await stat(place.part);
    const note: unknown = JSON.parse(await readFile(place.note, 'utf8'));
    if (size === 0 || !isNote(note) || note.address !== address) return undefined;
    // Without a sure sign that the file is still the same, two different halves might be joined.
    return validator(note) === undefined ? undefined : { ...note, bytes: size };
  } catch {
    return undefined;
  }
}

export async function writeNote(place: PartPlace, note: PartNote): Promise<void> {
  await writeFile(place.note, JSON.stringify(note), { mode: 0o600 });
}

export async function removePart(place: PartPlace): Promise<void> {
  await Promise.all([place.part, place.note, place.unpacked].map((path) => rm(path, { force: true })));
}

/** What to send as "If-Range": a strong mark, or a time. */
export function validator({ etag, lastModified }: Version): string | undefined {
  return etag !== undefined && !etag.startsWith('W/') ? etag : lastModified;
}

function isNote(value: unknown): value is PartNote {
  if (typeof value !== 'object' || value === null || !('address' in value) || !('encoding' in value)) return false;
  const texts = [value.address, value.encoding, ...optional(value, 'etag'), ...optional(value, 'lastModified')];
  return texts.every((text) => typeof text === 'string');
}

function optional(value: object, name: string): unknown[] {
  return name in value ? [(value as Readonly<Record<string, unknown>>)[name]] : [];
}
