import type { Schedule } from '../study/cardSchedule.ts';
import type { StudyEventOf } from '../study/studyEvent.ts';

/** The schedule of a card after its review at `at`, as an event that is the same wherever it is made. */
export function scheduleEvent(cardId: string, at: number, schedule: Schedule): StudyEventOf<'schedule'> {
  const rounded = {
    ...schedule,
    stability: round(schedule.stability, 4),
    difficulty: round(schedule.difficulty, 4),
  };
  const { state, due, stability, difficulty, step, reviews, lapses, intervalDays } = rounded;
  const text = JSON.stringify([cardId, at, state, due, stability, difficulty, step, reviews, lapses, intervalDays]);
  // The tilde comes last of all characters of ids: after the review at the same time that the schedule is made of. Then of
  // two machines the one that has seen more reviews of the card is believed.
  const id = `~${String(reviews).padStart(10, '0')}-${hash(text, 0)}${hash(text, 1)}`;
  return { id, at, kind: 'schedule', subject: cardId, schedule: rounded };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** FNV-1a, from one of two beginnings. */
function hash(text: string, seed: number): string {
  let value = seed === 0 ? 0x811c9dc5 : 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value.toString(16).padStart(8, '0');
}
