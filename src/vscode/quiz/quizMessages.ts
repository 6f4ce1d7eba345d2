import { longestTyped } from '../../core/study/parseQuizSession.ts';
import { grades } from '../../core/study/quiz.ts';
import { parseQuizSubject } from '../../core/quizzes.ts';
import type { FromQuiz } from '../../protocol/quiz.ts';
import { fieldsOf, id, oneOf, text } from '../fromPage.ts';

/** The message that the quiz page sent, or undefined if it isn't one. */
export function parseFromQuiz(value: unknown): FromQuiz | undefined {
  const fields = fieldsOf(value);
  if (!fields) return undefined;
  const { type } = fields;
  switch (type) {
    case 'ready':
    case 'end':
    case 'tryWrong':
    case 'saveAgain':
    case 'review':
    case 'another':
      return { type };
    case 'openPassage': {
      const passageId = id(fields['passageId']);
      return passageId === undefined ? undefined : { type, passageId };
    }
    case 'openChapter': {
      const chapterId = id(fields['chapterId']);
      return chapterId === undefined ? undefined : { type, chapterId };
    }
  }
  const subject = text(fields['subject'], 200);
  if (subject === undefined || !parseQuizSubject(subject)) return undefined;
  switch (type) {
    case 'askModel':
    case 'stopModel':
    case 'next':
      return { type, subject };
    case 'choose': {
      const { choice } = fields;
      if (choice === undefined) return { type, subject };
      return typeof choice === 'number' && Number.isInteger(choice) && choice >= 0
        ? { type, subject, choice }
        : undefined;
    }
    case 'reveal': {
      const typed = text(fields['text'], longestTyped);
      return typed === undefined ? undefined : { type, subject, text: typed };
    }
    case 'grade': {
      const grade = oneOf(grades, fields['grade']);
      return grade === undefined ? undefined : { type, subject, grade };
    }
    default:
      return undefined;
  }
}
