import type { Chapter, Curriculum } from './curriculum.ts';
import { chaptersInOrder } from './curriculum.ts';
import { findChapter } from './lookUp.ts';
import { chapterState } from './progress.ts';
import type { Progress } from './progress.ts';

/** What is still to be read to understand `goal`: its prerequisites, theirs and itself, in reading order, without what is studied. */
export function pathTo(curriculum: Curriculum, goal: Chapter, progress: Progress): Chapter[] {
  const needed = new Set<string>();
  const visit = (chapter: Chapter): void => {
    if (needed.has(chapter.id) || chapterState(progress, chapter.id) === 'studied') return;
    needed.add(chapter.id);
    for (const id of chapter.prerequisites) {
      const before = findChapter(curriculum, id);
      if (before) visit(before);
    }
  };
  visit(goal);
  return chaptersInOrder(curriculum).filter(({ id }) => needed.has(id));
}
