// What needs what: the chapters that lead to others, in an order that never looks ahead.

import type { Chapter, Curriculum } from '../curriculum.ts';
import { chaptersInOrder } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';

/** Whether the learner knows a chapter already. */
export type Known = (chapterId: string) => boolean;

const nothing: Known = () => false;

/**
 * The chapters `targets` and all they build on, each after what it needs and otherwise in the order of the book. What is
 * known is left out, and with it what only that builds on: no shorter way leads there.
 */
export function pathThrough(curriculum: Curriculum, targets: readonly Chapter[], known: Known = nothing): Chapter[] {
  const needed = new Set<string>();
  const visit = (chapter: Chapter): void => {
    if (needed.has(chapter.id) || known(chapter.id)) return;
    needed.add(chapter.id);
    for (const before of directNeeds(curriculum, chapter)) visit(before);
  };
  targets.forEach(visit);
  return inOrder(chaptersInOrder(curriculum).filter(({ id }) => needed.has(id)));
}

/** The chapters that a chapter names as its prerequisites. */
export function directNeeds(curriculum: Curriculum, chapter: Chapter): Chapter[] {
  return chapter.prerequisites.flatMap((id) => findChapter(curriculum, id) ?? []);
}

/** All that a chapter builds on, however far back, itself not included. */
export function allNeeds(curriculum: Curriculum, chapter: Chapter): Chapter[] {
  return pathThrough(curriculum, [chapter]).filter(({ id }) => id !== chapter.id);
}

/** Puts chapters that come in the book's order after those of them that they need, however far back. */
function inOrder(chapters: readonly Chapter[]): Chapter[] {
  const left = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  const ordered: Chapter[] = [];
  while (left.size > 0) {
    // The build sees to it that nothing goes in a circle; in one, the book's order is as good as any.
    const next = [...left.values()].find((chapter) => chapter.prerequisites.every((id) => !left.has(id)));
    const chosen = next ?? [...left.values()][0];
    if (!chosen) break;
    left.delete(chosen.id);
    ordered.push(chosen);
  }
  return ordered;
}

/**
 * Chapters in an order to study them in: each after those of the others that it builds on, directly or through chapters that
 * aren't among them, otherwise in the order of the book.
 */
export function studyOrder(curriculum: Curriculum, chapters: readonly Chapter[]): Chapter[] {
  const wanted = new Set(chapters.map(({ id }) => id));
  return pathThrough(curriculum, chapters).filter(({ id }) => wanted.has(id));
}
