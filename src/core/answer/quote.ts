// The answer without a model: the best sentences of the best passages, word for word, each with its citation.

import type { AnswerEvent, AnswerSentence, Source } from '../answer.ts';
import type { Curriculum } from '../curriculum.ts';
import type { Passage } from '../passages.ts';
import type { Answerer } from '../question.ts';
import type { RankedPassage, Retrieval, Retriever } from '../search/retrieve.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import { judge } from './gate.ts';
import { chooseSentences, type Quotation } from './sentences.ts';

export interface QuoterParts {
  readonly curriculum: Curriculum;
  readonly retrieve: Retriever;
  readonly index: SearchIndex;
}

/** How many passages are offered with a refusal. */
const nearestPassages = 3;

/** An answerer that quotes. Yields `sources`, then a `sentence` each or `declined`; synchronous underneath, a few milliseconds. */
export function createQuoter({ curriculum, retrieve, index }: QuoterParts): Answerer {
  // eslint-disable-next-line @typescript-eslint/require-await -- an Answerer streams; quoting just never has to wait
  return async function* (question): AsyncGenerator<AnswerEvent> {
    const retrieval = retrieve(question);
    const verdict = judge(question.text, retrieval);
    const title = (passage: Passage): string => curriculum.chapters[passage.chapterId]?.title ?? '';
    if (verdict.reason) {
      yield { type: 'sources', coverage: 'not-covered', sources: nearest(retrieval, title) };
      yield { type: 'declined', reason: verdict.reason, missing: retrieval.question.unknown };
      return;
    }
    const quotations = chooseSentences(retrieval, index);
    yield {
      type: 'sources',
      coverage: verdict.coverage,
      sources: quotations.map((quotation, n) => sourceOf(quotation, n + 1, title)),
    };
    for (const [n, quotation] of quotations.entries()) {
      for (const { text, html } of quotation.sentences) {
        const sentence: AnswerSentence = { text, html, citations: [n + 1] };
        yield { type: 'sentence', speaker: 'quotation', sentence };
      }
    }
  };
}

function sourceOf(quotation: Quotation, number: number, title: (passage: Passage) => string): Source {
  const { passage, score } = quotation.from;
  return {
    number,
    passageId: passage.id,
    chapterId: passage.chapterId,
    chapterTitle: title(passage),
    heading: passage.heading,
    excerpt: excerpt(quotation.sentences[0]?.text ?? ''),
    score,
  };
}

/** The best passage of each of the best chapters: what lies nearest to a question that isn't covered. */
function nearest(retrieval: Retrieval, title: (passage: Passage) => string): Source[] {
  const chapters = new Set<string>();
  const chosen: RankedPassage[] = [];
  for (const ranked of retrieval.ranked) {
    if (chapters.has(ranked.passage.chapterId)) continue;
    chapters.add(ranked.passage.chapterId);
    chosen.push(ranked);
    if (chosen.length === nearestPassages) break;
  }
  return chosen.map((from, n) => sourceOf({ from, sentences: from.passage.sentences.slice(0, 1) }, n + 1, title));
}

/** The beginning of a sentence, cut at a word where it is long. */
export function excerpt(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, text.lastIndexOf(' ', 157))} …`;
}
