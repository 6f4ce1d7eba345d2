/** One row of the search box. */
export interface SearchHit {
  readonly passageId: string;
  readonly chapterId: string;
  readonly chapterTitle: string;
  readonly heading: string;
  /** One line of the passage around the matched words. */
  readonly snippet: string;
  /** The matched words in `snippet`, as [start, end) offsets in UTF-16 units. */
  readonly matches: readonly (readonly [number, number])[];
}

/** Finds what is being typed: prefix and typo tolerant, never throws, answers `[]` to what has no words. */
export type SearchBox = (typed: string, limit: number) => SearchHit[];
