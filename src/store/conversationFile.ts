// Conversations on their way out into a file and in from one.

import type { DatabaseSync } from 'node:sqlite';
import { damaged } from '../core/dataFile.ts';
import type { Refused } from '../core/dataFile.ts';
import { isFields, isTime, shown } from '../core/study/parseStudyEvent.ts';
import { putStoredTurn } from './conversations.ts';
import type { ConversationHead, StoredTurn } from './conversations.ts';
import { parseTurn, turnVersion } from './turnJson.ts';

/** A conversation as it stands in a file. */
export interface FiledConversation extends ConversationHead {
  readonly turns: readonly { readonly version: number; readonly turn: unknown }[];
}

/** Every stored conversation, oldest first; `skip` is told of each turn that can't be read and is left out. */
export function* filedConversations(db: DatabaseSync, skip: (turnId: string) => void): Generator<FiledConversation> {
  const turns = db.prepare('SELECT id, version, json FROM turn WHERE conversation_id = ? ORDER BY place');
  for (const head of db.prepare('SELECT id, title, started_at FROM conversation ORDER BY started_at, id').all()) {
    const id = String(head['id']);
    yield {
      id,
      title: String(head['title']),
      startedAt: Number(head['started_at']),
      turns: turns.all(id).flatMap((row) => {
        const turn = parseTurn(Number(row['version']), String(row['json']));
        if (!turn) skip(String(row['id']));
        return turn ? [{ version: turnVersion, turn }] : [];
      }),
    };
  }
}

/** Reads the conversations of a file. */
export function readConversations(
  entries: readonly unknown[],
): readonly (readonly [ConversationHead, StoredTurn[]])[] | Refused {
  const read: (readonly [ConversationHead, StoredTurn[]])[] = [];
  for (const [index, entry] of entries.entries()) {
    const what = `conversation ${index + 1}`;
    if (!isFields(entry)) return damaged(`${what} is not one`);
    const { id, title, startedAt, turns } = entry;
    if (!isShort(id, 200) || id === '') return damaged(`${what}: unusable id ${shown(id)}`);
    if (!isShort(title, 2000)) return damaged(`${what}: unusable title ${shown(title)}`);
    if (!isTime(startedAt)) return damaged(`${what}: unusable time ${shown(startedAt)}`);
    if (!Array.isArray(turns)) return damaged(`${what}: "turns" should be a list`);
    const stored: StoredTurn[] = [];
    for (const [place, one] of turns.entries()) {
      const turn =
        isFields(one) && typeof one['version'] === 'number'
          ? parseTurn(one['version'], JSON.stringify(one['turn']))
          : undefined;
      if (!turn) return damaged(`${what}: turn ${place + 1} can’t be read`);
      stored.push({ id: turn.id, version: turnVersion, json: JSON.stringify(turn) });
    }
    read.push([{ id, title, startedAt }, stored]);
  }
  return read;
}

/**
 * Adds conversations that aren't there and, to those that are, the turns they lack; of a turn that is in both the one that was
 * asked later stays. Returns how many turns came in. In a transaction of the caller's.
 */
export function uniteConversations(
  db: DatabaseSync,
  conversations: Iterable<readonly [ConversationHead, readonly StoredTurn[]]>,
): number {
  const kept = db.prepare('SELECT version, json FROM turn WHERE conversation_id = ? AND id = ?');
  const head = db.prepare('SELECT title, started_at FROM conversation WHERE id = ?');
  const add = db.prepare('INSERT INTO conversation (id, title, started_at) VALUES (?, ?, ?)');
  let added = 0;
  for (const [conversation, turns] of conversations) {
    const here = head.get(conversation.id);
    if (!here) add.run(conversation.id, conversation.title, Math.floor(conversation.startedAt));
    const known = here
      ? { id: conversation.id, title: String(here['title']), startedAt: Number(here['started_at']) }
      : conversation;
    for (const turn of turns) {
      const other = kept.get(conversation.id, turn.id);
      if (other && !isLater(turn, { version: Number(other['version']), json: String(other['json']) })) continue;
      putStoredTurn(db, known, turn);
      added++;
    }
  }
  return added;
}

/** Which of two forms of one turn stays: the same in whichever order they meet. */
function isLater(one: Pick<StoredTurn, 'version' | 'json'>, two: Pick<StoredTurn, 'version' | 'json'>): boolean {
  const [first, second] = [parseTurn(one.version, one.json), parseTurn(two.version, two.json)];
  if (!first || !second) return !second && first !== undefined;
  const rank = { failed: 0, stopped: 1, finished: 2 } as const;
  const order = first.askedAt - second.askedAt || rank[first.ended] - rank[second.ended];
  return order > 0 || (order === 0 && one.json > two.json);
}

function isShort(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && value.isWellFormed();
}
