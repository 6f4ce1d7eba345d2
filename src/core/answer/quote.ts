// The answer without a model: the best sentences of the best passages, word for word, each with its citation.

import type { AnswerEvent, AnswerSentence, Source } from '../answer.ts';
import type { Curriculum } from '../curriculum.ts';
import type { Passage } from '../passages.ts';
import type { Answerer } from '../question.ts';
import type { LookUp } from '../search/lookUp.ts';
import type { Found, RankedPassage } from '../search/retrieve.ts';
import { chooseSentences, type Quotation } from './sentences.ts';

export interface QuoterParts {
  readonly curriculum: Curriculum;
  readonly lookUp: LookUp;
}

/** How many passages are offered with a refusal. */
const nearestPassages = 3;

/** An answerer that quotes. Yields `sources`, then a `sentence` each or `declined`; a few milliseconds. */
export function createQuoter({ curriculum, lookUp }: QuoterParts): Answerer {
  return async function* (question): AsyncGenerator<AnswerEvent> {
    const { found, verdict } = await lookUp(question);
    const title = (passage: Passage): string => passage.document ?? curriculum.chapters[passage.chapterId]?.title ?? '';
    if (verdict.reason) {
      yield { type: 'sources', coverage: 'not-covered', sources: nearest(found, title) };
      yield { type: 'declined', reason: verdict.reason, missing: found.question.unknown };
      return;
    }
    const quotations = chooseSentences(found);
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
    ...(passage.document !== undefined && { fromLibrary: true }),
    excerpt: excerpt(quotation.sentences[0]?.text ?? ''),
    score,
  };
}

/** The best passage of each of the best chapters and documents: what lies nearest to a question that isn't covered. */
function nearest({ ranked }: Found, title: (passage: Passage) => string): Source[] {
  const chapters = new Set<string>();
  const chosen: RankedPassage[] = [];
  for (const one of ranked) {
    if (chapters.has(one.passage.chapterId)) continue;
    chapters.add(one.passage.chapterId);
    chosen.push(one);
    if (chosen.length === nearestPassages) break;
  }
  return chosen.map((from, n) => sourceOf({ from, sentences: from.passage.sentences.slice(0, 1) }, n + 1, title));
}

/** The beginning of a sentence, cut at a word where it is long. */
export function excerpt(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, text.lastIndexOf(' ', 157))} …`;
}
