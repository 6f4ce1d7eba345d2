// The plan as rows of a tree: what to do now, what comes next, what comes later.

import { chapterState, resourceState } from '../progress.ts';
import type { ChapterState, Progress, ProgressEvent } from '../progress.ts';
import { chapterTick } from '../tick.ts';
import type { Translate } from '../translate.ts';
import type { ChapterRow, ResourceRow } from '../tree.ts';
import { chapterStateWord, dotted, kindWord, lengthWord, resourceStateWord, spokenLength } from '../words.ts';
import type { Pace } from './pace.ts';
import type { Plan, Step } from './plan.ts';
import type { Depth } from './studyEvent.ts';

export interface PlanGroupRow {
  readonly kind: 'plan-group';
  readonly group: 'now' | 'next' | 'later';
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly children: readonly PlanStepRow[];
}

export type PlanStepRow = (ChapterRow | ResourceRow) & { readonly ticked: boolean; readonly note: string };
export type PlanRow = PlanGroupRow | PlanStepRow;

/** The rows of a plan; a group without steps isn't there. */
export function planRows(plan: Plan, pace: Pace, progress: Progress, t: Translate): PlanGroupRow[] {
  const labels = {
    now: pace.per === 'day' ? t('Today') : t('This week'),
    next: t('Next'),
    later: t('Later'),
  };
  return (['now', 'next', 'later'] as const).flatMap((group) => {
    const steps = plan[group];
    if (steps.length === 0) return [];
    const left = steps.filter(({ done }) => done === undefined);
    const minutes = left.reduce((sum, step) => sum + step.minutes, 0);
    const description = left.length === 0 ? t('done') : lengthWord(minutes, t);
    return {
      kind: 'plan-group',
      group,
      id: `plan/${group}`,
      label: labels[group],
      description,
      spoken: spoken(
        labels[group],
        steps.length === 1 ? t('1 step') : t('{0} steps', steps.length),
        left.length === 0 ? t('done') : spokenLength(minutes, t),
      ),
      children: steps.map((step) => stepRow(step, progress, t)),
    };
  });
}

function stepRow(step: Step, progress: Progress, t: Translate): PlanStepRow {
  const ticked = step.done !== undefined;
  const length = lengthWord(step.minutes, t);
  const said = spokenLength(step.minutes, t);
  if (step.kind === 'chapter') {
    const { id, title } = step.chapter;
    const state = chapterState(progress, id);
    const word = chapterStateWord(state, t);
    return {
      kind: 'chapter',
      id: `plan/chapter/${id}`,
      chapterId: id,
      label: title,
      description: dotted(length, state === 'not-started' ? '' : word),
      spoken: spoken(title, t('chapter'), word, said),
      state,
      children: [],
      ticked,
      note: '',
    };
  }
  const { id, title, kind } = step.resource;
  const state = resourceState(progress, id);
  const word = resourceStateWord(state, t);
  return {
    kind: 'resource',
    id: `plan/resource/${id}`,
    resourceId: id,
    resourceKind: kind,
    label: title,
    description: dotted(kindWord(kind, t), length, state === 'to-do' ? '' : word),
    spoken: spoken(title, kindWord(kind, t), word, said),
    state,
    children: [],
    ticked,
    note: step.note,
  };
}

function spoken(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** How far the plan is: "3 of 12 steps done". */
export function doneWord({ steps }: Plan, t: Translate): string {
  const done = steps.filter((step) => step.done !== undefined).length;
  return steps.length === 1 ? t('{0} of 1 step done', done) : t('{0} of {1} steps done', done, steps.length);
}

/** The state of a chapter once its box in the plan is ticked or unticked: who skims has done it once it is skimmed. */
export function planTick(
  events: readonly ProgressEvent[],
  chapterId: string,
  ticked: boolean,
  depth: Depth,
): ChapterState {
  if (depth === 'study') return chapterTick(events, chapterId, ticked);
  return ticked ? 'skimmed' : 'not-started';
}

/** What a goal is called. */
export function goalWords(title: string, depth: Depth, pace: string, t: Translate): string {
  return depth === 'skim' ? t('{0}: skim it, {1}', title, pace) : t('{0}: study it, {1}', title, pace);
}
