// The passages of a chapter that its text doesn't hold.

import type { Chapter, Resource } from '../curriculum.ts';
import { passageId, resourcesAnchor, summaryAnchor, type Passage, type Sentence } from '../passages.ts';

/** A chapter's summary is a passage too: it says what the chapter is about in one sentence. */
export function summaryPassage(chapter: Chapter): Passage {
  return {
    id: passageId(chapter.id, summaryAnchor),
    chapterId: chapter.id,
    anchor: summaryAnchor,
    heading: chapter.title,
    sentences: [plainSentence(chapter.summary)],
    unquoted: [...chapter.objectives, ...chapter.keywords].join('. '),
  };
}

/** A chapter's resources, a sentence each, so that "which paper should I read" has something to quote; none without resources. */
export function resourcesPassage(chapter: Chapter, resources: ReadonlyMap<string, Resource>): Passage[] {
  const sentences = chapter.resources.flatMap(({ resourceId, note }) => {
    const resource = resources.get(resourceId);
    if (!resource) return [];
    const { title, creators, kind, year } = resource;
    const what = [kind.replace('-', ' '), ...(year === undefined ? [] : [String(year)])].join(', ');
    return [plainSentence(`${title}, by ${creators} (${what}): ${note}`)];
  });
  if (sentences.length === 0) return [];
  return [
    {
      id: passageId(chapter.id, resourcesAnchor),
      chapterId: chapter.id,
      anchor: resourcesAnchor,
      heading: 'Resources',
      sentences,
      unquoted: '',
    },
  ];
}

function plainSentence(text: string): Sentence {
  return { text, html: text.replace(/&/g, '&amp;').replace(/</g, '&lt;') };
}
