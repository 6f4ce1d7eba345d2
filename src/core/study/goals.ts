// What a learner can aim at: a chapter, a resource, or a goal that the curriculum has written down.

import type { AuthoredGoal, Chapter, Curriculum, Resource } from '../curriculum.ts';
import { chaptersInOrder, chaptersOf } from '../curriculum.ts';
import { findChapter, findResource } from '../lookUp.ts';
import { compareEvents } from './eventBase.ts';
import type { Goal, StudyEventOf } from './studyEvent.ts';

/** A goal by its name. */
export type GoalRef = Pick<Goal, 'type' | 'id'>;

/** A goal with what it leads to. */
export interface GoalSubject {
  readonly title: string;
  /** Where the goal is reached, without what these build on. */
  readonly chapters: readonly Chapter[];
  /** What is to be read besides what the chapters bring. */
  readonly resources: readonly Resource[];
}

/** What a goal leads to; undefined if the curriculum doesn't have it (any more). */
export function goalSubject(curriculum: Curriculum, { type, id }: GoalRef): GoalSubject | undefined {
  switch (type) {
    case 'chapter': {
      const chapter = findChapter(curriculum, id);
      return chapter && { title: chapter.title, chapters: [chapter], resources: [] };
    }
    case 'resource': {
      const resource = findResource(curriculum, id);
      return (
        resource && { title: resource.title, chapters: chaptersListing(curriculum, resource), resources: [resource] }
      );
    }
    case 'authored': {
      const goal = findGoal(curriculum, id);
      return goal && authoredSubject(curriculum, goal);
    }
  }
}

export function authoredSubject(curriculum: Curriculum, goal: AuthoredGoal): GoalSubject {
  return {
    title: goal.title,
    chapters: goal.chapterIds.flatMap((id) => findChapter(curriculum, id) ?? []),
    resources: goal.resourceIds.flatMap((id) => findResource(curriculum, id) ?? []),
  };
}

function findGoal(curriculum: Curriculum, id: string): AuthoredGoal | undefined {
  return curriculum.goals.find((goal) => goal.id === id);
}

/** Whether a goal answers to what is typed: each word stands somewhere in what it is called or about. */
export function goalMatcher(curriculum: Curriculum): (goal: GoalRef, typed: string) => boolean {
  const texts = new Map<string, string>();
  const textOf = ({ type, id }: GoalRef): string => {
    const chapter = type === 'chapter' ? findChapter(curriculum, id) : undefined;
    if (chapter) return [chapter.title, ...chapter.keywords].join(' ');
    const resource = type === 'resource' ? findResource(curriculum, id) : undefined;
    if (resource) return `${resource.title} ${resource.creators} ${resource.kind}`;
    const goal = type === 'authored' ? findGoal(curriculum, id) : undefined;
    return goal ? [goal.title, goal.description, ...goal.names].join(' ') : '';
  };
  return (goal, typed) => {
    const key = `${goal.type} ${goal.id}`;
    // With a space before each word, so that a word is found by its beginning.
    const text =
      texts.get(key) ??
      ` ${textOf(goal)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
    texts.set(key, text);
    const words = typed.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return words.every((word) => text.includes(` ${word}`));
  };
}

/** The goal that the learner has now, and since when: another pace or depth doesn't make it another goal. */
export function goalNow(
  events: readonly StudyEventOf<'goal'>[],
): { readonly goal: Goal; readonly since: number } | undefined {
  const ordered = [...events].sort(compareEvents);
  const goal = ordered.at(-1)?.goal;
  if (!goal) return undefined;
  const same = (other: Goal | null): boolean => other?.type === goal.type && other.id === goal.id;
  const before = ordered.findLastIndex((event) => !same(event.goal));
  return { goal, since: ordered[before + 1]?.at ?? 0 };
}

/** The chapters that list a resource; for one that only a section lists, the section's. */
function chaptersListing(curriculum: Curriculum, { id }: Resource): Chapter[] {
  const lists = (entries: Chapter['resources']): boolean => entries.some(({ resourceId }) => resourceId === id);
  const chapters = chaptersInOrder(curriculum).filter(({ resources }) => lists(resources));
  if (chapters.length > 0) return chapters;
  return curriculum.sections
    .filter(({ resources }) => lists(resources))
    .flatMap((section) => chaptersOf(curriculum, section));
}
