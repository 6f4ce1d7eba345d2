// Questions about quizzes to the learner's history.

import { compareEvents } from '../core/study/eventBase.ts';
import type { StudyEventOf } from '../core/study/studyEvent.ts';
import { parseRow } from './readEvents.ts';
import type { Query } from './store.ts';

/** Every answer to the quiz of one chapter, oldest first; what was answered under a former id counts for the present one. */
export function quizAnswersIn(chapterId: string, formerIds: readonly string[] = []): Query<StudyEventOf<'quiz'>[]> {
  return (db) => {
    // In ASCII, `0` comes after `/`: these are the subjects that begin with the chapter's id and a slash.
    const find = db.prepare(
      `SELECT id, at, kind, subject, body FROM event WHERE kind = 'quiz' AND subject >= ? AND subject < ?`,
    );
    const answers = [chapterId, ...formerIds].flatMap((id) =>
      find.all(`${id}/`, `${id}0`).flatMap((row) => {
        const event = parseRow(row);
        if (typeof event === 'string' || event.kind !== 'quiz') return [];
        return [{ ...event, subject: `${chapterId}${event.subject.slice(id.length)}` }];
      }),
    );
    return answers.sort(compareEvents);
  };
}

/** Whether there is a card of one of these ids, or was one that the learner has removed. */
export function hadCard(cardIds: readonly string[]): Query<boolean> {
  return (db) => {
    const find = db.prepare(`SELECT 1 FROM event WHERE kind = 'card' AND subject = ? LIMIT 1`);
    return cardIds.some((id) => find.get(id) !== undefined);
  };
}
