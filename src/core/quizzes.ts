// The quizzes as data: what the build writes into dist/curriculum/quizzes and the quiz page asks.

import { passageId } from './passages.ts';

/** Words of a quiz: as they were written, and rendered, safe to show. */
export interface QuizWords {
  readonly markdown: string;
  readonly html: string;
}

export interface QuizChoice {
  readonly text: QuizWords;
  readonly correct: boolean;
  readonly reason: QuizWords;
}

interface ItemBase {
  readonly chapterId: string;
  /** Unique in the chapter. */
  readonly id: string;
  readonly prompt: QuizWords;
  /** In the same chapter, of the passage that answers it. */
  readonly anchor: string;
}

export type QuizItem = ItemBase &
  (
    | { readonly kind: 'choice'; readonly choices: readonly QuizChoice[] }
    | { readonly kind: 'recall'; readonly answer: QuizWords }
  );

/** A passage that answers an item, as it is quoted beside it. */
export interface QuizPassage {
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
  readonly html: string;
}

/** The quiz of one chapter. */
export interface ChapterQuiz {
  readonly items: readonly QuizItem[];
  readonly passages: readonly QuizPassage[];
}

/** What is known of an item without its words. */
export interface QuizEntry {
  readonly id: string;
  readonly kind: QuizItem['kind'];
  readonly anchor: string;
}

/** Chapter id → its items: small, for counting and choosing before the words of any chapter are read. */
export type QuizIndex = Readonly<Record<string, readonly QuizEntry[]>>;

/** What the events about an item have as their subject. */
export function quizSubject(chapterId: string, itemId: string): string {
  return `${chapterId}/${itemId}`;
}

/** Takes a subject apart; undefined if it isn't of that form. */
export function parseQuizSubject(subject: string): { readonly chapterId: string; readonly itemId: string } | undefined {
  const found = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(subject);
  return found?.[1] && found[2] ? { chapterId: found[1], itemId: found[2] } : undefined;
}

/** The id of the passage that answers an item. */
export function passageOf({ chapterId, anchor }: Pick<QuizItem, 'chapterId' | 'anchor'>): string {
  return passageId(chapterId, anchor);
}
