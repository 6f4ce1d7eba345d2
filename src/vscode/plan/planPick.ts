// Choosing a goal, a pace and a depth, one after the other, with a way back. A bundle of its own.

import * as vscode from 'vscode';
import type { Chapter, Curriculum, Resource } from '../../core/curriculum.ts';
import { chaptersOf } from '../../core/curriculum.ts';
import type { Progress, ProgressEvent } from '../../core/progress.ts';
import { chapterState } from '../../core/progress.ts';
import { sectionTitle } from '../../core/sectionTitle.ts';
import { goalMatcher, goalSubject } from '../../core/study/goals.ts';
import type { GoalRef } from '../../core/study/goals.ts';
import { paceIn } from '../../core/study/paceInWords.ts';
import { paceOf, paceWord, storedPace } from '../../core/study/pace.ts';
import type { Pace } from '../../core/study/pace.ts';
import { makePlan } from '../../core/study/plan.ts';
import { counted } from '../../core/study/planLines.ts';
import { depths } from '../../core/study/studyEvent.ts';
import type { Depth, Goal } from '../../core/study/studyEvent.ts';
import { chapterStateWord, dotted, kindWord, lengthWord } from '../../core/words.ts';
import { say } from '../say.ts';
import { chapterIcon, kindIcon } from '../treeItem.ts';
import { learnersCalendar } from '../learnersDay.ts';
import { dayWord } from './calendar.ts';
import { pickStep } from './pickStep.ts';
import type { Picked, PickItem } from './pickStep.ts';

export interface PlanPickParts {
  readonly curriculum: Curriculum;
  readonly progress: Progress;
  readonly events: readonly ProgressEvent[];
  /** The plan there is. */
  readonly now?: Goal;
  /** A goal that is chosen already. */
  readonly goal?: GoalRef;
}

/** Lets the learner choose; undefined if they thought better of it. */
export async function pickPlan(parts: PlanPickParts): Promise<Goal | undefined> {
  const first = parts.goal ? 1 : 0;
  let step = first;
  let goal = parts.goal;
  let pace: Pace | undefined;
  for (;;) {
    // The number of a step is what has been chosen before it; going back forgets that.
    if (step === 0 || !goal) {
      const chosen = await pickGoal(parts);
      if (chosen === 'back' || !chosen) return undefined;
      goal = chosen;
      step = 1;
    } else if (step === 1 || !pace) {
      const chosen = await pickPace(parts, goal, first === 0);
      if (!chosen) return undefined;
      if (chosen === 'back') {
        step = 0;
        continue;
      }
      pace = chosen;
      step = 2;
    } else {
      const depth = await pickDepth(parts, goal, pace);
      if (!depth) return undefined;
      if (depth !== 'back') return { type: goal.type, id: goal.id, ...storedPace(pace), depth };
      step = 1;
    }
  }
}

const steps = 3;

function pickGoal({ curriculum, progress, now }: PlanPickParts): Promise<Picked<GoalRef>> {
  const items: PickItem<GoalRef>[] = [
    separator(vscode.l10n.t('goals')),
    ...curriculum.goals.map((goal) => ({
      label: goal.title,
      detail: goal.description,
      iconPath: new vscode.ThemeIcon('target'),
      value: { type: 'authored', id: goal.id } as const,
    })),
    ...curriculum.sections.flatMap((section) => [
      separator(sectionTitle(section)),
      ...chaptersOf(curriculum, section).map((chapter) => chapterItem(chapter, progress)),
    ]),
    separator(vscode.l10n.t('resources')),
    ...Object.values(curriculum.resources).map(resourceItem),
  ];
  return pickStep({
    title: now ? vscode.l10n.t('Another goal') : vscode.l10n.t('Plan for a goal'),
    placeholder: vscode.l10n.t('What do you want to be able to do? Type to filter goals, chapters and resources'),
    step: 1,
    steps,
    items,
    matches: goalMatcher(curriculum),
    ...(now && { active: (value: GoalRef) => value.type === now.type && value.id === now.id }),
  });
}

