// Cards as a package that Anki imports, with what was learnt of them: their schedules and reviews.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { strToU8, zipSync } from 'fflate';
import { ankiNoteOf } from '../core/study/ankiNote.ts';
import type { CardReview } from '../core/study/cardHistory.ts';
import { dayMs } from '../core/study/days.ts';
import type { CardState } from '../core/study/schedule.ts';
import { ankiCollection, ankiDeckId, ankiModelId, ankiTables } from './ankiSchema.ts';
import type { StoredCard } from './cards.ts';
import { inTransaction } from '../core/sqlite.ts';

export interface PackedCard {
  readonly card: StoredCard;
  /** Oldest first. */
  readonly reviews: readonly CardReview[];
}

/** The bytes of an `.apkg` file. */
export function writeAnkiPackage(cards: readonly PackedCard[], now: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'handbook-anki-'));
  try {
    const file = join(folder, 'collection.anki2');
    const db = new DatabaseSync(file);
    try {
      db.exec(ankiTables);
      inTransaction(db, () => {
        fill(db, cards, now);
      });
    } finally {
      db.close();
    }
    return zipSync({ 'collection.anki2': new Uint8Array(readFileSync(file)), media: strToU8('{}') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(db: DatabaseSync, cards: readonly PackedCard[], now: number): void {
  const seconds = Math.floor(now / 1000);
  // Anki counts days from here on; far enough back for every due date to come after it.
  const start = Math.floor(Math.min(now, ...cards.map(({ card }) => card.madeAt)) / 1000);
  const collection: Readonly<Record<string, string | number>> = { ...ankiCollection(seconds), crt: start };
  const columns = Object.keys(collection);
  db.prepare(`INSERT INTO col (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(
    ...Object.values(collection),
  );
  const note = db.prepare('INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, ?)');
  const card = db.prepare('INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, 2500, ?, ?, 0, 0, 0, 0, ?)');
  const review = db.prepare('INSERT INTO revlog VALUES (?, ?, -1, ?, ?, 0, 2500, ?, ?)');
  const ids = freeNumbers();
  const reviewIds = freeNumbers();
  for (const [index, packed] of cards.entries()) {
    const { id: cardId, text, madeAt } = packed.card;
    const id = ids(madeAt);
    const { guid, front, back, tags } = ankiNoteOf(cardId, text);
    const plain = front.replace(/<[^>]*>/g, '').trim();
    const tagText = tags.length > 0 ? ` ${tags.join(' ')} ` : '';
    note.run(id, guid, ankiModelId, seconds, tagText, `${front}\u001f${back}`, plain, checksum(plain), '');
    const due = dueOf(packed.card, index, start);
    const { schedule } = packed.card;
    const memory =
      schedule.state === 'new'
        ? ''
        : JSON.stringify({
            s: round(schedule.stability, 4),
            d: round(schedule.difficulty, 3),
            lrt: lastSeconds(packed),
          });
    card.run(
      id,
      id,
      ankiDeckId,
      seconds,
      due.type,
      packed.card.suspended ? -1 : due.queue,
      due.due,
      schedule.intervalDays,
      schedule.reviews,
      schedule.lapses,
      memory,
    );
    for (const one of packed.reviews) {
      review.run(reviewIds(one.at), id, one.rating, 0, Math.min(one.ms ?? 0, 60_000), reviewType(one.state));
    }
  }
}

/** Where a card stands in Anki: a place among new ones, a second for steps of learning, a day for reviews. */
function dueOf(card: StoredCard, place: number, start: number): { type: number; queue: number; due: number } {
  const { state, due = 0 } = card.schedule;
  switch (state) {
    case 'new':
      return { type: 0, queue: 0, due: place + 1 };
    case 'learning':
      return { type: 1, queue: 1, due: Math.floor(due / 1000) };
    case 'relearning':
      return { type: 3, queue: 1, due: Math.floor(due / 1000) };
    case 'review':
      return { type: 2, queue: 2, due: Math.max(0, Math.floor((due / 1000 - start) / (dayMs / 1000))) };
  }
}

function reviewType(state: CardState): number {
  return { new: 0, learning: 0, review: 1, relearning: 2 }[state];
}

function lastSeconds({ card }: PackedCard): number {
  return Math.floor((card.schedule.lastReview ?? 0) / 1000);
}

/** Anki's ids are times, each given once. */
function freeNumbers(): (wanted: number) => number {
  const taken = new Set<number>();
  return (wanted) => {
    let number = Math.floor(wanted);
    while (taken.has(number)) number++;
    taken.add(number);
    return number;
  };
}

/** By which Anki finds notes that begin alike. */
function checksum(text: string): number {
  return Number.parseInt(createHash('sha1').update(text).digest('hex').slice(0, 8), 16);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
