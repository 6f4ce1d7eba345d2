// The wire between the extension and the reader page. Types only.
//
// The page says `ready`; the extension answers `show`. Each later `show` replaces the chapter. Progress follows in
// `progress` whenever a mark changes in any window. Ids travel, never paths; `html` was made by our own build.

import type { Access, ChapterStatus, Heading, Level, ResourceKind } from '../core/curriculum.ts';
import type { ChapterState, Position, ResourceState } from '../core/progress.ts';
import type { FromReaderNotes, NoteDraft, ToReaderNotes } from './readerNotes.ts';

export type { Access, ChapterStatus, Heading, Level, ResourceKind, ChapterState, Position, ResourceState };

export interface ChapterLink {
  readonly id: string;
  readonly title: string;
}

export interface ReaderResource {
  readonly id: string;
  readonly title: string;
  readonly creators: string;
  readonly kind: ResourceKind;
  readonly host: string;
  readonly year?: number;
  readonly level: Level;
  readonly access: Access;
  readonly minutes: number;
  readonly note: string;
  readonly arxiv: boolean;
}

export interface ReaderChapter {
  readonly id: string;
  readonly title: string;
  /** "I. Foundations of Sequential Prediction" */
  readonly sectionTitle: string;
  readonly status: ChapterStatus;
  readonly summary: string;
  readonly objectives: readonly string[];
  readonly minutes: number;
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly prerequisites: readonly ChapterLink[];
  readonly leadsTo: readonly ChapterLink[];
  readonly previous?: ChapterLink;
  readonly next?: ChapterLink;
  readonly resources: readonly ReaderResource[];
}

/** The marks that the reader shows for its chapter. */
export interface ReaderMarks {
  readonly chapter: ChapterState;
  readonly resources: Readonly<Record<string, ResourceState>>;
  /** States of prerequisite and following chapters. */
  readonly chapters: Readonly<Record<string, ChapterState>>;
}

/** A place in the chapter to show highlighted: a passage, and in it the sentence (plain text), if one was cited. */
export interface Highlight {
  readonly anchor: string;
  readonly sentence?: string;
}

/** How the learner stands with the chapter's quiz: of so many questions, how many were answered, and right the last time. */
export interface ReaderQuiz {
  readonly items: number;
  readonly answered: number;
  readonly right: number;
}

export type ToReader =
  | ToReaderNotes
  | {
      readonly type: 'show';
      readonly chapter: ReaderChapter;
      readonly marks: ReaderMarks;
      /** Where to scroll: a highlight wins over a position. */
      readonly highlight?: Highlight;
      readonly position?: Position;
    }
  | { readonly type: 'highlight'; readonly highlight: Highlight }
  | { readonly type: 'progress'; readonly chapterId: string; readonly marks: ReaderMarks }
  /** Follows `show`, and comes again when a question of the chapter has been answered in any window. */
  | { readonly type: 'quiz'; readonly chapterId: string; readonly quiz: ReaderQuiz }
  /** A command of VS Code wants to ask about the selected words: the page answers `askAbout`. */
  | { readonly type: 'askSelection' };

export type FromReader =
  | FromReaderNotes
  | { readonly type: 'ready' }
  | { readonly type: 'openChapter'; readonly chapterId: string; readonly anchor?: string; readonly beside?: boolean }
  | { readonly type: 'openResource'; readonly resourceId: string }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copyResource'; readonly resourceId: string }
  | { readonly type: 'markChapter'; readonly chapterId: string; readonly state: ChapterState }
  | { readonly type: 'markResource'; readonly resourceId: string; readonly state: ResourceState }
  /** `text` is at most 500 characters; empty for the whole chapter. */
  | { readonly type: 'askAbout'; readonly chapterId: string; readonly text: string }
  | { readonly type: 'quizMe'; readonly chapterId: string }
  | { readonly type: 'position'; readonly chapterId: string; readonly position: Position }
  /** Every few seconds while the chapter is being read, and once when it no longer is. */
  | { readonly type: 'reading'; readonly chapterId: string; readonly reading: boolean };

/** What the page keeps with setState: enough for the serializer to bring it back after a window reload. */
export interface ReaderState {
  readonly chapterId: string;
  readonly position: Position;
  readonly draft?: NoteDraft;
}
