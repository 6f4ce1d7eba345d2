// The wire between the extension and the page of a saved document. Types only.
//
// The page says `ready`; the extension answers with `show`, and again, whole, whenever the document has changed, and with
// `goTo` when a passage of it is wanted. Nothing of what the document says is believed: the page sanitises it once more.

import type { CopyForm } from '../core/library/address.ts';
import type { DocumentPassageKind } from '../core/library/documentText.ts';
import type { Position } from '../core/progress.ts';

export type { CopyForm, Position };

/** A passage of a document that is shown as its passages. */
export interface ShownPassage {
  /** From 0. */
  readonly number: number;
  readonly kind: DocumentPassageKind;
  readonly heading: string;
  readonly text: string;
  /** From 1. */
  readonly page?: number;
  /** Of a transcript: "2:03". */
  readonly time?: string;
}

export type DocumentBody =
  | { readonly type: 'passages'; readonly passages: readonly ShownPassage[] }
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
  | { readonly type: 'show'; readonly document: ShownDocument }
  /** Shows and highlights a passage, and in it a sentence (plain text), if one was cited. */
  | { readonly type: 'goTo'; readonly passage: number; readonly sentence?: string };

export type FromDocument =
  | { readonly type: 'ready' }
  | { readonly type: 'position'; readonly form: CopyForm; readonly position: Position }
  | { readonly type: 'openOriginal' }
  | { readonly type: 'read'; readonly reading: Reading }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'openChapter'; readonly chapterId: string; readonly beside: boolean };

/** What the page keeps with VS Code, to be brought back after a restart. */
export interface KeptDocument {
  readonly documentId: string;
  readonly reading: Reading;
}
