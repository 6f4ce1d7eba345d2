// Chapters that are no longer in the handbook. What the learner did there is kept, and shown to be.

import type { Curriculum } from '../curriculum.ts';
import { isDocumentSubject } from './documentSubject.ts';
import { chapterNow } from './edition.ts';
import type { Edition } from './edition.ts';

/** What is kept of a chapter, whatever edition it is of. */
export interface KeptOfChapter {
  readonly chapterId: string;
  readonly notes: number;
  readonly cards: number;
  readonly quizAnswers: number;
  /** Whether it was marked, or read for a while. */
  readonly read: boolean;
}

/** The chapters that this edition of the handbook hasn't got and of which something is kept, by id. */
export function goneChapters(
  curriculum: Curriculum,
  edition: Edition,
  everything: Iterable<KeptOfChapter>,
): KeptOfChapter[] {
  const gone = new Map<string, KeptOfChapter>();
  for (const kept of everything) {
    // Notes on saved documents are of no chapter.
    if (isDocumentSubject(kept.chapterId)) continue;
    const chapterId = chapterNow(edition, kept.chapterId);
    if (Object.hasOwn(curriculum.chapters, chapterId)) continue;
    const before = gone.get(chapterId);
    gone.set(chapterId, {
      chapterId,
      notes: kept.notes + (before?.notes ?? 0),
      cards: kept.cards + (before?.cards ?? 0),
      quizAnswers: kept.quizAnswers + (before?.quizAnswers ?? 0),
      read: kept.read || before?.read === true,
    });
  }
  return [...gone.values()].sort((a, b) => (a.chapterId < b.chapterId ? -1 : 1));
}
