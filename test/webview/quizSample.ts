// Quiz pages of every kind, made by the extension's own code of a real chapter's quiz.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChapterQuiz, QuizItem } from '../../src/core/quizzes.ts';
import { quizSubject } from '../../src/core/quizzes.ts';
import {
  answerChoice,
  beginQuiz,
  choiceOrder,
  currentQuestion,
  endQuiz,
  gradeRecall,
  markSaved,
  nextQuestion,
  revealAnswer,
} from '../../src/core/study/quiz.ts';
import type { QuizSession } from '../../src/core/study/quiz.ts';
import { inEnglish } from '../../src/core/translate.ts';
import type { OpinionView, QuizPage } from '../../src/protocol/quiz.ts';
import { readCurriculum } from '../../src/store/curriculumFiles.ts';
import { quizPage } from '../../src/vscode/quiz/quizContent.ts';

export const built = fileURLToPath(new URL('../../dist/curriculum', import.meta.url));
const curriculum = readCurriculum(built);

export const chapterId = 'markov-models';
const quiz = JSON.parse(readFileSync(`${built}/quizzes/${chapterId}.json`, 'utf8')) as ChapterQuiz;
const quizzes = new Map([[chapterId, quiz]]);

/** The first item of a kind. */
export function item(kind: QuizItem['kind']): QuizItem {
  const found = quiz.items.find((each) => each.kind === kind);
  if (!found) throw new Error(`the chapter has no ${kind} item`);
  return found;
}

export const choice = item('choice');
export const recall = item('recall');

export function session(...items: readonly QuizItem[]): QuizSession {
  const subjects = items.map(({ chapterId: id, id: itemId }) => quizSubject(id, itemId));
  return beginQuiz('one', 'Markov Models', 'seed', subjects);
}

/** The page of a session as the extension would send it. */
export function pageOf(of: QuizSession, opinion?: OpinionView): QuizPage {
  return quizPage(of, { curriculum, quizzes, opinion, nothing: 'There is no question about this.', t: inEnglish });
}

/** The place of the right choice, or of a wrong one, as it is shown. */
export function placeOf(of: QuizSession, right: boolean): number {
  if (choice.kind !== 'choice') return -1;
  const { choices } = choice;
  return choiceOrder(of, choice).findIndex((place) => choices[place]?.correct === right);
}

export function chosen(of: QuizSession, right: boolean): QuizSession {
  return answerChoice(of, choice, choiceOrder(of, choice)[placeOf(of, right)]);
}

export const asked = session(choice, recall);
export const answeredWrong = chosen(asked, false);
export const recallAsked = nextQuestion(answeredWrong);
export const recallShown = revealAnswer(recallAsked, recall, 'It forgets everything but where it is <b>now</b>.');
export const recallGraded = gradeRecall(recallShown, 'partly');

function saved(of: QuizSession): QuizSession {
  return of.questions.reduce((now, { subject }, index) => markSaved(now, subject, index === 0 ? 'made' : 'there'), of);
}
export const result = saved(nextQuestion(recallGraded));
export const unsavedResult = nextQuestion(recallGraded);
export const allRight = endQuiz(markSaved(chosen(asked, true), currentQuestion(asked)?.subject ?? '', 'none'));
