// The tables of conversations and their turns.

import type { DatabaseSync } from 'node:sqlite';
import type { Conversation, Turn } from '../core/answer.ts';
import type { ConversationSummary } from '../protocol/ask.ts';
import { parseTurn, turnJson, turnVersion } from './turnJson.ts';

/** A conversation without its turns. */
export type ConversationHead = Omit<Conversation, 'turns'>;

/** Stores a turn, and its conversation with it; a turn saved again is replaced in its place. In a transaction of the caller's. */
export function putTurn(db: DatabaseSync, conversation: ConversationHead, turn: Turn): void {
  putStoredTurn(db, conversation, { id: turn.id, version: turnVersion, json: turnJson(turn) });
}

/** A turn as it lies in the table. */
export interface StoredTurn {
  readonly id: string;
  readonly version: number;
  readonly json: string;
}

export function putStoredTurn(db: DatabaseSync, conversation: ConversationHead, turn: StoredTurn): void {
  db.prepare(
    `INSERT INTO conversation (id, title, started_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, started_at = excluded.started_at`,
  ).run(conversation.id, conversation.title, Math.floor(conversation.startedAt));
  db.prepare(
    `INSERT INTO turn (conversation_id, id, version, json) VALUES (?, ?, ?, ?)
     ON CONFLICT (conversation_id, id) DO UPDATE SET version = excluded.version, json = excluded.json`,
  ).run(conversation.id, turn.id, turn.version, turn.json);
}

/** Every conversation, newest first. */
export function listConversations(db: DatabaseSync): ConversationSummary[] {
  return db
    .prepare(
      `SELECT id, title, started_at, (SELECT count(*) FROM turn WHERE conversation_id = conversation.id) AS turns
       FROM conversation ORDER BY started_at DESC, rowid DESC`,
    )
    .all()
    .map((row) => ({ ...headOf(row), turns: Number(row['turns']) }));
}

/** A conversation with its turns; turns that can't be read are left out and reported. */
export function readConversation(
  db: DatabaseSync,
  id: string,
  report: (problem: string) => void,
): Conversation | undefined {
  const row = db.prepare('SELECT id, title, started_at FROM conversation WHERE id = ?').get(id);
  if (!row) return undefined;
  const turns: Turn[] = [];
  for (const stored of db
    .prepare('SELECT id, version, json FROM turn WHERE conversation_id = ? ORDER BY place')
    .all(id)) {
    const turn = parseTurn(Number(stored['version']), String(stored['json']));
    if (turn) turns.push(turn);
    else report(`Turn ${String(stored['id'])} of conversation ${id} was skipped: it can't be read.`);
  }
  return { ...headOf(row), turns };
}

export function isKept(db: DatabaseSync, id: string): boolean {
  return db.prepare('SELECT 1 FROM conversation WHERE id = ?').get(id) !== undefined;
}

/** Whether there was such a conversation. */
export function deleteConversation(db: DatabaseSync, id: string): boolean {
  return db.prepare('DELETE FROM conversation WHERE id = ?').run(id).changes !== 0;
}

function headOf(row: Readonly<Record<string, unknown>>): ConversationHead {
  return { id: String(row['id']), title: String(row['title']), startedAt: Number(row['started_at']) };
}
