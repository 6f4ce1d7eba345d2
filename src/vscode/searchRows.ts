// What the search box lists, decided without VS Code.

import type { SearchHit } from '../core/searchHit.ts';

export type SearchRow =
  | { readonly kind: 'heading'; readonly label: string }
  | {
      readonly kind: 'passage';
      readonly passageId: string;
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
