// The passages whose meaning is nearest to a question's, by looking at all of them: a hundred thousand take some 20 ms, in a
// thread of its own, without anything to build, to keep in order or to ship for each platform (docs/library-bench.md).

import type { DatabaseSync } from 'node:sqlite';
import { CoarseVectors, coarseLength } from '../core/search/coarseVector.ts';
import { numberOf } from '../core/sqlite.ts';
import { meaningModel } from './shelf/meanings.ts';

/** Reads what is new with every search; what is gone is noticed by whoever looks the passages up. */
export class NearestMeanings {
  readonly #db: DatabaseSync;
  #vectors: CoarseVectors | undefined;
  #model = '';
  /** Up to which number of `passage_meaning` it was read, and how many there were then. */
  #read = 0;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Ids of passages, nearest first, with their cosines; none if what is kept is of another model. */
  nearest(model: string, vector: readonly number[], most: number): readonly { id: number; score: number }[] {
    if (meaningModel(this.#db) !== model) return [];
    this.#refresh(model, vector.length);
    return this.#vectors?.nearest(vector, most) ?? [];
  }

  #refresh(model: string, dimensions: number): void {
    const kept = numberOf(this.#db, 'SELECT count(*) FROM passage_meaning');
    const stale = this.#vectors ? this.#vectors.count - kept : 0;
    // Many that are gone would take the places of those that are there.
    if (!this.#vectors || this.#model !== model || this.#vectors.dimensions !== dimensions || stale > kept / 10) {
      this.#vectors = new CoarseVectors(dimensions);
      this.#model = model;
      this.#read = 0;
    }
    const rows = this.#db
      .prepare('SELECT number, passage_id, vector FROM passage_meaning WHERE number > ? ORDER BY number')
      .iterate(this.#read);
    for (const { number, passage_id: id, vector } of rows) {
      if (vector instanceof Uint8Array && coarseLength(vector) === dimensions) this.#vectors.add(Number(id), vector);
      this.#read = Number(number);
    }
  }
}
