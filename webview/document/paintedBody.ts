// The text of a document on the page, with the places in it and its words.

import type { PageWords } from '../notes/wordRuns.ts';
import type { Places } from '../reader/position.ts';

export interface PaintedBody {
  readonly element: HTMLElement;
  /** Where a position may be. */
  readonly places: Places;
  /** The elements of a passage. */
  readonly passage: (number: number) => readonly HTMLElement[];
  /** The words, with the way to the page and back; `form` names the text among those of the document. */
  readonly words: (form: string) => PageWords;
  /** What may hold the marker of a note. */
  readonly blocks: string;
}
