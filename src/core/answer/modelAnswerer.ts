// The answer with a model: the gate first, then sources, then what the model writes about the passages, checked sentence by
// sentence. Where the model fails, the handbook is quoted instead.

import type { AnswerEvent, Coverage } from '../answer.ts';
import type { Answerer, Question } from '../question.ts';
import type { RetrieveMore } from '../search/fuse.ts';
import type { RankedPassage, Retrieval } from '../search/retrieve.ts';
import { answerFromModel } from './answerFromModel.ts';
import { createSources } from './answerSources.ts';
import { judge } from './gate.ts';
import { chooseMaterial, isUngated, likelySources } from './material.ts';
import type { ModelAnswererParts } from './modelParts.ts';
import { isOrder } from './orders.ts';
import { wordKnowledge } from './support.ts';

export { createAnswerMemory } from './answerMemory.ts';
export type { AnsweringModel, AnswerMemory, ModelAnswererParts, OpenModel } from './modelParts.ts';

/**
 * An answerer that explains. Yields `sources` before the model is even loaded, and again, with the same numbers and more,
 * when an earlier passage turns out to be cited. Throws only what isn't a ModelError.
 */
export function createModelAnswerer(parts: ModelAnswererParts): Answerer {
  const { curriculum, index, passages, retrieve, quote } = parts;
  const knowledge = wordKnowledge(index);
  const chapterTitle = (chapterId: string): string => curriculum.chapters[chapterId]?.title ?? '';

  return async function* (question): AsyncGenerator<AnswerEvent> {
    const lookedUp = withEarlierAbout(question, retrieve(question));
    const retrieval = retrieve(lookedUp);
    // What can't be looked up can't be judged by what was found, nor quoted.
    const ungated = isUngated(question) || asksWithoutWords(lookedUp, retrieval);
    const coverage = coverageOf(question, retrieval, ungated);
    if (coverage === 'not-covered') {
      // The quoter's gate declines it for the same reason.
      yield* quote(lookedUp);
      return;
    }
    const ranked = await rankedFor(lookedUp, retrieval, parts.retrieveMore);
    const material = chooseMaterial(question, retrieval, ranked, passages, index);
    const sources = createSources(likelySources(material), { retrieval, ranked, index, chapterTitle });
    yield { type: 'sources', coverage, sources: sources.list() };
    const asked = { question, retrieval, ranked, material, coverage, ungated, chapterTitle, knowledge };
    yield* answerFromModel(asked, parts);
  };
}

/** A question that leans on the one before it ("and why?") is about what that one was about. */
function withEarlierAbout(question: Question, { question: { leans } }: Retrieval): Question {
  const before = question.turns?.at(-1)?.about;
  if (question.about || !before || !leans) return question;
  return { ...question, about: { chapterId: before.chapterId, text: before.text } };
}

/** 'not-covered' for what is to be declined. */
function coverageOf(question: Question, retrieval: Retrieval, ungated: boolean): Coverage {
  if (question.continued) return question.continued.coverage;
  if (isOrder(question.text)) return 'not-covered';
  return ungated ? 'covered' : judge(question.text, retrieval).coverage;
}

/** "Why is this so?" has no word to look up, but asked about a chapter it is a question. */
function asksWithoutWords({ text, about }: Question, { question }: Retrieval): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return about?.text === '' && words.length > 1 && question.terms.length === 0 && question.unknown.length === 0;
}

async function rankedFor(
  question: Question,
  retrieval: Retrieval,
  retrieveMore: RetrieveMore | undefined,
): Promise<readonly RankedPassage[]> {
  if (!retrieveMore) return retrieval.ranked;
  try {
    return await retrieveMore(question, retrieval);
  } catch {
    // Whoever runs that model has logged why.
    return retrieval.ranked;
  }
}
