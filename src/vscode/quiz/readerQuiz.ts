// What the reader says about the quiz of its chapter.

import { subjectsOf } from '../../core/study/quizScope.ts';
import { quizStanding, tallyOf } from '../../core/study/quizStanding.ts';
import type { QuizTally } from '../../core/study/quizStanding.ts';
import { quizAnswersIn } from '../../store/quizAnswers.ts';
import type { Study } from '../study.ts';

/** How the learner stands with the quiz of a chapter; where the history can't be read, as if nothing had been answered. */
export async function readerQuiz(study: Study, chapterId: string): Promise<QuizTally> {
  const [index, events] = await Promise.all([
    study.quizIndex(),
    study.store().then(
      (store) => store.read(quizAnswersIn(chapterId)),
      () => [],
    ),
  ]);
  return tallyOf(subjectsOf(index, chapterId), quizStanding(events));
}
