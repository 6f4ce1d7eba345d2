// Whoever answers, with the questions about the way through the handbook answered by the companion itself.

import type { AnswerEvent, Source } from '../answer.ts';
import { judge } from '../answer/gate.ts';
import { isOrder } from '../answer/orders.ts';
import { excerpt } from '../answer/quote.ts';
import type { Curriculum } from '../curriculum.ts';
import { findChapter } from '../lookUp.ts';
import type { Passage } from '../passages.ts';
import { plainHtml } from '../plainHtml.ts';
import { chapterState } from '../progress.ts';
import type { Progress } from '../progress.ts';
import type { Answerer, Question } from '../question.ts';
import type { Retriever } from '../search/retrieve.ts';
import type { SearchIndex } from '../search/searchIndex.ts';
import type { Translate } from '../translate.ts';
import { createNames } from './names.ts';
import type { Named, NamesIn } from './names.ts';
import type { Pace } from './pace.ts';
import { planAnswer } from './planAnswer.ts';
import type { Line } from './planLines.ts';
import { readPlanningQuestion } from './planningQuestion.ts';
import type { PlanningQuestion } from './planningQuestion.ts';

/** Who asks: what they have done, and how much time they give it. */
export interface Learner {
  readonly progress: Progress;
  readonly pace?: Pace;
}

export interface PlannerParts {
  readonly curriculum: Curriculum;
  readonly passages: ReadonlyMap<string, Passage>;
  readonly index: SearchIndex;
  readonly retrieve: Retriever;
  readonly learner: () => Promise<Learner>;
  readonly t: Translate;
}

/** Answers questions about the way by planning it, and leaves the others to `answer`. */
export function withPlans(answer: Answerer, parts: PlannerParts): Answerer {
  const namesIn = namesOf(parts);
  return async function* (question): AsyncGenerator<AnswerEvent> {
    const asked = planningQuestion(question, namesIn, parts);
    if (!asked) {
      yield* answer(question);
      return;
    }
    const { progress, pace } = await parts.learner();
    const lines = planAnswer(asked, {
      ...parts,
      namesIn,
      studied: (id) => chapterState(progress, id) === 'studied',
      ...(pace && { pace }),
    });
    yield* told(lines, parts);
  };
}

/** What a text names of the curriculum. */
export function namesOf({ curriculum, index }: Pick<PlannerParts, 'curriculum' | 'index'>): NamesIn {
  let names: NamesIn | undefined;
  // Made when it is first needed: most who open the handbook's text are about to search it.
  return (text) => (names ??= createNames(curriculum, (stem) => index.fieldLogOdds.get(stem) ?? 0))(text);
}

function planningQuestion(
  question: Question,
  namesIn: NamesIn,
  { curriculum, retrieve }: PlannerParts,
): PlanningQuestion | undefined {
  const { text, mode = 'answer', history } = question;
  if ((mode !== 'answer' && mode !== 'explain') || question.continued || isOrder(text)) return undefined;
  // Who asks their own documents isn't asking for the way through the handbook.
  if (question.scope?.kind === 'library') return undefined;
  const chapter = findChapter(curriculum, question.about?.chapterId);
  const here: Named | undefined = chapter
    ? { kind: 'chapter', title: chapter.title, chapters: [chapter], vague: false, start: 0, end: 0 }
    : namedBefore(history.at(-1), namesIn);
  const asked = readPlanningQuestion(text, namesIn, here);
  if (!asked) return undefined;
  const named = asked.asks === 'needed' ? [asked.one, asked.goal] : asked.named;
  // "What should I know before I hire an agent?" An everyday word must stand among others of the field.
  const doubtful = named.every(({ vague }) => vague) && judge(text, retrieve(question)).coverage === 'not-covered';
  return doubtful ? undefined : asked;
}

/** "And how long does that take?": what the question before, also one about the way, was about. */
function namedBefore(text: string | undefined, namesIn: NamesIn): Named | undefined {
  const before = text === undefined ? undefined : readPlanningQuestion(text, namesIn);
  if (!before) return undefined;
  return before.asks === 'needed' ? before.goal : before.named[0];
}

/** The sentences with their sources, in the order in which they are first needed. */
function* told(lines: readonly Line[], { curriculum, passages }: PlannerParts): Generator<AnswerEvent> {
  const cited = [...new Set(lines.flatMap(({ passageIds }) => passageIds))].flatMap((id) => passages.get(id) ?? []);
  const numbers = new Map(cited.map(({ id }, n) => [id, n + 1]));
  const sources = cited.map((passage, n): Source => ({
    number: n + 1,
    passageId: passage.id,
    chapterId: passage.chapterId,
    chapterTitle: findChapter(curriculum, passage.chapterId)?.title ?? '',
    heading: passage.heading,
    excerpt: excerpt(passage.sentences[0]?.text ?? ''),
    score: 1,
  }));
  yield { type: 'sources', coverage: 'covered', sources };
  for (const { text, html, passageIds, step } of lines) {
    const citations = [...new Set(passageIds)].flatMap((id) => numbers.get(id) ?? []);
    const sentence = { text, html: html ?? plainHtml(text), citations, ...(step !== undefined && { step }) };
    yield { type: 'sentence', speaker: 'plan', sentence };
  }
}
