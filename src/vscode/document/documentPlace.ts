import type { CopyForm } from '../../core/library/address.ts';

/** Where in a document to go: to a passage, or to a note. */
export interface DocumentPlace {
  readonly form: CopyForm;
  /** From 0. */
  readonly passage?: number;
  /** One of the passage's own, as plain text. */
  readonly sentence?: string;
  readonly note?: { readonly id: string; readonly then: 'read' | 'edit' | 'place' };
}

export interface HighlightedPassage {
  readonly passage: number;
  readonly sentence?: string;
}
