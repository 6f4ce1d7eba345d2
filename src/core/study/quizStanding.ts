// How the learner stands with each quiz item, from all the answers they ever gave.

import type { QuizEntry, QuizIndex } from '../quizzes.ts';
import { quizSubject } from '../quizzes.ts';
import { compareEvents } from './eventBase.ts';
import type { StudyEventOf } from './studyEvent.ts';

export interface ItemStanding {
  /** How often it was answered, and how often rightly. */
  readonly answers: number;
  readonly right: number;
  /** The last answer. */
  readonly lastRight: boolean;
  readonly lastAt: number;
}

/** By the subject of the events, `chapterId/itemId`; items that were never answered are left out. */
export type QuizStanding = ReadonlyMap<string, ItemStanding>;

/** The standing after `events`, in any order. */
export function quizStanding(events: Iterable<StudyEventOf<'quiz'>>): QuizStanding {
  const last = new Map<string, StudyEventOf<'quiz'>>();
  const standing = new Map<string, ItemStanding>();
  for (const event of events) {
    const { subject, correct } = event;
    const before = standing.get(subject);
    const latest = last.get(subject);
    const newest = !latest || compareEvents(latest, event) < 0 ? event : latest;
    last.set(subject, newest);
    standing.set(subject, {
      answers: (before?.answers ?? 0) + 1,
      right: (before?.right ?? 0) + (correct ? 1 : 0),
      lastRight: newest.correct,
      lastAt: newest.at,
    });
  }
  return standing;
}

/** How a chapter, or any other set of items, stands. */
export interface QuizTally {
  /** All items. */
  readonly items: number;
  /** Those that were ever answered; of these, those that were right the last time. */
  readonly answered: number;
  readonly right: number;
}

/** The tally of some items. */
export function tallyOf(subjects: Iterable<string>, standing: QuizStanding): QuizTally {
  let items = 0;
  let answered = 0;
  let right = 0;
  for (const subject of subjects) {
    const known = standing.get(subject);
    items++;
    if (known) answered++;
    if (known?.lastRight === true) right++;
  }
  return { items, answered, right };
}

/** A chapter or a passage that the answers show to be weak. */
export interface Weakness {
  /** Items that were wrong the last time, of those ever answered. */
  readonly wrong: number;
  readonly answered: number;
  /** All answers ever given, and the wrong ones among them. */
  readonly answers: number;
  readonly wrongAnswers: number;
  /** From 0 to 1: the share that was wrong last, counted as if one more had been right and one wrong, so that one wrong answer alone is no verdict. */
  readonly weight: number;
}

export type WeakChapter = Weakness & { readonly chapterId: string };
export type WeakPassage = WeakChapter & { readonly anchor: string };

/**
 * What is weak, the weakest first: chapters, and passages, where at least one item was wrong the last time. Answers to items
 * that the handbook hasn't got any more count for nothing.
 */
export function quizWeakness(
  index: QuizIndex,
  standing: QuizStanding,
): { readonly chapters: WeakChapter[]; readonly passages: WeakPassage[] } {
  const chapters: WeakChapter[] = [];
  const passages: WeakPassage[] = [];
  for (const [chapterId, entries] of Object.entries(index)) {
    const whole = weaknessOf(chapterId, entries, standing);
    if (!whole) continue;
    chapters.push({ chapterId, ...whole });
    for (const [anchor, some] of Map.groupBy(entries, (entry) => entry.anchor)) {
      const weakness = weaknessOf(chapterId, some, standing);
      if (weakness) passages.push({ chapterId, anchor, ...weakness });
    }
  }
  return { chapters: chapters.sort(weakestFirst), passages: passages.sort(weakestFirst) };
}

/** Undefined for what isn't weak. */
function weaknessOf(chapterId: string, entries: readonly QuizEntry[], standing: QuizStanding): Weakness | undefined {
  const known = entries.flatMap(({ id }) => standing.get(quizSubject(chapterId, id)) ?? []);
  const wrong = known.filter(({ lastRight }) => !lastRight).length;
  if (wrong === 0) return undefined;
  const answers = known.reduce((sum, item) => sum + item.answers, 0);
  return {
    wrong,
    answered: known.length,
    answers,
    wrongAnswers: answers - known.reduce((sum, item) => sum + item.right, 0),
    weight: (wrong + 1) / (known.length + 2),
  };
}

function weakestFirst(a: Weakness, b: Weakness): number {
  return b.weight - a.weight || b.wrong - a.wrong || b.wrongAnswers - a.wrongAnswers;
}
