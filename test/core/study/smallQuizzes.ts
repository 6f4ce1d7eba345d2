// Quizzes of the small curriculum.

import type { ChapterQuiz, QuizIndex, QuizItem, QuizWords } from '../../../src/core/quizzes.ts';
import { quizIndex } from '../../../src/core/book/quizText.ts';

export const words = (markdown: string): QuizWords => ({ markdown, html: markdown });

export function choiceItem(chapterId: string, id: string, anchor = 'why'): QuizItem {
  return {
    chapterId,
    id,
    prompt: words(`Which ${id}?`),
    anchor,
    kind: 'choice',
    choices: ['a', 'b', 'c', 'd'].map((text, index) => ({
      text: words(`${id} ${text}`),
      correct: index === 2,
      reason: words(`Because of ${text}.`),
    })),
  };
}

export function recallItem(chapterId: string, id: string, anchor = 'why'): QuizItem {
  return { chapterId, id, prompt: words(`What is ${id}?`), anchor, kind: 'recall', answer: words(`It is ${id}.`) };
}

function quiz(chapterId: string, choices: number, recalls: number): [string, ChapterQuiz] {
  const items = [
    ...Array.from({ length: choices }, (_, n) => choiceItem(chapterId, `c${n}`, n % 2 === 0 ? 'why' : 'how')),
    ...Array.from({ length: recalls }, (_, n) => recallItem(chapterId, `r${n}`)),
  ];
  return [chapterId, { items, passages: [{ anchor: 'why', heading: 'Why it matters', text: 'For this.', html: '' }] }];
}

export const smallQuizzes: ReadonlyMap<string, ChapterQuiz> = new Map([
  quiz('markov', 4, 2),
  quiz('rnn', 3, 3),
  quiz('flash', 2, 2),
]);

export const smallIndex: QuizIndex = quizIndex(smallQuizzes);
