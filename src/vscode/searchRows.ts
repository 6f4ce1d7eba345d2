// What the search box lists, decided without VS Code.

import type { CopyForm } from '../core/library/address.ts';
import { clockTime } from '../core/library/clockTime.ts';
import type { SearchHit } from '../core/searchHit.ts';
import type { Translate } from '../core/translate.ts';
import { dotted } from '../core/words.ts';

/** What a row needs to know of a passage of a saved document. */
export interface SavedPlace extends Pick<SearchHit, 'snippet' | 'matches' | 'heading'> {
  readonly documentId: string;
  readonly form: CopyForm;
  readonly number: number;
  readonly title: string;
  readonly page?: number;
  readonly seconds?: number;
}

export type SearchRow =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'passage';
      readonly passageId: string;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | {
      /** A passage of a saved document. */
      readonly kind: 'saved';
      readonly documentId: string;
      readonly place: { readonly form: CopyForm; readonly passage: number };
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | { readonly kind: 'chapter'; readonly chapterId: string; readonly label: string; readonly description: string }
  | { readonly kind: 'suggestion'; readonly label: string; readonly typed: string }
  | { readonly kind: 'ask'; readonly label: string; readonly question: string }
  | { readonly kind: 'nothing'; readonly label: string; readonly detail: string };

/**
 * The row of a hit: its chapter, its heading, and the line with the matched words within the part that is seen. The
 * chapter comes first: "Misconceptions" alone says nothing.
 */
export function hitRow(hit: SearchHit): SearchRow {
  return {
    kind: 'passage',
    passageId: hit.passageId,
    label: hit.chapterTitle,
    description: hit.heading === hit.chapterTitle ? '' : hit.heading,
    detail: seenLine(hit.snippet, hit.matches),
  };
}

/** The row of a passage of a saved document: its title, its heading and page or time, and the line with the words. */
export function savedRow(hit: SavedPlace, t: Translate): SearchRow & { readonly kind: 'saved' } {
  const { documentId, form, number, title, heading, page, seconds, snippet, matches } = hit;
  return {
    kind: 'saved',
    documentId,
    place: { form, passage: number },
    label: title,
    description: dotted(
      heading === title ? '' : heading,
      page === undefined ? '' : t('page {0}', page),
      seconds === undefined ? '' : clockTime(seconds),
    ),
    detail: seenLine(snippet, matches),
  };
}

/** About as many characters of a line as a quick pick shows. */
const seen = 90;

/** The snippet, from a word shortly before its first match on where that would otherwise be out of sight. */
export function seenLine(snippet: string, matches: SearchHit['matches']): string {
  const first = matches[0];
  if (!first || first[1] <= seen) return snippet;
  const from = Math.max(0, first[0] - Math.floor(seen / 3));
  const space = snippet.indexOf(' ', from);
  const start = space >= 0 && space < first[0] ? space + 1 : first[0];
  return `…${snippet.slice(start)}`;
}
