// Questions about quizzes to the learner's history.

import type { StudyEventOf } from '../core/study/studyEvent.ts';
import { parseRow } from './readEvents.ts';
import type { Query } from './store.ts';

/** Every answer to the quiz of one chapter, oldest first. */
export function quizAnswersIn(chapterId: string): Query<StudyEventOf<'quiz'>[]> {
  // In ASCII, `0` comes after `/`: these are the subjects that begin with the chapter's id and a slash.
  return (db) =>
    db
      .prepare(
        `SELECT id, at, kind, subject, body FROM event
         WHERE kind = 'quiz' AND subject >= ? AND subject < ? ORDER BY at, id`,
      )
      .all(`${chapterId}/`, `${chapterId}0`)
      .flatMap((row) => {
        const event = parseRow(row);
        return typeof event !== 'string' && event.kind === 'quiz' ? [event] : [];
      });
}

/** Whether there is a card of that id, or was one that the learner has removed. */
export function hadCard(cardId: string): Query<boolean> {
  return (db) =>
    db.prepare(`SELECT 1 FROM event WHERE kind = 'card' AND subject = ? LIMIT 1`).get(cardId) !== undefined;
}