function chapterItem(chapter: Chapter, progress: Progress): PickItem<GoalRef> {
  const state = chapterState(progress, chapter.id);
  return {
    label: chapter.title,
    description: dotted(lengthWord(chapter.minutes, say), chapterStateWord(state, say)),
    iconPath: chapterIcon(state),
    value: { type: 'chapter', id: chapter.id },
  };
}

function resourceItem(resource: Resource): PickItem<GoalRef> {
  return {
    label: resource.title,
    description: dotted(kindWord(resource.kind, say), lengthWord(resource.minutes, say)),
    iconPath: kindIcon(resource.kind),
    value: { type: 'resource', id: resource.id },
  };
}

const paces: readonly Pace[] = [
  { minutes: 15, per: 'day' },
  { minutes: 30, per: 'day' },
  { minutes: 60, per: 'day' },
  { minutes: 120, per: 'day' },
  { minutes: 60, per: 'week' },
  { minutes: 120, per: 'week' },
  { minutes: 240, per: 'week' },
];

function pickPace(parts: PlanPickParts, goal: GoalRef, back: boolean): Promise<Picked<Pace>> {
  const subject = goalSubject(parts.curriculum, goal);
  const now = parts.now && paceOf(parts.now);
  const same = (one: Pace): boolean => one.minutes === now?.minutes && one.per === now.per;
  const known = now && !paces.some(same) ? [now, ...paces] : paces;
  const item = (pace: Pace): PickItem<Pace> => ({
    label: paceWord(pace, say),
    description: vscode.l10n.t('studied by {0}', finishes(parts, goal, pace, 'study')),
    value: pace,
  });
  return pickStep({
    title: subject?.title ?? '',
    placeholder: vscode.l10n.t('How much time do you give it? Choose, or type, such as “45 min a day” or “3 h a week”'),
    step: 2,
    steps,
    back,
    items: known.map(item),
    typed: (text) => {
      const pace = paceIn(text);
      return pace && item(pace);
    },
    active: now ? same : (pace) => pace.minutes === 30,
  });
}

function pickDepth(parts: PlanPickParts, goal: GoalRef, pace: Pace): Promise<Picked<Depth>> {
  const subject = goalSubject(parts.curriculum, goal);
  const words = {
    skim: {
      label: vscode.l10n.t('Skim'),
      detail: vscode.l10n.t('Only the chapters, in a third of the time: see how things connect.'),
      iconPath: new vscode.ThemeIcon('eye'),
    },
    study: {
      label: vscode.l10n.t('Study'),
      detail: vscode.l10n.t('The chapters with their quizzes, and of each the resource to read first.'),
      iconPath: new vscode.ThemeIcon('book'),
    },
  };
  return pickStep({
    title: subject?.title ?? '',
    placeholder: vscode.l10n.t('How deep do you want to go?'),
    step: 3,
    steps,
    back: true,
    items: depths
      .toReversed()
      .map((value) => ({ ...words[value], description: extent(parts, goal, pace, value), value })),
    active: (value) => value === (parts.now?.depth ?? 'study'),
  });
}

function planned({ curriculum, events }: PlanPickParts, goal: GoalRef, pace: Pace, depth: Depth) {
  const subject = goalSubject(curriculum, goal);
  const now = Date.now();
  const dayOf = learnersCalendar();
  return subject && makePlan({ curriculum, subject, depth, pace, events, since: now, today: dayOf(now), dayOf });
}

function finishes(parts: PlanPickParts, goal: GoalRef, pace: Pace, depth: Depth): string {
  const today = learnersCalendar()(Date.now());
  return dayWord(planned(parts, goal, pace, depth)?.finishes ?? today, today, vscode.env.language);
}

/** "9 chapters, 14 h, done by 3 May". */
function extent(parts: PlanPickParts, goal: GoalRef, pace: Pace, depth: Depth): string {
  const plan = planned(parts, goal, pace, depth);
  if (!plan || plan.steps.length === 0) return vscode.l10n.t('nothing left to do');
  const chapters = plan.steps.filter(({ kind }) => kind === 'chapter').length;
  return vscode.l10n.t(
    '{0}, {1}, done by {2}',
    counted(chapters, say),
    lengthWord(plan.minutesLeft, say),
    finishes(parts, goal, pace, depth),
  );
}

function separator(label: string): PickItem<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
