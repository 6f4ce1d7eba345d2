// What the quiz page shows of a quiz, taken together from its state, its items and the curriculum.

import type { Curriculum } from '../../core/curriculum.ts';
import { neighbours } from '../../core/curriculum.ts';
import { findChapter } from '../../core/lookUp.ts';
import { parseQuizSubject, passageOf } from '../../core/quizzes.ts';
import type { ChapterQuiz, QuizItem } from '../../core/quizzes.ts';
import { choiceOrder, currentQuestion, quizResult } from '../../core/study/quiz.ts';
import type { QuizQuestion, QuizSession } from '../../core/study/quiz.ts';
import type { Translate } from '../../core/translate.ts';
import type {
  OpinionView,
  QuestionView,
  QuizPage,
  QuizPassageView,
  QuizStep,
  ResultView,
  WrongView,
} from '../../protocol/quiz.ts';

export interface QuizContent {
  readonly curriculum: Curriculum;
  /** By chapter; of every chapter that the session asks about. */
  readonly quizzes: ReadonlyMap<string, ChapterQuiz>;
  /** What the model has said so far of the question at hand; undefined where it isn't asked. */
  readonly opinion: OpinionView | undefined;
  /** Why there is nothing to ask, where there isn't. */
  readonly nothing: string;
  readonly t: Translate;
}

/** The item of a subject, if the handbook has it. */
export function itemOf(quizzes: ReadonlyMap<string, ChapterQuiz>, subject: string): QuizItem | undefined {
  const address = parseQuizSubject(subject);
  return address && quizzes.get(address.chapterId)?.items.find(({ id }) => id === address.itemId);
}

/** The page as it is now. */
export function quizPage(session: QuizSession, content: QuizContent): QuizPage {
  return {
    id: session.id,
    title: session.title,
    at: session.at,
    of: session.questions.length,
    right: quizResult(session).right,
    step: stepOf(session, content),
    session,
  };
}

function stepOf(session: QuizSession, content: QuizContent): QuizStep {
  if (session.questions.length === 0) return { type: 'empty', words: content.nothing };
  const question = currentQuestion(session);
  const item = question && itemOf(content.quizzes, question.subject);
  return item
    ? { type: 'question', question: questionView(session, question, item, content) }
    : { type: 'result', result: resultView(session, content) };
}

function questionView(
  session: QuizSession,
  question: QuizQuestion,
  item: QuizItem,
  content: QuizContent,
): QuestionView {
  const { subject, answer, typed } = question;
  const shows = answer !== undefined || typed !== undefined;
  const base = {
    subject,
    chapterTitle: chapterTitle(content, item),
    promptHtml: item.prompt.html,
    answered: answer !== undefined,
    ...(answer && { correct: answer.correct }),
    ...(shows && { passage: passageView(item, content) }),
  };
  if (item.kind === 'recall') {
    return {
      ...base,
      kind: 'recall',
      ...(typed !== undefined && { shown: { typed, answerHtml: item.answer.html } }),
      ...(answer?.grade && { grade: answer.grade }),
      ...(content.opinion && { opinion: content.opinion }),
    };
  }
  const order = choiceOrder(session, item);
  const chosen = answer?.chosen === undefined ? -1 : order.indexOf(answer.chosen);
  return {
    ...base,
    kind: 'choice',
    choices: order
      .flatMap((place) => item.choices[place] ?? [])
      .map(({ text, correct, reason }) => ({
        html: text.html,
        ...(answer && { told: { correct, reasonHtml: reason.html } }),
      })),
    ...(chosen >= 0 && { chosen }),
  };
}

function passageView(item: QuizItem, content: QuizContent): QuizPassageView {
  const passage = content.quizzes.get(item.chapterId)?.passages.find(({ anchor }) => anchor === item.anchor);
  return {
    passageId: passageOf(item),
    chapterTitle: chapterTitle(content, item),
    heading: passage?.heading ?? '',
    html: passage?.html ?? '',
  };
}

function resultView(session: QuizSession, content: QuizContent): ResultView {
  const { wrong, ...counts } = quizResult(session);
  const next = nextChapter(session, content.curriculum);
  return {
    ...counts,
    wrong: wrong.flatMap((subject) => {
      const item = itemOf(content.quizzes, subject);
      return item ? [wrongView(subject, item, content)] : [];
    }),
    ...(next && { next }),
  };
}

function wrongView(subject: string, item: QuizItem, content: QuizContent): WrongView {
  const { passageId, heading } = passageView(item, content);
  const right = item.kind === 'recall' ? item.answer : item.choices.find(({ correct }) => correct)?.text;
  return {
    subject,
    promptHtml: item.prompt.html,
    answerHtml: right?.html ?? '',
    passageId,
    chapterTitle: chapterTitle(content, item),
    heading,
  };
}

/** Of a quiz about a single chapter: where to read on. */
function nextChapter(session: QuizSession, curriculum: Curriculum): ResultView['next'] {
  const ids = new Set(session.questions.map(({ subject }) => parseQuizSubject(subject)?.chapterId ?? ''));
  const [only] = ids;
  const next = ids.size === 1 && only !== undefined ? neighbours(curriculum, only).next : undefined;
  return next && { id: next.id, title: next.title };
}

function chapterTitle({ curriculum }: QuizContent, { chapterId }: QuizItem): string {
  return findChapter(curriculum, chapterId)?.title ?? '';
}
