import { suggestedQuestions } from '../core/continueReading.ts';
import type { Problems } from './problems.ts';
import type { Study } from './study.ts';

const offered = 4;

/** Questions to start a conversation with, from the chapter the learner is at; none if they can't be read. */
export async function suggestions(study: Study, problems: Problems): Promise<readonly string[]> {
  try {
    return suggestedQuestions(await study.curriculum(), await study.progress(), offered);
  } catch (error) {
    problems.log.error(error instanceof Error ? error : String(error));
    return [];
  }
}
