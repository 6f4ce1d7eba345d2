// A library of made papers: their words are as common and as rare as the handbook's, each paper has words of its own that it
// repeats, and headings are made of those.

import { pick, seeded, type Random } from '../scripts/specimen/random.ts';
import { inTransaction } from '../src/core/sqlite.ts';
import { openDatabase } from '../src/library/shelf/openDatabase.ts';

/** The passages of a page of a paper with two columns, about. */
const passagesOfPage = 3.5;
const wordsOfPassage = 120;
/** So many of a paper's words are its own ones. */
const own = { words: 40, share: 0.25 };

/**
 * Writes the library's database to `path`.
 * @param words how often each word stands in the handbook
 * @param rareWords words that the handbook hasn't got
 * @returns how many passages there are
 */
export function makeLibrary(
  path: string,
  shape: { readonly papers: number; readonly pages: number },
  words: ReadonlyMap<string, number>,
  rareWords: readonly string[],
): number {
  const random = seeded(20241129);
  const usual = byFrequency(words, random);
  const telling = [...words].filter(([, count]) => count <= 20).map(([word]) => word);
  const { db } = openDatabase(path, () => 0, 5000);
  let passages = 0;
  try {
    const document = db.prepare(
      "INSERT INTO document (id, address, title, creators, kind, origin, added_at) VALUES (?, '', ?, '', 'paper', 'file', 0)",
    );
    const copy = db.prepare("INSERT INTO copy (document_id, form, address, state) VALUES (?, 'main', '', 'resting')");
    const passage = db.prepare(
      `INSERT INTO passage (document_id, form, number, kind, heading, text, page, boxes)
       VALUES (?, 'main', ?, 'text', ?, ?, ?, '[]')`,
    );
    for (let paper = 0; paper < shape.papers; paper++) {
      const ownWords = Array.from({ length: own.words }, () => pick(random, random() < 0.5 ? telling : rareWords));
      const phrase = (length: number): string =>
        Array.from({ length }, () => (random() < 0.6 ? pick(random, ownWords) : usual())).join(' ');
      const id = `paper-${paper}`;
      inTransaction(db, () => {
        document.run(id, phrase(8));
        copy.run(id);
        const count = Math.round(shape.pages * passagesOfPage);
        let heading = '';
        for (let number = 0; number < count; number++) {
          if (number % 5 === 0) heading = phrase(4);
          const text = Array.from({ length: wordsOfPassage }, () =>
            random() < own.share ? pick(random, ownWords) : usual(),
          );
          passage.run(id, number, heading, text.join(' '), 1 + Math.floor(number / passagesOfPage));
          passages++;
        }
      });
    }
  } finally {
    db.close();
  }
  return passages;
}

/** Gives words as often as they are counted. */
export function byFrequency(words: ReadonlyMap<string, number>, random: Random): () => string {
  const names = [...words.keys()];
  const sums: number[] = [];
  let total = 0;
  for (const count of words.values()) sums.push((total += count));
  return () => {
    const wanted = random() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    return names[low] ?? '';
  };
}
