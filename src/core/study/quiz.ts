// A quiz: one item after the other, each answered once. State in, state out; what doesn't apply to the state changes
// nothing, so that a message that comes twice or too late does no harm.

import { quizSubject } from '../quizzes.ts';
import type { QuizItem } from '../quizzes.ts';
import { cardOf, cardIdOf } from './quizCard.ts';
import { shuffled } from './shuffle.ts';
import type { Grader, NewStudyEvent } from './studyEvent.ts';

/** How the learner says that they knew it. Only the first counts as right. */
export const grades = ['had', 'partly', 'not'] as const;
export type Grade = (typeof grades)[number];

/** What a model thinks of an answer. */
export interface Opinion {
  readonly grade: Grade;
  readonly reason: string;
}

/** Whether a wrong answer made a card; 'there' for one that the learner had already, or had and removed. */
export type CardOutcome = 'none' | 'made' | 'there';

export interface QuizAnswer {
  readonly correct: boolean;
  readonly grader: Grader;
  /** Of a choice: its place in the item; left out for "I don't know". */
  readonly chosen?: number;
  /** Of free recall. */
  readonly grade?: Grade;
  /** Set once the answer is in the learner's history. */
  readonly card?: CardOutcome;
}

export interface QuizQuestion {
  /** `chapterId/itemId`. */
  readonly subject: string;
  /** Free recall: what the learner wrote, once they have asked for the answer. */
  readonly typed?: string;
  readonly opinion?: Opinion;
  readonly answer?: QuizAnswer;
}

export interface QuizSession {
  readonly id: string;
  readonly title: string;
  /** Decides the order of the choices. */
  readonly seed: string;
  readonly questions: readonly QuizQuestion[];
  /** The question that is shown; one past the last is the result. */
  readonly at: number;
}

/** A quiz of these items, in this order. */
export function beginQuiz(id: string, title: string, seed: string, subjects: readonly string[]): QuizSession {
  return { id, title, seed, questions: subjects.map((subject) => ({ subject })), at: 0 };
}

/** The question that is shown; undefined once there is only the result. */
export function currentQuestion({ questions, at }: QuizSession): QuizQuestion | undefined {
  return questions[at];
}

/** The places of an item's choices in the order in which this quiz shows them. */
export function choiceOrder({ seed }: QuizSession, item: QuizItem): number[] {
  if (item.kind !== 'choice') return [];
  return shuffled([...item.choices.keys()], `${seed}/${quizSubject(item.chapterId, item.id)}`);
}

/** Answers a choice by its place in the item; undefined says that the learner doesn't know. */
export function answerChoice(session: QuizSession, item: QuizItem, chosen: number | undefined): QuizSession {
  const question = currentQuestion(session);
  if (!question || question.answer || item.kind !== 'choice' || !isAbout(question, item)) return session;
  if (chosen === undefined) return withAnswer(session, { correct: false, grader: 'choice' });
  const choice = item.choices[chosen];
  return choice ? withAnswer(session, { correct: choice.correct, grader: 'choice', chosen }) : session;
}

/** The learner has recalled what they could and wants to see the answer. */
export function revealAnswer(session: QuizSession, item: QuizItem, typed: string): QuizSession {
  const question = currentQuestion(session);
  if (!question || question.answer || question.typed !== undefined || item.kind !== 'recall') return session;
  return isAbout(question, item) ? withCurrent(session, { ...question, typed }) : session;
}

/** A model has said what it thinks of the learner's words to the question at `at`. Once graded, nobody asks it any more. */
export function giveOpinion(session: QuizSession, subject: string, opinion: Opinion): QuizSession {
  const question = currentQuestion(session);
  if (question?.subject !== subject || question.typed === undefined || question.answer) return session;
  return withCurrent(session, { ...question, opinion });
}

