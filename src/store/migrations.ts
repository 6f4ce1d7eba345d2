import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from './storeError.ts';
import { migrateBy, numberOf } from '../core/sqlite.ts';

/** Marks a SQLite file as ours: "GAHC" as a 32-bit number. */
export const applicationId = 0x47_41_48_43;

/** Step n brings a database from version n to n + 1. Published steps never change; a new shape is a new step. */
const migrations: readonly string[] = [
  `
  PRAGMA application_id = ${applicationId};
  CREATE TABLE event (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 9007199254740991),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- What the kind adds, as JSON: {"state": …} or {"position": …}.
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_in_time ON event (at, id);
  CREATE INDEX event_of_subject ON event (kind, subject);
  CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    started_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE turn (
    -- Turns stand in the order in which they were first saved.
    place INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    -- The version of the JSON, which changes without the tables.
    version INTEGER NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (conversation_id, id)
  ) STRICT;
  `,
  // Cards with their schedules and the reviews of them, made of the history by cardProjection.ts.
  `
  CREATE TABLE card (
    id TEXT PRIMARY KEY,
    front TEXT NOT NULL,
    back TEXT NOT NULL,
    chapter_id TEXT,
    -- A CardOrigin as JSON, and a list of tags.
    origin TEXT,
    tags TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    suspended INTEGER NOT NULL,
    -- 'new', 'learning', 'review' or 'relearning'.
    state TEXT NOT NULL,
    -- Of a new card, when it was made.
    due INTEGER NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    step INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    interval_days INTEGER NOT NULL,
    last_review INTEGER,
    -- The id of the newest event about it.
    revision TEXT NOT NULL
  ) STRICT;
  CREATE INDEX card_in_turn ON card (suspended, state, due, id);
  CREATE INDEX card_of_chapter ON card (chapter_id);
  CREATE TABLE review (
    event_id TEXT PRIMARY KEY,
    card_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    -- The card's state before, how likely it was to be remembered (NULL: a new card) and the days since its last review.
    state TEXT NOT NULL,
    recall REAL,
    elapsed_days REAL NOT NULL,
    ms INTEGER
  ) STRICT;
  CREATE INDEX review_in_time ON review (at, state);
  CREATE INDEX review_of_card ON review (card_id, at);
  -- What the schedules were made with, in one row.
  CREATE TABLE scheduling (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    fold_version INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  `,
  // Notes and highlights as they are now (see notes.ts), made of the events that are there.
  `
  CREATE TABLE note (
    id TEXT PRIMARY KEY,
    chapter_id TEXT NOT NULL,
    anchor TEXT NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX note_of_chapter ON note (chapter_id, made_at);
  CREATE INDEX note_by_change ON note (changed_at, id);
  WITH one AS (
    SELECT *, row_number() OVER (PARTITION BY subject ORDER BY at DESC, id DESC) AS place,
      min(at) OVER (PARTITION BY subject) AS made_at
    FROM event WHERE kind = 'note' AND json_valid(body)
  )
  INSERT OR IGNORE INTO note
  SELECT subject, body ->> '$.note.chapterId', body ->> '$.note.anchor', body ->> '$.note.quote',
    body ->> '$.note.before', body ->> '$.note.after', body ->> '$.note.text', made_at, at
  FROM one WHERE place = 1 AND json_type(body, '$.note') = 'object';
  `,
];

export const schemaVersion = migrations.length;

/** Brings a database to the present shape. Safe in several processes at once: each step looks again under the write lock. */
export function migrate(db: DatabaseSync, path: string): void {
  migrateBy(db, migrations, () => versionOf(db, path));
}

/** The version of the tables; throws if it is one that only a newer companion knows. */
export function versionOf(db: DatabaseSync, path: string): number {
  const version = numberOf(db, 'PRAGMA user_version');
  if (version > schemaVersion) {
    throw new StoreError(
      'newer',
      `Your progress was written by a newer version of the companion. Update the companion in this window; nothing was changed. (${path})`,
    );
  }
  return version;
}
