// What the learner is working towards, for the dashboard.

import { findChapter, findResource } from '../../core/lookUp.ts';
import type { PlanToday } from '../../protocol/dashboard.ts';
import type { Study } from '../study.ts';

/** The goal as it was set last; undefined if there is none. */
export async function planToday(study: Study): Promise<PlanToday | undefined> {
  const [store, curriculum] = await Promise.all([study.store(), study.curriculum()]);
  const goal = store.events(['goal']).at(-1)?.goal;
  if (!goal) return undefined;
  const found = goal.type === 'resource' ? findResource(curriculum, goal.id) : findChapter(curriculum, goal.id);
  return found && { title: found.title, minutesPerDay: goal.minutesPerDay };
}