/** The learner's own grade, which counts; the model is named as the grader where they agree with it. */
export function gradeRecall(session: QuizSession, grade: Grade): QuizSession {
  const question = currentQuestion(session);
  if (question?.typed === undefined || question.answer) return session;
  const grader = question.opinion?.grade === grade ? 'model' : 'self';
  return withAnswer(session, { correct: grade === 'had', grader, grade });
}

/** Goes on to the next question, or to the result, once this one is answered. */
export function nextQuestion(session: QuizSession): QuizSession {
  return currentQuestion(session)?.answer ? { ...session, at: session.at + 1 } : session;
}

/** Ends the quiz here: what wasn't answered was never asked. */
export function endQuiz(session: QuizSession): QuizSession {
  const questions = session.questions.filter(({ answer }) => answer);
  return { ...session, questions, at: questions.length };
}

/** Without the questions whose items aren't there any more. */
export function withoutUnknown(session: QuizSession, isKnown: (subject: string) => boolean): QuizSession {
  const questions = session.questions.filter(({ subject }) => isKnown(subject));
  const before = session.questions.slice(0, session.at).filter(({ subject }) => isKnown(subject)).length;
  return { ...session, questions, at: before };
}

/** The same quiz about subjects that are called otherwise now. */
export function renamedIn(session: QuizSession, subjectNow: (subject: string) => string): QuizSession {
  const questions = session.questions.map((question) => ({ ...question, subject: subjectNow(question.subject) }));
  return { ...session, questions };
}

/** Answers that the learner's history hasn't got yet. */
export function unsavedAnswers({ questions }: QuizSession): QuizQuestion[] {
  return questions.filter(({ answer }) => answer && answer.card === undefined);
}

/** What an answer is in the learner's history, and the card that it makes. `hasCard`: there is, or was, one of the item. */
export function eventsOf(
  question: QuizQuestion,
  item: QuizItem,
  hasCard: boolean,
): { readonly events: NewStudyEvent[]; readonly card: CardOutcome } {
  const { subject, answer } = question;
  if (!answer) return { events: [], card: 'none' };
  const { correct, grader } = answer;
  const events: NewStudyEvent[] = [{ kind: 'quiz', subject, correct, grader }];
  if (correct) return { events, card: 'none' };
  if (hasCard) return { events, card: 'there' };
  return { events: [...events, { kind: 'card', subject: cardIdOf(item), card: cardOf(item) }], card: 'made' };
}

/** Notes that an answer is in the learner's history. */
export function markSaved(session: QuizSession, subject: string, card: CardOutcome): QuizSession {
  return {
    ...session,
    questions: session.questions.map((question) =>
      question.subject === subject && question.answer
        ? { ...question, answer: { ...question.answer, card } }
        : question,
    ),
  };
}

export interface QuizResult {
  readonly answered: number;
  readonly right: number;
  /** Subjects, in the order in which they were asked. */
  readonly wrong: readonly string[];
  readonly cardsMade: number;
  readonly cardsThere: number;
  readonly unsaved: number;
}

/** How it went, as far as it has come. */
export function quizResult(session: QuizSession): QuizResult {
  const answered = session.questions.filter(({ answer }) => answer);
  const cards = (outcome: CardOutcome): number => answered.filter(({ answer }) => answer?.card === outcome).length;
  return {
    answered: answered.length,
    right: answered.filter(({ answer }) => answer?.correct === true).length,
    wrong: answered.flatMap(({ subject, answer }) => (answer?.correct === false ? [subject] : [])),
    cardsMade: cards('made'),
    cardsThere: cards('there'),
    unsaved: unsavedAnswers(session).length,
  };
}

function isAbout({ subject }: QuizQuestion, { chapterId, id }: QuizItem): boolean {
  return subject === quizSubject(chapterId, id);
}

function withAnswer(session: QuizSession, answer: QuizAnswer): QuizSession {
  const question = currentQuestion(session);
  return question ? withCurrent(session, { ...question, answer }) : session;
}

function withCurrent(session: QuizSession, question: QuizQuestion): QuizSession {
  return { ...session, questions: session.questions.with(session.at, question) };
}
