// Where the learner left off, and what comes next.

import type { Chapter, Curriculum } from './curriculum.ts';
import { chaptersInOrder } from './curriculum.ts';
import { findChapter } from './lookUp.ts';
import { chapterState } from './progress.ts';
import type { Progress, ProgressEvent } from './progress.ts';
import { compareEvents } from './study/eventBase.ts';

/**
 * The chapter to go on with: the one read last, or, once that is studied, the next in reading order that isn't,
 * from the start again after the end. Undefined when every chapter is studied.
 */
export function chapterToContinue(curriculum: Curriculum, progress: Progress): Chapter | undefined {
  const all = chaptersInOrder(curriculum);
  const at = all.findIndex((chapter) => chapter.id === progress.lastChapter);
  const fromLast = at < 0 ? all : [...all.slice(at), ...all.slice(0, at)];
  return fromLast.find((chapter) => chapterState(progress, chapter.id) !== 'studied');
}

/** The chapters read last, the latest first, each once. */
export function recentChapters(curriculum: Curriculum, events: readonly ProgressEvent[], limit: number): Chapter[] {
  const ids = events
    .filter((event) => event.kind === 'position')
    .sort((a, b) => compareEvents(b, a))
    .map((event) => event.subject);
  return [...new Set(ids)].flatMap((id) => findChapter(curriculum, id) ?? []).slice(0, limit);
}

/** Questions to offer somebody who hasn't asked one yet: those of the chapter to continue, then of the ones after it. */
export function suggestedQuestions(curriculum: Curriculum, progress: Progress, limit: number): string[] {
  const all = chaptersInOrder(curriculum);
  const next = chapterToContinue(curriculum, progress) ?? all[0];
  const at = next ? all.indexOf(next) : -1;
  if (!next || at < 0) return [];
  const near = [...all.slice(at), ...all.slice(0, at)];
  const own = next.questions.slice(0, Math.ceil(limit / 2));
  const others = near.slice(1).flatMap((chapter) => chapter.questions.slice(0, 1));
  return [...own, ...others].slice(0, limit);
}
