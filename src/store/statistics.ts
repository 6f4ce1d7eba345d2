// What the dashboard counts. Only what is shown is read: a year of days, half a year of single answers; of all the years
// before only what the database adds up by itself.

import type { DatabaseSync } from 'node:sqlite';
import { chapterNow, noEdition, quizSubjectNow } from '../core/study/edition.ts';
import type { Edition } from '../core/study/edition.ts';
import type { Counted, CountFrom } from '../core/study/statistics.ts';
import type { ReadingTime } from '../core/study/statisticsActivity.ts';
import { recallEdges } from '../core/study/statisticsRetention.ts';
import type { RecallSum, RecalledAt } from '../core/study/statisticsRetention.ts';
import type { AnsweredCard, AnsweredItem } from '../core/study/statisticsWeak.ts';
import { readEvents } from './readEvents.ts';

/** Counts what the learner did, from the times that `from` gives; chapters have the ids of this `edition`. */
export function countStudy(db: DatabaseSync, from: CountFrom, edition: Edition = noEdition): Counted {
  const { readings, quizzes, items } = readingsAndQuizzes(db, from, edition);
  return {
    readings,
    quizzes,
    items,
    reviews: db
      .prepare('SELECT at FROM review WHERE at >= ?')
      .all(from.activity)
      .map(({ at }) => Number(at)),
    marks: readEvents(db, () => undefined, ['chapter']).map(({ subject, at, state }) => ({
      chapterId: chapterNow(edition, subject),
      at,
      state,
    })),
    recallBins: recallBins(db),
    recalled: recalled(db, from.recalled),
    cards: answeredCards(db, from.answers),
    dueAt: db
      .prepare(`SELECT due FROM card WHERE suspended = 0 AND state IN ('learning', 'review', 'relearning') AND due < ?`)
      .all(from.dueBefore)
      .map(({ due }) => Number(due)),
    hasCards: db.prepare('SELECT 1 FROM card LIMIT 1').get() !== undefined,
    fresh: Number(db.prepare(`SELECT count(*) AS n FROM card WHERE suspended = 0 AND state = 'new'`).get()?.['n']),
  };
}

function readingsAndQuizzes(
  db: DatabaseSync,
  from: CountFrom,
  edition: Edition,
): { readonly readings: ReadingTime[]; readonly quizzes: number[]; readonly items: AnsweredItem[] } {
  const readings: ReadingTime[] = [];
  const quizzes: number[] = [];
  const items = new Map<string, AnsweredItem>();
  // The plus keeps SQLite to the index by time: by kind it would read all the years. A damaged body has no value.
  const rows = db.prepare(
    `SELECT at, kind, subject, CASE WHEN json_valid(body) THEN coalesce(body ->> '$.ms', body ->> '$.correct') END AS value
     FROM event WHERE at >= ? AND +kind IN ('reading', 'quiz')`,
  );
  for (const row of rows.iterate(from.activity)) {
    const { at, kind, subject, value } = row;
    if (typeof at !== 'number' || typeof subject !== 'string' || typeof value !== 'number') continue;
    if (kind === 'reading') {
      readings.push({ chapterId: chapterNow(edition, subject), at, ms: value });
      continue;
    }
    quizzes.push(at);
    if (at < from.answers) continue;
    const subjectNow = quizSubjectNow(edition, subject);
    const [chapterId = '', itemId = ''] = subjectNow.split('/');
    const { wrong, all } = items.get(subjectNow) ?? { wrong: 0, all: 0 };
    items.set(subjectNow, { chapterId, itemId, wrong: wrong + (value === 0 ? 1 : 0), all: all + 1 });
  }
  return { readings, quizzes, items: [...items.values()] };
}

/** Reviews that FSRS predicted. Whether a card is still known after minutes says little, so those are left out. */
const predicted = 'recall IS NOT NULL AND elapsed_days >= 1';

function recallBins(db: DatabaseSync): ReadonlyMap<number, RecallSum> {
  const inner = recallEdges.slice(1, -1);
  const bin = `CASE ${inner.map((edge, index) => `WHEN recall < ${edge} THEN ${index}`).join(' ')} ELSE ${inner.length} END`;
  const rows = db.prepare(
    `SELECT ${bin} AS bin, count(*) AS reviews, sum(rating > 1) AS remembered, sum(recall) AS predicted
     FROM review WHERE ${predicted} GROUP BY bin`,
  );
  return new Map(
    rows.all().map((row) => [
      Number(row['bin']),
      {
        reviews: Number(row['reviews']),
        remembered: Number(row['remembered']),
        predicted: Number(row['predicted']),
      },
    ]),
  );
}

function recalled(db: DatabaseSync, from: number): RecalledAt[] {
  return db
    .prepare(`SELECT at, rating, recall FROM review WHERE at >= ? AND ${predicted}`)
    .all(from)
    .map(({ at, rating, recall }) => ({
      at: Number(at),
      remembered: Number(rating) > 1,
      predicted: Number(recall),
    }));
}

/** Reviews of learnt cards that come from the handbook, by the place they come from; forgotten ones are wrong answers. */
function answeredCards(db: DatabaseSync, from: number): AnsweredCard[] {
  return db
    .prepare(
      `SELECT c.chapter_id AS chapter, c.origin ->> '$.anchor' AS anchor, sum(r.wrong) AS wrong, sum(r.n) AS n
       FROM (
         SELECT card_id, sum(rating = 1) AS wrong, count(*) AS n FROM review WHERE at >= ? AND state = 'review' GROUP BY card_id
       ) r JOIN card c ON c.id = r.card_id
       WHERE c.chapter_id IS NOT NULL GROUP BY chapter, anchor`,
    )
    .all(from)
    .map(({ chapter, anchor, wrong, n }) => ({
      chapterId: String(chapter),
      ...(typeof anchor === 'string' && { anchor }),
      wrong: Number(wrong),
      all: Number(n),
    }));
}
