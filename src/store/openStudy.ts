import type { Curriculum } from '../core/curriculum.ts';
import type { Passage } from '../core/passages.ts';
import type { Answerer } from '../core/question.ts';
import { createQuoter } from '../core/answer/quote.ts';
import { createRetriever, type Retriever } from '../core/search/retrieve.ts';
import { createSearchBox } from '../core/search/searchBox.ts';
import { loadSearchIndex, type SearchIndex } from '../core/search/searchIndex.ts';
import type { SearchBox } from '../core/searchHit.ts';
import { readCurriculum, readPassages, readSearchIndex } from './curriculumFiles.ts';

/** Everything that searching and answering need, loaded once. */
export interface Study {
  readonly search: SearchBox;
  readonly retrieve: Retriever;
  /** Quotes. */
  readonly answer: Answerer;
  /** By id, in the order of the book. */
  readonly passages: ReadonlyMap<string, Passage>;
  readonly curriculum: Curriculum;
  readonly index: SearchIndex;
}

/** Loads the search index and the passages from dist/curriculum. */
export function openStudy(folder: string): Study {
  const curriculum = readCurriculum(folder);
  const passages = readPassages(folder);
  const index = loadSearchIndex(readSearchIndex(folder));
  const retrieve = createRetriever(index, passages);
  return {
    search: createSearchBox(index, curriculum, passages),
    retrieve,
    answer: createQuoter({ curriculum, retrieve, index }),
    passages: new Map(passages.map((passage) => [passage.id, passage])),
    curriculum,
    index,
  };
}
