// A passage of what the learner keeps in their library, as search and answers see it.

import { copyForms, type CopyForm } from './address.ts';

/** Where a passage of a saved document stands. */
export interface SavedPlace {
  readonly documentId: string;
  readonly form: CopyForm;
  /** Which passage of that form, from 0. */
  readonly number: number;
}

export interface SavedPassage extends SavedPlace {
  /** The document's. */
  readonly title: string;
  /** Empty before the first one. */
  readonly heading: string;
  /** From 1. */
  readonly page?: number;
  readonly seconds?: number;
  readonly text: string;
}

/** One word that was looked for. */
export interface SoughtWord {
  /** As it was typed, lower-cased. */
  readonly word: string;
  readonly stem: string;
  /** How many passages of the library have it, about: of common words it is estimated. */
  readonly passages: number;
}

/** What the library has on a question. */
export interface SavedFinds {
  /** Best first. Scores are comparable within one search only. */
  readonly found: readonly { readonly passage: SavedPassage; readonly score: number }[];
  readonly words: readonly SoughtWord[];
  /** How many passages there are altogether. */
  readonly passages: number;
}

const prefix = 'saved';

/** The id under which a passage of a saved document is cited; it never looks like one of the handbook's. */
export function savedPassageId({ documentId, form, number }: SavedPlace): string {
  return [prefix, documentId, form, number].join(':');
}

/** Takes such an id apart; undefined if it is another one. */
export function parseSavedPassageId(id: string): SavedPlace | undefined {
  const [first, documentId, form, number, ...more] = id.split(':');
  const known = copyForms.find((each) => each === form);
  if (first !== prefix || !documentId || !known || more.length > 0 || !/^\d{1,9}$/.test(number ?? '')) return undefined;
  return { documentId, form: known, number: Number(number) };
}
