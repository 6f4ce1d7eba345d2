// What the learner is working towards, for the dashboard. A bundle of its own: nobody needs it without a goal.

import type { Curriculum } from '../../core/curriculum.ts';
import type { ProgressEvent } from '../../core/progress.ts';
import { goalSubject } from '../../core/study/goals.ts';
import type { Day } from '../../core/study/days.ts';
import { paceOf } from '../../core/study/pace.ts';
import { makePlan } from '../../core/study/plan.ts';
import type { Goal } from '../../core/study/studyEvent.ts';
import type { PlanToday } from '../../protocol/dashboard.ts';

export interface Aim {
  readonly goal: Goal;
  readonly since: number;
  readonly curriculum: Curriculum;
  readonly events: readonly ProgressEvent[];
}

/** The goal, and the step that comes next; undefined if the handbook doesn't have the goal any more. */
export function planToday(
  { goal, since, curriculum, events }: Aim,
  now: number,
  dayOf: (at: number) => Day,
): PlanToday | undefined {
  const subject = goalSubject(curriculum, goal);
  if (!subject) return undefined;
  const { depth } = goal;
  const pace = paceOf(goal);
  const plan = makePlan({ curriculum, subject, depth, pace, events, since, today: dayOf(now), dayOf });
  const next = plan.steps.find(({ done }) => done === undefined);
  return {
    title: plan.title,
    ...(pace.per === 'day' && { minutesPerDay: pace.minutes }),
    ...(next && {
      next:
        next.kind === 'chapter'
          ? { title: next.chapter.title, chapterId: next.chapter.id }
          : { title: next.resource.title },
    }),
  };
}
