import type { About, AnswerEvent, AnswerMode, Scope, Turn } from './answer.ts';

/** What the learner asks, with what it is asked about. */
export interface Question {
  readonly text: string;
  /** Earlier questions of the conversation, oldest first: a follow-up leans on them. */
  readonly history: readonly string[];
  /** The chapter, and the words selected in it, that the question is about. */
  readonly about?: Pick<About, 'chapterId' | 'text'>;
  /** Where an answer is looked for; in the handbook if left out. */
  readonly scope?: Scope;
  /** 'answer' if left out. */
  readonly mode?: AnswerMode;
  /** The earlier turns themselves, oldest first, for who can remember more than questions. */
  readonly turns?: readonly Turn[];
  /** A turn that was cut at its length limit and is to go on. */
  readonly continued?: Turn;
  /** Asked again for another answer than before: each number gives another one. */
  readonly variation?: number;
}

/**
 * Whoever answers: quotation now, a model later. Yields `sources` first, then sentences, or `declined`. Throws only what
 * the engine behind it throws; the consumer stops it by leaving the loop or through the signal it closed over.
 */
export type Answerer = (question: Question) => AsyncIterable<AnswerEvent>;
