// What a quiz is about, and which items that is.

import type { Curriculum } from '../curriculum.ts';
import { chaptersInOrder } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';
import { summaryAnchor } from '../passages.ts';
import { chapterState } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { quizSubject } from '../quizzes.ts';
import type { QuizIndex } from '../quizzes.ts';
import { sectionTitle } from '../sectionTitle.ts';
import type { Translate } from '../translate.ts';
import type { QuizStanding } from './quizStanding.ts';
import { shuffled } from './shuffle.ts';

export type QuizScope =
  | { readonly type: 'chapters'; readonly chapterIds: readonly string[] }
  /** What the learner has read or marked. */
  | { readonly type: 'read' }
  /** What was wrong the last time. */
  | { readonly type: 'wrong' }
  | { readonly type: 'all' };

export interface QuizMaterial {
  readonly curriculum: Curriculum;
  readonly index: QuizIndex;
  readonly progress: Progress;
  readonly standing: QuizStanding;
}

/** The items of a scope by their subjects, in the order of the book. */
export function subjectsIn(scope: QuizScope, material: QuizMaterial): string[] {
  const { curriculum, progress, standing } = material;
  const chapters = chaptersInOrder(curriculum).map(({ id }) => id);
  const items = (ids: readonly string[]): string[] => ids.flatMap((id) => subjectsOf(material.index, id));
  switch (scope.type) {
    case 'all':
      return items(chapters);
    case 'chapters':
      return items(chapters.filter((id) => scope.chapterIds.includes(id)));
    case 'read':
      return items(chapters.filter((id) => hasRead(progress, id)));
    case 'wrong':
      return items(chapters).filter((subject) => standing.get(subject)?.lastRight === false);
  }
}

/** The items of a chapter. */
export function subjectsOf(index: QuizIndex, chapterId: string): string[] {
  const entries = Object.hasOwn(index, chapterId) ? (index[chapterId] ?? []) : [];
  return entries.map(({ id }) => quizSubject(chapterId, id));
}

/** Marked as skimmed or studied, or read past its summary. */
function hasRead(progress: Progress, chapterId: string): boolean {
  const { [chapterId]: position } = progress.positions;
  return (
    chapterState(progress, chapterId) !== 'not-started' || (position !== undefined && position.anchor !== summaryAnchor)
  );
}

/** What a quiz about this is called. */
export function scopeTitle(scope: QuizScope, curriculum: Curriculum, t: Translate): string {
  switch (scope.type) {
    case 'all':
      return t('The whole handbook');
    case 'read':
      return t('What you have read');
    case 'wrong':
      return t('What you got wrong');
    case 'chapters': {
      const ids = new Set(scope.chapterIds);
      const [first] = scope.chapterIds;
      if (ids.size === 1) return findChapter(curriculum, first)?.title ?? '';
      const section = curriculum.sections.find(
        ({ chapterIds }) => chapterIds.length === ids.size && chapterIds.every((id) => ids.has(id)),
      );
      return section ? sectionTitle(section) : t('{0} chapters', ids.size);
    }
  }
}

/**
 * Which of the items to ask, and in which order: first what was wrong the last time, then what was never asked, then what
 * was right, the longest ago first. Within each of the first two, the seed decides.
 */
export function chooseSubjects(
  subjects: readonly string[],
  standing: QuizStanding,
  seed: string,
  count: number,
): string[] {
  const mixed = shuffled([...new Set(subjects)], seed);
  const wrong = mixed.filter((subject) => standing.get(subject)?.lastRight === false);
  const fresh = mixed.filter((subject) => !standing.has(subject));
  const right = mixed
    .filter((subject) => standing.get(subject)?.lastRight === true)
    .sort((a, b) => (standing.get(a)?.lastAt ?? 0) - (standing.get(b)?.lastAt ?? 0));
  return [...wrong, ...fresh, ...right].slice(0, Math.max(0, count));
}
