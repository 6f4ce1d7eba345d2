// A quiz that a page kept while its window was reloaded: what comes back is read as if anybody had sent it.

import { parseQuizSubject } from '../quizzes.ts';
import { isFields } from './parseStudyEvent.ts';
import { grades } from './quiz.ts';
import type { CardOutcome, Opinion, QuizAnswer, QuizQuestion, QuizSession } from './quiz.ts';
import { graders } from './studyEvent.ts';

const mostQuestions = 1000;
/** Also of what the learner types. */
export const longestTyped = 4000;
const outcomes: readonly CardOutcome[] = ['none', 'made', 'there'];

/** The session, or undefined if it isn't one. */
export function parseQuizSession(value: unknown): QuizSession | undefined {
  if (!isFields(value)) return undefined;
  const { id, title, seed, questions, at } = value;
  if (!isText(id, 100) || !isText(title, 300) || !isText(seed, 100)) return undefined;
  if (!Array.isArray(questions) || questions.length > mostQuestions) return undefined;
  const parsed = questions.map(parseQuestion);
  const known = parsed.flatMap((question) => question ?? []);
  if (known.length !== parsed.length || new Set(known.map(({ subject }) => subject)).size !== known.length) {
    return undefined;
  }
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at > known.length) return undefined;
  // One goes on once a question is answered, so everything before the shown one is.
  if (known.some(({ answer }, index) => index < at !== (answer !== undefined) && index !== at)) return undefined;
  return { id, title, seed, questions: known, at };
}

function parseQuestion(value: unknown): QuizQuestion | undefined {
  if (!isFields(value)) return undefined;
  const { subject, typed } = value;
  if (!isText(subject, 200) || !parseQuizSubject(subject)) return undefined;
  if (typed !== undefined && !isText(typed, longestTyped)) return undefined;
  const opinion = value['opinion'] === undefined ? undefined : parseOpinion(value['opinion']);
  const answer = value['answer'] === undefined ? undefined : parseAnswer(value['answer']);
  if ((value['opinion'] !== undefined && !opinion) || (value['answer'] !== undefined && !answer)) return undefined;
  return { subject, ...(typed !== undefined && { typed }), ...(opinion && { opinion }), ...(answer && { answer }) };
}

function parseOpinion(value: unknown): Opinion | undefined {
  if (!isFields(value)) return undefined;
  const { reason } = value;
  const grade = grades.find((one) => one === value['grade']);
  return grade && isText(reason, longestTyped) ? { grade, reason } : undefined;
}

function parseAnswer(value: unknown): QuizAnswer | undefined {
  if (!isFields(value)) return undefined;
  const { correct, chosen } = value;
  const grader = graders.find((one) => one === value['grader']);
  const grade = grades.find((one) => one === value['grade']);
  const card = outcomes.find((one) => one === value['card']);
  if (typeof correct !== 'boolean' || !grader) return undefined;
  if (chosen !== undefined && !(typeof chosen === 'number' && Number.isInteger(chosen) && chosen >= 0)) {
    return undefined;
  }
  return { correct, grader, ...(chosen !== undefined && { chosen }), ...(grade && { grade }), ...(card && { card }) };
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}
