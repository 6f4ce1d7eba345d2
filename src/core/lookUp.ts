// Finds things by ids that come from outside: a page, a command link, another extension. Anything else finds nothing,
// the names that every object inherits included.

import { chaptersInOrder } from './curriculum.ts';
import type { Chapter, Curriculum, Resource } from './curriculum.ts';

/** The chapter with that id, or that had it in an earlier edition. */
export function findChapter(curriculum: Curriculum, id: unknown): Chapter | undefined {
  if (typeof id !== 'string') return undefined;
  if (Object.hasOwn(curriculum.chapters, id)) return curriculum.chapters[id];
  return Object.values(curriculum.chapters).find(({ formerIds }) => formerIds?.includes(id));
}

/** The resource with that id, if it is one. */
export function findResource(curriculum: Curriculum, id: unknown): Resource | undefined {
  return typeof id === 'string' && Object.hasOwn(curriculum.resources, id) ? curriculum.resources[id] : undefined;
}

/** The chapter with that id or, letter case aside, that title. */
export function chapterCalled(curriculum: Curriculum, name: string): Chapter | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    findChapter(curriculum, wanted) ?? chaptersInOrder(curriculum).find(({ title }) => title.toLowerCase() === wanted)
  );
}
