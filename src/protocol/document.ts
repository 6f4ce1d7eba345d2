// The wire between the extension and the page of a saved document. Types only.
//
// The page says `ready`; the extension answers with `show`, and again, whole, whenever the document has changed, and with
// `goTo` when a passage of it is wanted. Nothing of what the document says is believed: the page sanitises it once more.
// The notes on it follow each `show`.

import type { CopyForm } from '../core/library/address.ts';
import type { DocumentPiece } from '../core/library/pieces.ts';
import type { Position } from '../core/progress.ts';
import type { FromReaderNotes, NoteDraft, ToReaderNotes } from './readerNotes.ts';

export type { CopyForm, Position };

/** A piece of a document that is shown as its text alone. */
export interface ShownPiece extends Pick<DocumentPiece, 'kind' | 'text' | 'passage'> {
  /** From 1. */
  readonly page?: number;
  /** Of a transcript: "2:03". */
  readonly time?: string;
}

export type DocumentBody =
  | { readonly type: 'pieces'; readonly pieces: readonly ShownPiece[] }
  /** With the id of the element where each passage starts, in order of their numbers. */
  | { readonly type: 'html'; readonly html: string; readonly anchors: readonly string[] };

/** A form of a document; of a PDF its text, or its pages. */
export interface Reading {
  readonly form: CopyForm;
  readonly pages: boolean;
}

/** What is said of a document, however it is read. */
export interface DocumentHead {
  readonly documentId: string;
  /** By which notes know the document, on every machine. */
  readonly subject: string;
  readonly title: string;
  readonly creators: string;
  /** "PDF", "12 pages". */
  readonly facts: readonly string[];
  /** What the button for opening it elsewhere says. */
  readonly original: string;
  /** How else it can be read, with the words of the button. */
  readonly readings: readonly (Reading & { readonly label: string })[];
  /** The chapters that list it. */
  readonly citedBy: readonly { readonly chapterId: string; readonly title: string }[];
}

export interface ShownDocument extends DocumentHead {
  readonly form: CopyForm;
  readonly body: DocumentBody;
  /** Where the learner was. */
  readonly position?: Position;
}

export type ToDocument =
  | ToReaderNotes
  | { readonly type: 'show'; readonly document: ShownDocument }
  /** Shows and highlights a passage, and in it a sentence (plain text), if one was cited. */
  | { readonly type: 'goTo'; readonly passage: number; readonly sentence?: string }
  /** A command of VS Code wants to ask about the selected words: the page answers `askAbout`. */
  | { readonly type: 'askSelection' };

export type FromDocument =
  | FromReaderNotes
  | { readonly type: 'ready' }
  | { readonly type: 'position'; readonly form: CopyForm; readonly position: Position }
  | { readonly type: 'openOriginal' }
  | { readonly type: 'read'; readonly reading: Reading }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'openChapter'; readonly chapterId: string; readonly beside: boolean }
  | { readonly type: 'askAbout'; readonly text: string };

/** What the page keeps with VS Code, to be brought back after a restart. */
export interface KeptDocument {
  readonly documentId: string;
  readonly reading: Reading;
  readonly position?: Position;
  readonly draft?: NoteDraft;
}
