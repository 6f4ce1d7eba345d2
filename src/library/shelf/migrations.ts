// The tables of the library's own database.

import type { DatabaseSync } from 'node:sqlite';
import { LibraryError } from '../libraryError.ts';
import { migrateBy, numberOf } from '../../core/sqlite.ts';

/** Marks a SQLite file as the library's: "GAHL" as a 32-bit number. */
export const applicationId = 0x47_41_48_4c;

/** Step n brings a database from version n to n + 1. Published steps never change; a new shape is a new step. */
const migrations: readonly string[] = [
  `
  PRAGMA application_id = ${applicationId};
  CREATE TABLE document (
    id TEXT PRIMARY KEY,
    -- Empty for a file of the learner's.
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    creators TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('resource', 'address', 'file')),
    minutes INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL,
    read_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX document_of_address ON document (address) WHERE address <> '';
  CREATE TABLE copy (
    document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    form TEXT NOT NULL CHECK (form IN ('main', 'html', 'transcript')),
    address TEXT NOT NULL,
    optional INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('queued', 'fetching', 'resting', 'absent', 'dropped')),
    -- The queue: since when it is wanted, how often it was tried in vain, when to try again, who fetches it and until when
    -- that window is believed to be alive.
    wanted_at INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    claim TEXT,
    claimed_until INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,
    -- The content, which lies in the file of this name.
    hash TEXT,
    type TEXT,
    bytes INTEGER,
    charset TEXT,
    saved_at INTEGER,
    etag TEXT,
    last_modified TEXT,
    checked_at INTEGER,
    reason TEXT,
    reason_host TEXT,
    reason_detail TEXT,
    -- The content that has been read into the search.
    indexed TEXT,
    pages INTEGER,
    PRIMARY KEY (document_id, form)
  ) STRICT;
  CREATE INDEX copy_in_queue ON copy (wanted_at) WHERE state IN ('queued', 'fetching');
  CREATE INDEX copy_of_hash ON copy (hash) WHERE hash IS NOT NULL;
  -- When a server may be asked again.
  CREATE TABLE host (
    name TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Where the learner is in it.
  ALTER TABLE document ADD COLUMN position TEXT;
  -- Which content couldn't be read into the search, and why; which window reads it, and until when that is believed.
  ALTER TABLE copy ADD COLUMN unread TEXT;
  ALTER TABLE copy ADD COLUMN problem TEXT;
  ALTER TABLE copy ADD COLUMN reader TEXT;
  ALTER TABLE copy ADD COLUMN reader_until INTEGER NOT NULL DEFAULT 0;
  -- What a content says, as it was read for the search.
  CREATE TABLE document_text (
    document_id TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT,
    outline TEXT NOT NULL,
    html TEXT,
    PRIMARY KEY (document_id, form),
    FOREIGN KEY (document_id, form) REFERENCES copy (document_id, form) ON DELETE CASCADE
  ) STRICT;
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    form TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    page INTEGER,
    seconds INTEGER,
    anchor TEXT,
    boxes TEXT NOT NULL,
    UNIQUE (document_id, form, number),
    FOREIGN KEY (document_id, form) REFERENCES copy (document_id, form) ON DELETE CASCADE
  ) STRICT;
  -- The words of the passages, stemmed; their text is in the table above.
  CREATE VIRTUAL TABLE passage_words USING fts5(
    title, heading, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2'
  );
  -- Entries of a list of references name everything, and say nothing of it.
  CREATE TRIGGER passage_added AFTER INSERT ON passage WHEN new.kind <> 'reference' BEGIN
    INSERT INTO passage_words (rowid, title, heading, text)
      SELECT new.id, title, new.heading, new.text FROM document WHERE id = new.document_id;
  END;
  CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
    DELETE FROM passage_words WHERE rowid = old.id;
  END;
  CREATE TRIGGER document_renamed AFTER UPDATE OF title ON document WHEN new.title <> old.title BEGIN
    DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE document_id = new.id);
    INSERT INTO passage_words (rowid, title, heading, text)
      SELECT id, new.title, heading, text FROM passage WHERE document_id = new.id AND kind <> 'reference';
  END;
  -- Another content says something else, and one that was removed to make room nothing.
  CREATE TRIGGER content_changed AFTER UPDATE OF hash ON copy WHEN new.hash IS NOT old.hash BEGIN
    DELETE FROM passage WHERE document_id = new.document_id AND form = new.form;
    DELETE FROM document_text WHERE document_id = new.document_id AND form = new.form;
  END;
  `,
  `
  -- What a bibliography says of it (JSON), and the address that the learner chose in place of a dead one.
  ALTER TABLE document ADD COLUMN details TEXT;
  ALTER TABLE document ADD COLUMN instead TEXT;
  -- Where the copy came from before that choice.
  ALTER TABLE copy ADD COLUMN original TEXT;
  `,
  `
  -- Of which embedding model the vectors are, and which window makes them, until when that is believed.
  CREATE TABLE meaning (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    model TEXT NOT NULL,
    maker TEXT,
    made_until INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  -- What passages mean to that model. Numbers only grow: whoever has read to one reads on from there.
  CREATE TABLE passage_meaning (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id INTEGER NOT NULL UNIQUE,
    vector BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER passage_meaning_removed AFTER DELETE ON passage BEGIN
    DELETE FROM passage_meaning WHERE passage_id = old.id;
  END;
  `,
  `
  -- Which documents have changed, or gone, the last change last: whoever has read to one number reads on from there.
  CREATE TABLE document_change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL UNIQUE
  ) STRICT;
  ${changes('document', 'id', 'title, creators, kind, minutes, added_at, read_at, details, instead')}
  ${changes(
    'copy',
    'document_id',
    'address, optional, state, done, total, hash, type, bytes, charset, saved_at, checked_at, reason, reason_host, reason_detail, indexed, pages, unread, problem',
  )}
  -- Passages that the embedding model refused have an empty vector.
  CREATE INDEX passage_refused ON passage_meaning (number) WHERE vector = x'';
  `,
  `
  -- What of a PDF's text is in no passage (JSON): notes can be on it. It is known once the PDF has been read anew, as are
  -- pages whose words stand where a browser puts them.
  ALTER TABLE document_text ADD COLUMN rest TEXT NOT NULL DEFAULT '[]';
  UPDATE copy SET indexed = NULL WHERE type IN ('pdf', 'html', 'markdown');
  `,
  `
  -- The size of a PDF's first page (JSON). Of those that were read before, nothing hangs on it.
  ALTER TABLE document_text ADD COLUMN first_page TEXT;
  `,
];

