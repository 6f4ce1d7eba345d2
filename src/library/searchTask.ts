// What the thread that searches is asked, and what it answers.

import type { SavedFinds } from '../core/library/savedPassage.ts';
import type { LibraryErrorKind } from './libraryError.ts';
import type { SavedHit } from './search.ts';

/** A search. `box` is for what is still being typed, `question` for what was asked. */
export interface SearchTask {
  readonly id: number;
  readonly type: 'box' | 'question';
  readonly text: string;
  readonly limit: number;
}

export type SearchEnd = { readonly id: number } & (
  | { readonly type: 'box'; readonly hits: readonly SavedHit[] }
  | { readonly type: 'question'; readonly finds: SavedFinds }
  | { readonly type: 'failed'; readonly kind: LibraryErrorKind; readonly message: string }
);
