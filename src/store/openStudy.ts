import type { Curriculum } from '../core/curriculum.ts';
import type { Passage } from '../core/passages.ts';
import { noProgress } from '../core/progress.ts';
import type { Answerer } from '../core/question.ts';
import { createQuoter } from '../core/answer/quote.ts';
import { createLookUp, type LookUp, type SavedSource } from '../core/search/lookUp.ts';
import { createRetriever, type Retriever } from '../core/search/retrieve.ts';
import { createSearchBox } from '../core/search/searchBox.ts';
import { loadSearchIndex, type SearchIndex } from '../core/search/searchIndex.ts';
import type { SearchBox } from '../core/searchHit.ts';
import { namesOf, withPlans, type Learner } from '../core/study/withPlans.ts';
import type { NamesIn } from '../core/study/names.ts';
import { inEnglish, type Translate } from '../core/translate.ts';
import { readCurriculum, readPassages, readSearchIndex } from './curriculumFiles.ts';

/** Everything that searching and answering need, loaded once. */
export interface Study {
  readonly search: SearchBox;
  readonly retrieve: Retriever;
  readonly lookUp: LookUp;
  /** What the learner has saved, if there is a library. */
  readonly saved: SavedSource | undefined;
  /** Quotes; questions about the way through the handbook are answered by planning it. */
  readonly answer: Answerer;
  /** The same planning around somebody else's answers. */
  readonly planning: (answer: Answerer) => Answerer;
  /** What a text names of the handbook. */
  readonly namesIn: NamesIn;
  /** By id, in the order of the book. */
  readonly passages: ReadonlyMap<string, Passage>;
  readonly curriculum: Curriculum;
  readonly index: SearchIndex;
}

/** Loads the search index and the passages from dist/curriculum, for a learner who may have done something already. */
export function openStudy(
  folder: string,
  learner: () => Promise<Learner> = () => Promise.resolve({ progress: noProgress }),
  t: Translate = inEnglish,
  saved?: SavedSource,
): Study {
  const curriculum = readCurriculum(folder);
  const passages = readPassages(folder);
  const index = loadSearchIndex(readSearchIndex(folder));
  const retrieve = createRetriever(index, passages);
  const lookUp = createLookUp({ retrieve, index, saved, t });
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const planning = (answer: Answerer): Answerer =>
    withPlans(answer, { curriculum, passages: byId, index, retrieve, learner, t });
  return {
    search: createSearchBox(index, curriculum, passages),
    retrieve,
    lookUp,
    saved,
    answer: planning(createQuoter({ curriculum, lookUp })),
    planning,
    namesIn: namesOf({ curriculum, index }),
    passages: byId,
    curriculum,
    index,
  };
}
