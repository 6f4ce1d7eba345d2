// Making a plan, changing and dropping it.

import * as vscode from 'vscode';
import type { GoalRef } from '../../core/study/goals.ts';
import { goalKinds, planSubject } from '../../core/study/studyEvent.ts';
import type { Goal } from '../../core/study/studyEvent.ts';
import { fieldsOf, id, oneOf } from '../fromPage.ts';
import type { Study } from '../study.ts';
import { chaptersNamed, resourcesNamed } from '../subjects.ts';

/** Plans for the goal that the arguments name, or for one that the learner chooses; whether there is a plan then. */
export async function planForGoal(study: Study, args: readonly unknown[]): Promise<boolean> {
  return choose(study, await goalNamed(study, args));
}

/** Chooses pace and depth of the plan anew. */
export async function changePlan(study: Study): Promise<boolean> {
  return choose(study, (await study.goal())?.goal);
}

/** Forgets the plan, with a way back. */
export async function dropPlan(study: Study): Promise<void> {
  const now = await study.goal();
  if (!now || !(await study.record({ kind: 'goal', subject: planSubject, goal: null }))) return;
  const undo = vscode.l10n.t('Undo');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('The plan is dropped. What you have marked stays.'),
    undo,
  );
  if (chosen === undo) await study.record({ kind: 'goal', subject: planSubject, goal: now.goal });
}

async function choose(study: Study, goal: GoalRef | undefined): Promise<boolean> {
  const [{ pickPlan }, curriculum, progress, events, now] = await Promise.all([
    import('./planPick.ts'),
    study.curriculum(),
    study.progress(),
    study.events(),
    study.goal(),
  ]);
  const chosen = await pickPlan({
    curriculum,
    progress,
    events,
    ...(now && { now: now.goal }),
    ...(goal && { goal }),
  });
  return chosen !== undefined && keep(study, chosen);
}

async function keep(study: Study, goal: Goal): Promise<boolean> {
  if (!(await study.record({ kind: 'goal', subject: planSubject, goal }))) return false;
  await vscode.commands.executeCommand('handbook.plan.focus');
  return true;
}

/** A row of a tree, the id of a chapter or resource, or a goal as it is stored. */
async function goalNamed(study: Study, args: readonly unknown[]): Promise<GoalRef | undefined> {
  const curriculum = await study.curriculum();
  const [chapter] = chaptersNamed(curriculum, args);
  if (chapter) return { type: 'chapter', id: chapter.id };
  const [resource] = resourcesNamed(curriculum, args);
  if (resource) return { type: 'resource', id: resource.id };
  const fields = fieldsOf(args[0]);
  const type = oneOf(goalKinds, fields?.['type']);
  const named = id(fields?.['id']);
  return type !== undefined && named !== undefined ? { type, id: named } : undefined;
}
