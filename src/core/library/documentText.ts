// What a saved document says, whatever it was: a PDF, a page, a Markdown file, a transcript.

import type { LineBox } from './layout/pageText.ts';

export type DocumentPassageKind = 'text' | 'caption' | 'note' | 'reference';

/** A piece of a document that is found, shown and cited as one. */
export interface DocumentPassage {
  readonly kind: DocumentPassageKind;
  /** The heading it stands under; empty before the first one. */
  readonly heading: string;
  readonly text: string;
  /** Of a PDF: where its lines stand, in reading order. */
  readonly boxes: readonly LineBox[];
  /** Of a page: the id of the element in the saved copy where it starts. */
  readonly anchor?: string;
  /** Of a transcript: seconds from the start. */
  readonly seconds?: number;
}

/** A heading, a formula on its own, a row of a table, words of a drawing: what is read, but no passage to be cited. */
export interface BetweenPassages {
  readonly kind: 'heading' | 'loose';
  readonly text: string;
  readonly boxes: readonly LineBox[];
  /** The passage before whose character `at` it stands. */
  readonly passage: number;
  readonly at: number;
}

export interface OutlineEntry {
  readonly title: string;
  /** From 1. */
  readonly level: number;
  /** Of a PDF: from 1. */
  readonly page?: number;
  readonly anchor?: string;
}

/** In points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface DocumentText {
  readonly title?: string;
  /** Of a PDF. */
  readonly pages?: number;
  /** Of a PDF: the size of its first page. */
  readonly firstPage?: PageSize;
  readonly outline: readonly OutlineEntry[];
  readonly passages: readonly DocumentPassage[];
  /** Of a PDF: the rest of its text, in reading order. */
  readonly between?: readonly BetweenPassages[];
  /** Of a page: its text as safe HTML, with the anchors of the passages. */
  readonly html?: string;
}

/** Why a document can't be read, for the learner. */
export type ExtractProblem =
  /** Not what its first bytes promise, or broken beyond reading. */
  | 'damaged'
  | 'password'
  /** Pictures of pages, without text. */
  | 'scanned'
  | 'empty'
  | 'too-large'
  /** It took more time or memory than a document may. */
  | 'too-slow'
  | 'too-much-memory'
  /** The process that reads documents has died of it. */
  | 'crashed';
