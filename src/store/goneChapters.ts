import type { Curriculum } from '../core/curriculum.ts';
import { editionOf } from '../core/study/edition.ts';
import { goneChapters } from '../core/study/goneChapters.ts';
import type { KeptOfChapter } from '../core/study/goneChapters.ts';
import type { Query } from './store.ts';

/** The chapters that `curriculum` hasn't got and of which something is kept; read by indexes alone. */
export function goneFrom(curriculum: Curriculum): Query<KeptOfChapter[]> {
  return (db) => {
    const rows = db.prepare(keptOfChapters).all();
    const everything = rows.map((row): KeptOfChapter => ({
      chapterId: String(row['chapter_id']),
      notes: Number(row['notes']),
      cards: Number(row['cards']),
      quizAnswers: Number(row['answers']),
      read: row['marked'] === 1,
    }));
    return goneChapters(curriculum, editionOf(curriculum), everything);
  };
}

const keptOfChapters = `
  SELECT chapter_id, count(*) AS notes, 0 AS cards, 0 AS answers, 0 AS marked FROM note GROUP BY chapter_id
  UNION ALL
  SELECT chapter_id, 0, count(*), 0, 0 FROM card WHERE chapter_id IS NOT NULL GROUP BY chapter_id
  UNION ALL
  SELECT substr(subject, 1, instr(subject, '/') - 1), 0, 0, count(*), 0 FROM event
  WHERE kind = 'quiz' AND instr(subject, '/') > 1 GROUP BY 1
  UNION ALL
  SELECT DISTINCT subject, 0, 0, 0, 1 FROM event WHERE kind IN ('chapter', 'position', 'reading')`;
