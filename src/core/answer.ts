// The words in which an answer travels from whoever answers (quotation now, a model later) to whoever shows it.

/** A passage offered as evidence, numbered from 1 in the order shown. */
export interface Source {
  readonly number: number;
  readonly passageId: string;
  readonly chapterId: string;
  readonly chapterTitle: string;
  readonly heading: string;
  /** The best sentences of the passage, plain text. */
  readonly excerpt: string;
  /** 0 to 1, relative to the best source of this answer. */
  readonly score: number;
}

export type Coverage = 'covered' | 'partly' | 'not-covered';

/** Who is speaking: the handbook's own sentences, quoted, or a model. */
export type Speaker = 'quotation' | 'model';

/** One sentence of an answer with the sources that carry it; a sentence with none is shown as unsupported. */
export interface AnswerSentence {
  readonly text: string;
  readonly html: string;
  /** Numbers of the sources. */
  readonly citations: readonly number[];
}

export type AnswerEvent =
  | { readonly type: 'sources'; readonly coverage: Coverage; readonly sources: readonly Source[] }
  | { readonly type: 'sentence'; readonly speaker: Speaker; readonly sentence: AnswerSentence }
  /** Why the question is declined; the sources sent before are then the nearest passages. */
  | { readonly type: 'declined'; readonly reason: DeclineReason; readonly missing: readonly string[] };

export type DeclineReason = 'not-covered' | 'not-a-question' | 'instruction';

/** What a question is about: a chapter, or words selected in it. */
export interface About {
  readonly chapterId: string;
  readonly chapterTitle: string;
  /** The selected words; empty for the whole chapter. */
  readonly text: string;
}

/** A question with its answer, as kept in a conversation. */
export interface Turn {
  readonly id: string;
  readonly question: string;
  readonly about?: About;
  readonly askedAt: number;
  readonly coverage: Coverage;
  readonly speaker: Speaker;
  readonly sources: readonly Source[];
  readonly sentences: readonly AnswerSentence[];
  readonly declined?: { readonly reason: DeclineReason; readonly missing: readonly string[] };
  /** 'stopped' by the learner, or 'failed'. */
  readonly ended: 'finished' | 'stopped' | 'failed';
}

export interface Conversation {
  readonly id: string;
  /** The first question, shortened. */
  readonly title: string;
  readonly startedAt: number;
  readonly turns: readonly Turn[];
}
