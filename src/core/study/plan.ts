// The shortest way to a goal, from what the learner knows: in steps of a chapter or a resource, each with its minutes, and laid
// out over the days at the learner's pace. A pure function of the history, so that it is always a plan for now.

import type { Chapter, Curriculum, Resource } from '../curriculum.ts';
import { findResource } from '../lookUp.ts';
import { chapterState, progressFrom, resourceState } from '../progress.ts';
import type { Progress, ProgressEvent } from '../progress.ts';
import type { GoalSubject } from './goals.ts';
import { pathThrough } from './needs.ts';
import { mondayOf, sundayOf } from './days.ts';
import type { Day } from './days.ts';
import { minutesPerWeek } from './pace.ts';
import type { Pace } from './pace.ts';
import type { Depth } from './studyEvent.ts';

interface StepBase {
  readonly minutes: number;
  /** The day on which it was done, if that was since the goal was chosen. */
  readonly done?: Day;
}

export interface ChapterStep extends StepBase {
  readonly kind: 'chapter';
  readonly chapter: Chapter;
}

export interface ResourceStep extends StepBase {
  readonly kind: 'resource';
  readonly resource: Resource;
  readonly note: string;
}

export type Step = ChapterStep | ResourceStep;

export interface Plan {
  readonly title: string;
  /** In the order to take them, those done since the goal was chosen included. */
  readonly steps: readonly Step[];
  readonly minutesLeft: number;
  /** What fits into the time of this day (or week), with what was done in it; at least one step if there is one. */
  readonly now: readonly Step[];
  /** What comes after it within a week (or four). */
  readonly next: readonly Step[];
  readonly later: readonly Step[];
  /** The day on which the last step will be done at this pace. */
  readonly finishes: Day;
}

export interface PlanParts {
  readonly curriculum: Curriculum;
  readonly subject: GoalSubject;
  readonly depth: Depth;
  readonly pace: Pace;
  /** Marks of chapters and resources, in any order. */
  readonly events: readonly ProgressEvent[];
  /** When the goal was chosen: what was done before isn't part of the plan. */
  readonly since: number;
  readonly today: Day;
  /** The learner's calendar. */
  readonly dayOf: (at: number) => Day;
}

/** A chapter with a quiz takes so much longer. */
const quizMinutes = 10;

/** The minutes that a chapter itself takes; skimming takes a third. */
export function chapterMinutes({ minutes, status }: Chapter, depth: Depth): number {
  if (depth === 'skim') return Math.max(5, 5 * Math.round(minutes / 3 / 5));
  return minutes + (status === 'full' ? quizMinutes : 0);
}

/** Whether a chapter needn't be read any more at that depth. */
export function isKnown(progress: Progress, chapterId: string, depth: Depth): boolean {
  const state = chapterState(progress, chapterId);
  return state === 'studied' || (depth === 'skim' && state === 'skimmed');
}

/** Plans the way to a goal. */
export function makePlan(parts: PlanParts): Plan {
  const { curriculum, subject, depth, pace, since, today } = parts;
  const events = parts.events.filter(({ kind }) => kind === 'chapter' || kind === 'resource');
  const now = progressFrom(events);
  const atStart = progressFrom(events.filter(({ at }) => at < since));
  const left = pathThrough(curriculum, subject.chapters, (id) => isKnown(now, id, depth));
  // What was studied since stays, as done; a chapter that turned out to be known makes what only it needed superfluous.
  const planned = pathThrough(curriculum, subject.chapters, (id) => isKnown(atStart, id, depth));
  const wanted = new Set([...left, ...planned.filter((each) => isKnown(now, each.id, depth))].map(({ id }) => id));
  const doneAt = lastMarks(events);
  const dayDone = (kind: 'chapter' | 'resource', id: string): Day => parts.dayOf(doneAt.get(`${kind} ${id}`) ?? since);

  const steps: Step[] = [];
  const listed = new Set<string>();
  const addResource = (resource: Resource | undefined, note: string): void => {
    if (!resource || listed.has(resource.id) || isOver(atStart, resource.id)) return;
    listed.add(resource.id);
    const done = isOver(now, resource.id) && { done: dayDone('resource', resource.id) };
    steps.push({ kind: 'resource', resource, note, minutes: resource.minutes, ...done });
  };
  for (const chapter of pathThrough(curriculum, subject.chapters).filter((each) => wanted.has(each.id))) {
    const done = isKnown(now, chapter.id, depth) && { done: dayDone('chapter', chapter.id) };
    steps.push({ kind: 'chapter', chapter, minutes: chapterMinutes(chapter, depth), ...done });
    if (depth === 'skim') continue;
    for (const { resourceId, note } of chapter.resources.filter(({ essential }) => essential)) {
      addResource(findResource(curriculum, resourceId), note);
    }
  }
  for (const resource of subject.resources) addResource(resource, '');
  return { title: subject.title, steps, ...layOut(steps, pace, today) };
}

function isOver(progress: Progress, resourceId: string): boolean {
  const state = resourceState(progress, resourceId);
  return state === 'done' || state === 'skipped';
}

/** When each chapter and resource got the mark that it has. */
function lastMarks(events: readonly ProgressEvent[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'chapter' && event.kind !== 'resource') continue;
    const key = `${event.kind} ${event.subject}`;
    last.set(key, Math.max(last.get(key) ?? 0, event.at));
  }
  return last;
}

type LaidOut = Pick<Plan, 'minutesLeft' | 'now' | 'next' | 'later' | 'finishes'>;

/** How many weeks ahead "next" looks. */
const weeksAhead = { day: 1, week: 4 } as const;

function layOut(steps: readonly Step[], pace: Pace, today: Day): LaidOut {
  const begins = pace.per === 'day' ? today : mondayOf(today);
  const doneNow = steps.filter(({ done }) => done !== undefined && done >= begins);
  const left = steps.filter(({ done }) => done === undefined);
  const free = Math.max(0, pace.minutes - sum(doneNow));
  const ahead = free + minutesPerWeek(pace) * weeksAhead[pace.per];
  const now: Step[] = [];
  const next: Step[] = [];
  const later: Step[] = [];
  let end = 0;
  for (const step of left) {
    end += step.minutes;
    // A step that is longer than the time there is has to begin some day: today, if nothing else was done.
    const first = now.length === 0 && next.length === 0;
    if (next.length === 0 && (end <= free || (first && doneNow.length === 0))) now.push(step);
    else if (later.length === 0 && (end <= ahead || next.length === 0)) next.push(step);
    else later.push(step);
  }
  const minutesLeft = sum(left);
  const after = Math.ceil(Math.max(0, minutesLeft - free) / pace.minutes);
  const finishes = pace.per === 'day' ? today + after : after === 0 ? today : sundayOf(today) + 7 * after;
  return {
    minutesLeft,
    now: steps.filter((step) => doneNow.includes(step) || now.includes(step)),
    next,
    later,
    finishes,
  };
}

function sum(steps: readonly Step[]): number {
  return steps.reduce((total, { minutes }) => total + minutes, 0);
}
