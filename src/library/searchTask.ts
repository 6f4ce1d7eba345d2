// What the thread that searches is asked, and what it answers.

import type { SavedFinds, SavedPassage } from '../core/library/savedPassage.ts';
import type { LibraryErrorKind } from './libraryError.ts';
import type { SavedHit } from './search.ts';

/**
 * A search. `box` is for what is still being typed, `question` for what was asked, `meaning` for the vector that the embedding
 * model of that hash made of it.
 */
export type Sought =
  | { readonly type: 'box' | 'question'; readonly text: string; readonly limit: number }
  | { readonly type: 'meaning'; readonly model: string; readonly vector: readonly number[]; readonly limit: number };

export type SearchTask = Sought & { readonly id: number };

export type SearchEnd = { readonly id: number } & (
  | { readonly type: 'box'; readonly hits: readonly SavedHit[] }
  | { readonly type: 'question'; readonly finds: SavedFinds }
  | { readonly type: 'meaning'; readonly near: readonly SavedPassage[] }
  | { readonly type: 'failed'; readonly kind: LibraryErrorKind; readonly message: string }
);
