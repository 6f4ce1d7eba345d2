// What answering with a model needs of others.

import type { AnswerProgress, Turn } from '../answer.ts';
import type { Curriculum } from '../curriculum.ts';
import type { GenerateEvent, GenerateRequest, Sampling } from '../model/language.ts';
import type { Passage } from '../passages.ts';
import type { Answerer } from '../question.ts';
import type { RetrieveMore } from '../search/fuse.ts';
import type { LookUp, SavedSource } from '../search/lookUp.ts';
import type { Retriever } from '../search/retrieve.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import type { Translate } from '../translate.ts';
import type { WrittenAnswer } from './earlierTurns.ts';

/** A model that is loaded. What it does ends when its caller's signal is aborted. */
export interface OpenModel {
  /** Prompt and answer together. */
  readonly contextTokens: number;
  /** Whether it reasons before it answers: it gets more room. */
  readonly thinks: boolean;
  /** Tokens of each text by itself. Rejects with a ModelError. */
  readonly countTokens: (texts: readonly string[]) => Promise<readonly number[]>;
  /** Throws a ModelError; leaving the loop stops it. */
  readonly generate: (request: GenerateRequest) => AsyncIterable<GenerateEvent>;
}

export interface AnsweringModel {
  readonly name: string;
  /** The likeliest token each time, if left out. */
  readonly sampling?: Sampling;
  /** Yields how far it is until the model is loaded, and returns it. Throws a ModelError. */
  readonly open: () => AsyncGenerator<AnswerProgress, OpenModel, void>;
}

export interface ModelAnswererParts {
  readonly curriculum: Curriculum;
  readonly index: SearchIndex;
  /** By id, in the order of the book. */
  readonly passages: ReadonlyMap<string, Passage>;
  readonly retrieve: Retriever;
  readonly lookUp: LookUp;
  /** Left out where there is no library. */
  readonly saved?: Pick<SavedSource, 'passages'> | undefined;
  /** With an embedding or ranking model. What it throws is taken for "nothing more". */
  readonly retrieveMore?: RetrieveMore;
  /** Who quotes: declines, and stands in for the model. */
  readonly quote: Answerer;
  readonly model: AnsweringModel;
  /** What the model wrote in this session, so that it can be reminded of it word for word. */
  readonly memory: AnswerMemory;
  readonly t: Translate;
}

/** Remembers what a model wrote, by the blocks that were made of it. */
export interface AnswerMemory {
  readonly recall: (turn: Turn) => WrittenAnswer | undefined;
  readonly keep: (blocks: Turn['blocks'], written: WrittenAnswer) => void;
}
