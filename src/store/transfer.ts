// Everything out into a file and in from one. Each opens the database for itself, so that it can run beside the extension
// host, which goes on working.

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { afterEvents, fileEnd, fileEntry, fileHead, largestFile, readDataFile } from '../core/dataFile.ts';
import type { Imported, KeptSettings, Refused } from '../core/dataFile.ts';
import { filedConversations, readConversations, uniteConversations } from './conversationFile.ts';
import { openDatabase } from './openDatabase.ts';
import { parseRow } from './readEvents.ts';
import { StoreError, withStoreErrors } from './storeError.ts';
import { inTransaction } from '../core/sqlite.ts';
import { uniteHistory } from './unite.ts';

/** How long to wait for other windows: nobody types meanwhile. */
const patience = 30_000;

export interface Exported {
  readonly events: number;
  readonly turns: number;
  /** Rows that can't be read and were left out. */
  readonly skipped: number;
}

/** Writes everything that is kept in the database at `path` into the file `target`: all of it or, if it throws, nothing. */
export function exportTo(path: string, target: string, exportedAt: number, settings: KeptSettings): Exported {
  const part = `${target}.part`;
  const { db } = openDatabase(path, () => exportedAt, patience);
  try {
    return withWords(target, () => {
      const file = openSync(part, 'w');
      const count = { events: 0, turns: 0, skipped: 0 };
      try {
        const write = bufferedInto(file);
        write(fileHead(exportedAt, settings));
        // One state of the database, whatever other windows write meanwhile.
        db.exec('BEGIN');
        for (const row of db.prepare('SELECT id, at, kind, subject, body FROM event ORDER BY at, id').iterate()) {
          const event = parseRow(row);
          if (typeof event === 'string') count.skipped++;
          else write(fileEntry(event, count.events++ === 0));
        }
        write(afterEvents);
        let isFirst = true;
        const skip = (): void => {
          count.skipped++;
        };
        for (const conversation of filedConversations(db, skip)) {
          count.turns += conversation.turns.length;
          write(fileEntry(conversation, isFirst));
          isFirst = false;
        }
        db.exec('COMMIT');
        write(fileEnd, true);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(part, target);
      return count;
    });
  } finally {
    rmSync(part, { force: true });
    db.close();
  }
}

/** Collects text and writes it in pieces that are worth a call; `last` writes what is left. */
function bufferedInto(file: number): (text: string, last?: boolean) => void {
  let waiting: string[] = [];
  let length = 0;
  return (text, last = false) => {
    waiting.push(text);
    length += text.length;
    if (length < 500_000 && !last) return;
    const bytes = Buffer.from(waiting.join(''));
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    waiting = [];
    length = 0;
  };
}

export interface ImportedFile extends Imported {
  readonly settings: KeptSettings;
}

/** Unites what is kept in the database at `path` with what the file `source` holds: all of it or nothing. */
export function importFrom(path: string, source: string, now: number): ImportedFile | Refused {
  const read = withWords(source, () =>
    statSync(source).size > largestFile
      ? { problem: `This file is larger than ${largestFile / 1_000_000} MB, which no export of the handbook is.` }
      : readDataFile(readFileSync(source, 'utf8'), now),
  );
  if ('problem' in read) return read;
  const conversations = readConversations(read.conversations);
  if ('problem' in conversations) return conversations;
  const { db } = openDatabase(path, () => now, patience);
  try {
    return withStoreErrors(path, () =>
      inTransaction(db, () => {
        const { added, redated } = uniteHistory(db, read.events, now);
        return {
          addedEvents: added,
          addedTurns: uniteConversations(db, conversations),
          redated: read.redated + redated,
          settings: read.settings,
        };
      }),
    );
  } finally {
    db.close();
  }
}

/** Does `work` on a file of the learner's; what the system says to it comes out in words. */
function withWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    const [kind, words] = fileWords[code] ?? ['failed', 'The disk reported an error.'];
    throw new StoreError(kind, `${words} Choose another folder or file, then try again. (${file})`, { cause: error });
  }
}

const fileWords: Readonly<Record<string, readonly ['full' | 'read-only' | 'failed', string]>> = {
  ENOSPC: ['full', 'The disk is full.'],
  EDQUOT: ['full', 'The disk is full.'],
  EFBIG: ['full', 'The disk takes no file as large as that.'],
  EACCES: ['read-only', 'The file or its folder can’t be read or written.'],
  EPERM: ['read-only', 'The file or its folder can’t be read or written.'],
  EROFS: ['read-only', 'The file or its folder can’t be written.'],
  ENOENT: ['failed', 'The file or its folder isn’t there.'],
  EISDIR: ['failed', 'This is a folder, not a file.'],
};