/** Writes down each change of a table; `columns` are those that are shown of it. */
function changes(table: string, id: string, columns: string): string {
  // Two statements: what a conflict does would follow from the statement that is written down.
  const note = (row: 'new' | 'old'): string => `BEGIN
    DELETE FROM document_change WHERE document_id = ${row}.${id};
    INSERT INTO document_change (document_id) VALUES (${row}.${id});
  END;`;
  return `CREATE TRIGGER ${table}_inserted AFTER INSERT ON ${table} ${note('new')}
  CREATE TRIGGER ${table}_updated AFTER UPDATE OF ${columns} ON ${table} ${note('new')}
  CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table} ${note('old')}`;
}

export const schemaVersion = migrations.length;

/** Brings a database to the present shape. Safe in several processes at once: each step looks again under the write lock. */
export function migrate(db: DatabaseSync, path: string): void {
  migrateBy(db, migrations, () => versionOf(db, path));
}

/** The version of the tables; throws if it is one that only a newer companion knows. */
export function versionOf(db: DatabaseSync, path: string): number {
  const version = numberOf(db, 'PRAGMA user_version');
  if (version > schemaVersion) {
    const message = `Your library was written by a newer version of the companion. Update the companion in this window; nothing was changed. (${path})`;
    throw new LibraryError('newer', message);
  }
  return version;
}
