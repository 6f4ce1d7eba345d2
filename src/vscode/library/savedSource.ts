// The learner's library as whoever answers asks it. A library that isn't there isn't made for a question.

import { asPassage } from '../../core/library/asPassage.ts';
import type { SavedSource } from '../../core/search/lookUp.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { LocalLibrary } from './localLibrary.ts';

/** How many passages of the library a question is answered from at most. */
const mostPassages = 24;

export function savedSource(library: LocalLibrary, problems: Problems): SavedSource {
  return {
    find: async (text) => {
      if (!(await library.exists())) return { found: [], words: [], passages: 0 };
      return (await library.open()).search.find(text, mostPassages);
    },
    near: async (modelHash, vector, limit) => {
      if (!(await library.exists())) return [];
      const near = await (await library.open()).search.near(modelHash, vector, limit);
      return near.map((passage) => asPassage(passage, say));
    },
    passages: async (ids) => {
      if (!(await library.exists())) return [];
      const [{ passagesById }, { shelf }] = await Promise.all([import('../../library/search.ts'), library.open()]);
      return shelf.ask((db) => passagesById(db, ids, say));
    },
    report: (error) => {
      problems.report(error, say('Your library couldn’t be searched; the handbook was.'));
    },
  };
}
