// The answer with a model: the gate first, then sources, then what the model writes about the passages, checked sentence by
// sentence. Where the model fails, the handbook is quoted instead.

import type { AnswerEvent, Coverage } from '../answer.ts';
import { parseSavedPassageId } from '../library/savedPassage.ts';
import type { Passage } from '../passages.ts';
import type { Answerer, Question } from '../question.ts';
import { rankedWith } from '../search/fuse.ts';
import type { LookedUp } from '../search/lookUp.ts';
import type { Found } from '../search/retrieve.ts';
import { answerFromModel } from './answerFromModel.ts';
import { createSources } from './answerSources.ts';
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
  const { curriculum, index, retrieve, lookUp, quote } = parts;
  const knowledge = wordKnowledge(index);

  return async function* (question): AsyncGenerator<AnswerEvent> {
    const wanted = withEarlierAbout(question, retrieve(question));
    const looked = await lookUp(wanted);
    // What can't be looked up can't be judged by what was found, nor quoted.
    const ungated = isUngated(question) || asksWithoutWords(wanted, looked.found);
    const coverage = coverageOf(question, looked, ungated);
    if (coverage === 'not-covered') {
      // The quoter's gate declines it for the same reason.
      yield* quote(wanted);
      return;
    }
    const { found } = looked;
    const passages = await withSaved(question, found, parts);
    const titles = new Map([...passages.values()].map(({ chapterId, document }) => [chapterId, document]));
    const chapterTitle = (id: string): string => titles.get(id) ?? curriculum.chapters[id]?.title ?? '';
    const ranked = await rankedWith(parts.retrieveMore, wanted, found);
    const material = chooseMaterial(question, found, ranked, passages);
    const sources = createSources(likelySources(material), { found, ranked, chapterTitle });
    yield { type: 'sources', coverage, sources: sources.list() };
    const asked = { question, found, ranked, material, coverage, ungated, chapterTitle, knowledge };
    yield* answerFromModel(asked, { ...parts, passages });
  };
}

/** The handbook's passages, those of the library that were found, and those that earlier turns were about. */
async function withSaved(
  { turns = [] }: Question,
  { ranked }: Found,
  { passages, saved }: Pick<ModelAnswererParts, 'passages' | 'saved'>,
): Promise<ReadonlyMap<string, Passage>> {
  const before = turns
    .flatMap(({ sources, seen }) => [...sources, ...(seen?.passages ?? [])])
    .map(({ passageId }) => passageId)
    .filter((id) => parseSavedPassageId(id) !== undefined);
  const earlier = before.length > 0 && saved ? await saved.passages([...new Set(before)]) : [];
  const found = ranked.flatMap(({ passage }) => (passage.document === undefined ? [] : [passage]));
  const more = [...earlier, ...found];
  return more.length === 0
    ? passages
    : new Map([...passages, ...more.map((passage) => [passage.id, passage] as const)]);
}

/** A question that leans on the one before it ("and why?") is about what that one was about. */
function withEarlierAbout(question: Question, { question: { leans } }: Found): Question {
  const before = question.turns?.at(-1)?.about;
  if (question.about || !before || !leans) return question;
  return { ...question, about: { chapterId: before.chapterId, text: before.text } };
}

/** 'not-covered' for what is to be declined. */
function coverageOf(question: Question, { verdict }: LookedUp, ungated: boolean): Coverage {
  if (question.continued) return question.continued.coverage;
  if (isOrder(question.text)) return 'not-covered';
  return ungated ? 'covered' : verdict.coverage;
}

/** "Why is this so?" has no word to look up, but asked about a chapter it is a question. */
function asksWithoutWords({ text, about }: Question, { question }: Found): boolean {
  const words = text.match(/\p{L}+/gu) ?? [];
  return about?.text === '' && words.length > 1 && question.terms.length === 0 && question.unknown.length === 0;
}
