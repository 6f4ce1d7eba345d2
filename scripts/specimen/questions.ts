// Questions with the sentences that answer them: what the specimens learn to answer, to embed and to rank.

import type { Curriculum } from '../../src/core/curriculum.ts';
import type { Passage } from '../../src/core/passages.ts';
import type { Study } from '../../src/store/openStudy.ts';
import { between, pick, shuffled, type Random } from './random.ts';

export interface AnsweringSentence {
  readonly passage: Passage;
  readonly text: string;
}

export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: readonly AnsweringSentence[];
  /** Other passages that are near to the question, nearest first. */
  readonly nearby: readonly Passage[];
}

/** How many sentences an answer has at most. */
const mostSentences = 2;
const nearbyPassages = 8;

/** The chapters' own questions, answered by quoting as the companion does without a model; those it declines are left out. */
export async function chapterQuestions(study: Study, curriculum: Curriculum): Promise<AnsweredQuestion[]> {
  const asked = Object.values(curriculum.chapters).flatMap((chapter) =>
    chapter.questions.map((text) => ({ text, history: [], about: { chapterId: chapter.id, text: '' } })),
  );
  const answered: AnsweredQuestion[] = [];
  for (const question of asked) {
    const passages = new Map<number, Passage>();
    const answer: AnsweringSentence[] = [];
    for await (const event of study.answer(question)) {
      if (event.type === 'sources') {
        for (const { number, passageId } of event.sources) {
          const passage = study.passages.get(passageId);
          if (passage) passages.set(number, passage);
        }
      } else if (event.type === 'sentence') {
        const passage = passages.get(event.sentence.citations[0] ?? 0);
        if (passage && answer.length < mostSentences) answer.push({ passage, text: event.sentence.text });
      }
    }
    if (answer.length === 0) continue;
    const nearby = study
      .retrieve(question)
      .ranked.map(({ passage }) => passage)
      .filter((passage) => !answer.some((sentence) => sentence.passage === passage));
    answered.push({ question: question.text, answer, nearby: nearby.slice(0, nearbyPassages) });
  }
  return answered;
}

const headingQuestions = [
  (heading: string, chapter: string) => `What does the chapter on ${chapter} say about ${heading}?`,
  (heading: string) => `What is meant by ${heading}?`,
  (heading: string) => `Tell me about ${heading}.`,
  (heading: string, chapter: string) => `${chapter}: ${heading}?`,
  (heading: string) => `Explain ${heading}`,
];

/** A question for the passage by its heading, answered by how it begins. */
export function headingQuestion(random: Random, passage: Passage, chapterTitle: string): AnsweredQuestion {
  const count = between(random, 1, mostSentences + 1);
  return {
    question: pick(random, headingQuestions)(lowerFirst(passage.heading), chapterTitle),
    answer: passage.sentences.slice(0, count).map(({ text }) => ({ passage, text })),
    nearby: [],
  };
}

const wordQuestions = [
  (words: readonly string[]) => `What about ${words.join(' ')}?`,
  (words: readonly string[]) => words.join(' '),
  (words: readonly string[]) => `How do ${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''} belong together?`,
  (words: readonly string[]) => `What does the handbook say on ${words.join(', ')}?`,
  (words: readonly string[]) => `Why ${words.join(' ')}?`,
];

/** A question made of a few of a sentence's longer words, answered by the sentence. */
export function wordQuestion(random: Random, passage: Passage): AnsweredQuestion {
  const { text } = pick(random, passage.sentences);
  const words = text.match(/[\p{L}-]{4,}/gu) ?? [passage.heading];
  const few = shuffled(random, words).slice(0, between(random, 3, 7));
  return { question: pick(random, wordQuestions)(few), answer: [{ passage, text }], nearby: [] };
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
