// Brings what can still be read from one database into another: from a damaged file that was set aside, or from a file
// that was moved away under an open connection.

import type { DatabaseSync } from 'node:sqlite';
import type { StudyEvent } from '../core/study/studyEvent.ts';
import { putStoredTurn } from './conversations.ts';
import type { ConversationHead, StoredTurn } from './conversations.ts';
import { uniteEvents } from './events.ts';
import { parseRow } from './readEvents.ts';
import { inTransaction, sqliteCode } from '../core/sqlite.ts';

/** How much was brought over. */
export interface Rescued {
  readonly events: number;
  readonly turns: number;
}

export const nothingRescued: Rescued = { events: 0, turns: 0 };

/** Copies every event and turn that `from` still gives and `to` lacks. Damage in `from` ends the reading, not the copying. */
export function carryOver(from: DatabaseSync, to: DatabaseSync): Rescued {
  // Numbers come as REAL, since node:sqlite throws at an integer that a JavaScript number can't hold, and damage makes those.
  const events: StudyEvent[] = [];
  for (const row of rowsOf(from, 'SELECT id, CAST(at AS REAL) AS at, kind, subject, body FROM event NOT INDEXED')) {
    const event = parseRow(row);
    if (typeof event !== 'string') events.push(event);
  }
  const turns: (readonly [ConversationHead, StoredTurn])[] = [];
  const sql = `SELECT c.id, c.title, CAST(c.started_at AS REAL) AS started_at, t.id AS turn_id, CAST(t.version AS REAL) AS version, t.json
    FROM turn t NOT INDEXED JOIN conversation c ON c.id = t.conversation_id ORDER BY t.place`;
  for (const { id, title, started_at, turn_id, version, json } of rowsOf(from, sql)) {
    if (typeof id !== 'string' || typeof title !== 'string' || typeof started_at !== 'number') continue;
    if (typeof turn_id !== 'string' || typeof version !== 'number' || typeof json !== 'string') continue;
    turns.push([
      { id, title, startedAt: started_at },
      { id: turn_id, version, json },
    ]);
  }
  if (events.length + turns.length === 0) return nothingRescued;
  return inTransaction(to, () => {
    const { added } = uniteEvents(to, events);
    const known = to.prepare('SELECT 1 FROM turn WHERE conversation_id = ? AND id = ?');
    const missing = turns.filter(([conversation, turn]) => !known.get(conversation.id, turn.id));
    for (const [conversation, turn] of missing) putStoredTurn(to, conversation, turn);
    return { events: added, turns: missing.length };
  });
}

/** The rows up to the first that can't be read. */
function* rowsOf(db: DatabaseSync, sql: string): Generator<Readonly<Record<string, unknown>>> {
  try {
    yield* db.prepare(sql).iterate();
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
  }
}
