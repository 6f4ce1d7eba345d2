// Cards out of a package of Anki, old form and new. The file may come from anybody: it is never larger in memory than we
// allow, its database runs nothing, and whatever is wrong with it comes out as one sentence.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { readAnkiCollection } from './ankiCollection.ts';
import type { AnkiPackage } from './ankiCollection.ts';

/** The newest form first: a new package carries an old one that only says that Anki should be updated. */
const collections = ['collection.anki21b', 'collection.anki21', 'collection.anki2'];
const mostBytes = 256 * 1024 * 1024;

/** Reads a package; a string says what is wrong with it. */
export function readAnkiPackage(bytes: Uint8Array): AnkiPackage | string {
  const unpacked = unpack(bytes);
  if (typeof unpacked === 'string') return unpacked;
  const folder = mkdtempSync(join(tmpdir(), 'handbook-anki-'));
  try {
    const file = join(folder, 'collection.db');
    writeFileSync(file, unpacked);
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      db.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;');
      return readAnkiCollection(db);
    } finally {
      db.close();
    }
  } catch (error) {
    // What SQLite says of a broken file; our own mistakes are thrown on.
    if (error instanceof Error && 'errcode' in error) return 'Its collection is damaged, or isn’t one of Anki’s.';
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The collection in a package, unpacked. */
function unpack(bytes: Uint8Array): Uint8Array | string {
  const tooLarge: string[] = [];
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        if (!collections.includes(name)) return false;
        if (Math.max(originalSize, size) <= mostBytes) return true;
        tooLarge.push(name);
        return false;
      },
    });
  } catch {
    return 'It isn’t a package of Anki, or it is damaged.';
  }
  if (tooLarge.length > 0) return 'Its collection is too large.';
  const name = collections.find((one) => Object.hasOwn(entries, one));
  const found = name === undefined ? undefined : entries[name];
  if (!found) return 'It holds no collection of Anki.';
  if (name !== 'collection.anki21b') return found;
  // Node has it since 22.15, and so has every VS Code that we run in.
  try {
    return zstdDecompressSync(found, { maxOutputLength: mostBytes });
  } catch {
    return 'Its collection is too large, or damaged.';
  }
}
