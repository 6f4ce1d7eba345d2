// The words in which an answer travels from whoever answers (quotation now, a model later) to whoever shows it.

/** A passage offered as evidence, numbered from 1 in the order shown. */
export interface Source {
  readonly number: number;
  readonly passageId: string;
  readonly chapterId: string;
  readonly chapterTitle: string;
  readonly heading: string;
  /** It is from a document that the learner has saved, whose title stands in place of a chapter's. */
  readonly fromLibrary?: true;
  /** The best sentences of the passage, plain text. */
  readonly excerpt: string;
  /** 0 to 1, relative to the best source of this answer. */
  readonly score: number;
}

/** Where an answer is looked for. */
export type Scope =
  | { readonly kind: 'chapter'; readonly chapterId: string; readonly chapterTitle: string }
  | { readonly kind: 'handbook' }
  /** What the learner has saved. */
  | { readonly kind: 'library' }
  /** The handbook and the library. */
  | { readonly kind: 'all' };

export type Coverage = 'covered' | 'partly' | 'not-covered';

/** Who is speaking: the handbook's own sentences, quoted; a model; or the companion, who worked out a way through the handbook. */
export type Speaker = 'quotation' | 'model' | 'plan';

/** One sentence of an answer with the sources that carry it; a sentence with none is shown as unsupported. */
export interface AnswerSentence {
  readonly text: string;
  readonly html: string;
  /** Numbers of the sources. */
  readonly citations: readonly number[];
  /** Its number, if it is one of several steps that are shown as a list. */
  readonly step?: number;
}

/** In which way a question is to be answered. Quoting knows only the first. */
export type AnswerMode = 'answer' | 'explain' | 'hint' | 'compare' | 'summarise' | 'quiz';

/** One block of Markdown of a model's answer: a paragraph, a list, a table, code, a formula. */
export interface AnswerBlock {
  /** With its citations as `[n]`, each of them a source of this answer. */
  readonly markdown: string;
  /**
   * Rendered and safe to show. A sentence is `<span class="sentence">`, one that no cited passage carries also
   * `unsupported`; a citation is `<cite data-source="n"></cite>`, for the page to make into a button, with the passage's own
   * words that say it in `data-sentence`, where some do.
   */
  readonly html: string;
  readonly citations: readonly number[];
  /** How many of its sentences no passage carries. */
  readonly unsupported: number;
}

/** A passage that was considered for the prompt. */
export interface SeenPassage {
  readonly passageId: string;
  readonly chapterTitle: string;
  readonly heading: string;
  readonly score: number;
  readonly tokens: number;
  /** Its number in the answer, or why it was left out. */
  readonly number?: number;
  readonly leftOut?: 'no-room' | 'low-score' | 'too-many';
}

/** What the model saw, and how its context was spent. Tokens throughout. */
export interface Seen {
  readonly model: string;
  readonly context: number;
  readonly prompt: number;
  /** Of the prompt, found already evaluated. */
  readonly reused: number;
  /** Kept free for the answer. */
  readonly reserved: number;
  readonly passages: readonly SeenPassage[];
  /** Earlier turns in the prompt, and how many of the oldest had to leave it. */
  readonly earlierTurns: number;
  readonly droppedTurns: number;
}

/** What is going on before the first word, for who waits: 0 to 1 where it is known. */
export interface AnswerProgress {
  readonly phase: 'loading' | 'waiting' | 'reading';
  readonly fraction?: number;
}

export type AnswerEvent =
  | { readonly type: 'sources'; readonly coverage: Coverage; readonly sources: readonly Source[] }
  | { readonly type: 'sentence'; readonly speaker: Speaker; readonly sentence: AnswerSentence }
  | { readonly type: 'seen'; readonly seen: Seen }
  | { readonly type: 'progress'; readonly progress: AnswerProgress }
  /** More of a thinking model's reasoning, plain text. */
  | { readonly type: 'thought'; readonly text: string }
  /** The model's answer block by block; a block that is still being written comes again with the same index, each time whole. */
  | { readonly type: 'block'; readonly index: number; readonly block: AnswerBlock }
  /** The answer stopped at its length limit: it can be continued. */
  | { readonly type: 'cut' }
  /** The model failed; what follows is quoted instead. Its blocks so far are to be forgotten. */
  | { readonly type: 'fallback'; readonly message: string }
  /** Why the question is declined; the sources sent before are then the nearest passages. */
  | { readonly type: 'declined'; readonly reason: DeclineReason; readonly missing: readonly string[] };

/** 'empty-library': only the library was to be asked, and there is nothing in it to be read. */
export type DeclineReason = 'not-covered' | 'not-a-question' | 'instruction' | 'empty-library';

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
  /** The handbook if left out. */
  readonly scope?: Scope;
  readonly askedAt: number;
  readonly coverage: Coverage;
  readonly speaker: Speaker;
  readonly sources: readonly Source[];
  readonly sentences: readonly AnswerSentence[];
  readonly declined?: { readonly reason: DeclineReason; readonly missing: readonly string[] };
  /** What a model wrote; left out where it was quoted. */
  readonly blocks?: readonly AnswerBlock[];
  readonly mode?: AnswerMode;
  readonly thought?: string;
  readonly seen?: Seen;
  /** It stopped at its length limit. */
  readonly cut?: boolean;
  /** Why a model didn't answer although there is one. */
  readonly fallback?: string;
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
