// What the reader says about the quiz of its chapter.

import { subjectsOf } from '../../core/study/quizScope.ts';
import { quizStanding, tallyOf } from '../../core/study/quizStanding.ts';
import type { QuizTally } from '../../core/study/quizStanding.ts';
import type { StudyEventOf } from '../../core/study/studyEvent.ts';
import { quizAnswersIn } from '../../store/quizAnswers.ts';
import type { Store } from '../../store/store.ts';
import type { Study } from '../study.ts';

/** How the learner stands with the quiz of a chapter; where the history can't be read, as if nothing had been answered. */
export async function readerQuiz(study: Study, chapterId: string): Promise<QuizTally> {
  const [index, chapter, store] = await Promise.all([
    study.quizIndex(),
    study.chapter(chapterId),
    study.store().catch(() => undefined),
  ]);
  const events = answersIn(store, chapterId, chapter?.formerIds);
  return tallyOf(subjectsOf(index, chapterId), quizStanding(events));
}

function answersIn(
  store: Store | undefined,
  chapterId: string,
  formerIds: readonly string[] | undefined,
): StudyEventOf<'quiz'>[] {
  try {
    return store?.read(quizAnswersIn(chapterId, formerIds)) ?? [];
  } catch {
    return [];
  }
}
