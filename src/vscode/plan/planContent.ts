// What the view "Plan" shows, worked out from the history. A bundle of its own: nobody needs it before there is a plan to show.

import * as vscode from 'vscode';
import type { Curriculum } from '../../core/curriculum.ts';
import type { Progress, ProgressEvent } from '../../core/progress.ts';
import { goalSubject } from '../../core/study/goals.ts';
import { paceOf, paceWord } from '../../core/study/pace.ts';
import { makePlan } from '../../core/study/plan.ts';
import type { Plan } from '../../core/study/plan.ts';
import { doneWord, goalWords, planRows } from '../../core/study/planRows.ts';
import type { PlanGroupRow } from '../../core/study/planRows.ts';
import type { Goal } from '../../core/study/studyEvent.ts';
import { lengthWord } from '../../core/words.ts';
import { say } from '../say.ts';
import { learnersCalendar } from '../learnersDay.ts';
import { dayWord } from './calendar.ts';

export interface PlanContent {
  readonly plan: Plan;
  readonly rows: readonly PlanGroupRow[];
  readonly description: string;
  readonly message: string;
}

/** The learner's goal with what is known about them. */
export interface Planned {
  readonly goal: Goal;
  readonly since: number;
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  readonly events: readonly ProgressEvent[];
}

/** The plan as of `now`; undefined if the handbook doesn't have the goal any more. */
export function planContent(
  { goal, since, curriculum, progress, events }: Planned,
  now: number,
): PlanContent | undefined {
  const subject = goalSubject(curriculum, goal);
  if (!subject) return undefined;
  const pace = paceOf(goal);
  const dayOf = learnersCalendar();
  const today = dayOf(now);
  const plan = makePlan({ curriculum, subject, depth: goal.depth, pace, events, since, today, dayOf });
  const finishes = dayWord(plan.finishes, today, vscode.env.language);
  return {
    plan,
    rows: planRows(plan, pace, progress, say),
    description:
      plan.minutesLeft === 0
        ? vscode.l10n.t('done')
        : vscode.l10n.t('{0} left, done by {1}', lengthWord(plan.minutesLeft, say), finishes),
    message: `${goalWords(plan.title, goal.depth, paceWord(pace, say), say)}. ${doneWord(plan, say)}.`,
  };
}
