// Ten years of a learner who studies on most days: made up, the same each time, and plausible. Cards are graded by a memory
// that forgets about as FSRS thinks it does, so that their schedules spread as real ones do.

import { pick, seeded } from '../scripts/specimen/random.ts';
import { createScheduler, defaultScheduling, newSchedule } from '../src/core/study/schedule.ts';
import type { Schedule } from '../src/core/study/schedule.ts';
import type { Rating, StudyEvent } from '../src/core/study/studyEvent.ts';
import type { Curriculum } from '../src/core/curriculum.ts';
import { chaptersInOrder } from '../src/core/curriculum.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export interface HistorySize {
  readonly years: number;
  readonly cards: number;
  readonly notes: number;
}

export const tenYears: HistorySize = { years: 10, cards: 3000, notes: 5000 };

/** Ten years, in which 3,000 cards come to some 50,000 reviews. The events, oldest first, up to `now`. */
export function learnerHistory(curriculum: Curriculum, now: number, size: HistorySize): StudyEvent[] {
  const random = seeded(2024);
  const words = (count: number): string => Array.from({ length: count }, () => pick(random, vocabulary)).join(' ');
  const chapters = chaptersInOrder(curriculum);
  const scheduler = createScheduler(defaultScheduling);
  const events: StudyEvent[] = [];
  const cards = new Map<string, Schedule>();
  const days = Math.round(size.years * 365.25);
  let made = 0;
  let notes = 0;
  let clock = 0;
  const at = (): number => (clock += 1000 + Math.floor(random() * 9000));
  const add = (event: StudyEvent): void => {
    events.push(event);
  };
  const id = (): string => `${events.length.toString(36)}-${Math.floor(random() * 2 ** 32).toString(36)}`;

  const review = (cardId: string): void => {
    const before = cards.get(cardId);
    if (!before) return;
    const time = at();
    const recall = scheduler.recall(before, time) ?? 0.75;
    const rating: Rating = random() > recall * 0.995 ? 1 : random() < 0.05 ? 2 : random() < 0.8 ? 3 : 4;
    add({ id: id(), at: time, kind: 'review', subject: cardId, rating, ms: 3000 + Math.floor(random() * 20_000) });
    cards.set(cardId, scheduler.grade(before, cardId, rating, time));
  };

  for (let n = 0; n < days; n++) {
    const midnight = Math.floor(now / day) * day - (days - 1 - n) * day;
    clock = midnight + 17 * 60 * minute + Math.floor(random() * 120) * minute;
    if (clock > now || random() < 0.08) continue;
    const passed = (n + 1) / days;
    // The book is read through again and again.
    const chapter = chapters[Math.floor(passed * chapters.length * 6) % chapters.length];
    if (!chapter) continue;
    const anchor = chapter.headings[Math.floor(random() * chapter.headings.length)]?.anchor ?? 'why';
    if (random() < 0.75) {
      for (let piece = 0, pieces = 3 + Math.floor(random() * 18); piece < pieces; piece++) {
        clock += 2 * minute;
        add({
          id: id(),
          at: clock,
          kind: 'reading',
          subject: chapter.id,
          ms: 2 * minute - Math.floor(random() * 5000),
        });
      }
    }
    if (random() < 0.09) {
      add({ id: id(), at: at(), kind: 'chapter', subject: chapter.id, state: random() < 0.7 ? 'studied' : 'skimmed' });
      const [resource] = chapter.resources;
      if (resource) add({ id: id(), at: at(), kind: 'resource', subject: resource.resourceId, state: 'done' });
    }
    if (random() < 0.35) {
      for (let item = 0; item < 6; item++) {
        const correct = random() < 0.82;
        const subject = `${chapter.id}/${chapter.id}-${1 + Math.floor(random() * 10)}`;
        add({ id: id(), at: at(), kind: 'quiz', subject, correct, grader: 'choice' });
      }
    }
    for (; notes < size.notes * passed; notes++) {
      const note = {
        chapterId: chapter.id,
        anchor,
        quote: words(25),
        before: words(8),
        after: words(8),
        text: random() < 0.5 ? words(30) : '',
      };
      add({ id: id(), at: at(), kind: 'note', subject: `note-${notes}`, note });
    }
    for (; made < size.cards * Math.min(1, passed * 1.02); made++) {
      const cardId = random() < 0.6 ? `quiz:${chapter.id}/${chapter.id}-${made}` : `card-${made}`;
      const origin = { chapterId: chapter.id, anchor };
      add({
        id: id(),
        at: at(),
        kind: 'card',
        subject: cardId,
        card: { front: `${words(14)}?`, back: words(28), origin },
      });
      cards.set(cardId, newSchedule);
    }
    // Steps of learning come back within minutes, so the queue is looked through until none is left.
    for (let due = dueOn(cards, clock, midnight + day); due.length > 0; due = dueOn(cards, clock, midnight + day)) {
      for (const cardId of due) review(cardId);
      clock += 10 * minute;
    }
  }
  return events.filter((event) => event.at <= now);
}

/** What is due by the end of a day: new cards, reviews, and steps of learning as far as their minutes have passed. */
function dueOn(cards: ReadonlyMap<string, Schedule>, clock: number, end: number): string[] {
  const due: string[] = [];
  for (const [cardId, schedule] of cards) {
    const before = schedule.state === 'review' ? end : clock + 20 * minute;
    if (schedule.state === 'new' || (schedule.due ?? 0) < before) due.push(cardId);
  }
  return due;
}

const vocabulary =
  'the a of to and in is that it for with as each model attention layer token weight matrix gradient loss sample prior cache key value query head mask rank quantised scale error bound entropy chain state hidden step batch rate norm mean variance score noise latent flow policy reward search index passage context window prompt answer draft proof figure table'.split(
    ' ',
  );
