// Where the handbook names what the learner has saved.

import { addressOf } from '../curriculum.ts';
import type { Curriculum } from '../curriculum.ts';
import { savedAs } from './address.ts';

/** The chapters, in reading order, that list the document saved from `address`. */
export function citedBy(curriculum: Curriculum, address: string): { chapterId: string; title: string }[] {
  if (address === '') return [];
  const ids = new Set(
    Object.values(curriculum.resources)
      .filter((resource) => savedAs(addressOf(resource))?.address === address)
      .map(({ id }) => id),
  );
  if (ids.size === 0) return [];
  return curriculum.sections
    .flatMap(({ chapterIds }) => chapterIds)
    .flatMap((chapterId) => {
      const chapter = curriculum.chapters[chapterId];
      return chapter?.resources.some(({ resourceId }) => ids.has(resourceId))
        ? [{ chapterId, title: chapter.title }]
        : [];
    });
}
