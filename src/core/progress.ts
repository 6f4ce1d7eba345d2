// What the learner has done, as a history of events; the marks that are shown are a pure function of it.

import { compareEvents, type EventBase } from './study/eventBase.ts';

export const chapterStates = ['not-started', 'skimmed', 'studied'] as const;
export type ChapterState = (typeof chapterStates)[number];

export const resourceStates = ['to-do', 'doing', 'done', 'skipped'] as const;
export type ResourceState = (typeof resourceStates)[number];

/** Where the learner is in a chapter: the heading at the top of the page and how far past it, 0 to 1 of that passage. */
export interface Position {
  readonly anchor: string;
  readonly fraction: number;
}

export type ProgressEvent = EventBase &
  (
    | { readonly kind: 'chapter'; readonly subject: string; readonly state: ChapterState }
    | { readonly kind: 'resource'; readonly subject: string; readonly state: ResourceState }
    | { readonly kind: 'position'; readonly subject: string; readonly position: Position }
  );

export interface Progress {
  readonly chapters: Readonly<Record<string, ChapterState>>;
  readonly resources: Readonly<Record<string, ResourceState>>;
  readonly positions: Readonly<Record<string, Position>>;
  /** The chapter that was read last. */
  readonly lastChapter?: string;
}

export const noProgress: Progress = { chapters: {}, resources: {}, positions: {} };

/** The marks after `events`, in any order: of each subject the newest wins. */
export function progressFrom(events: Iterable<ProgressEvent>): Progress {
  // Collected in maps and turned into records once: applying thousands of events one by one would copy every mark each
  // time, and fromEntries makes even a subject called `__proto__` a plain property.
  const chapters = new Map<string, ChapterState>();
  const resources = new Map<string, ResourceState>();
  const positions = new Map<string, Position>();
  let lastChapter: string | undefined;
  for (const event of [...events].sort(compareEvents)) {
    switch (event.kind) {
      case 'chapter':
        chapters.set(event.subject, event.state);
        break;
      case 'resource':
        resources.set(event.subject, event.state);
        break;
      case 'position':
        positions.set(event.subject, event.position);
        lastChapter = event.subject;
        break;
    }
  }
  return {
    chapters: Object.fromEntries(chapters),
    resources: Object.fromEntries(resources),
    positions: Object.fromEntries(positions),
    ...(lastChapter !== undefined && { lastChapter }),
  };
}

/** The marks after one more event, which must not be older than those already applied. */
export function applyEvent(progress: Progress, event: ProgressEvent): Progress {
  switch (event.kind) {
    case 'chapter':
      return { ...progress, chapters: { ...progress.chapters, [event.subject]: event.state } };
    case 'resource':
      return { ...progress, resources: { ...progress.resources, [event.subject]: event.state } };
    case 'position':
      return {
        ...progress,
        positions: { ...progress.positions, [event.subject]: event.position },
        lastChapter: event.subject,
      };
  }
}

export function chapterState(progress: Progress, chapterId: string): ChapterState {
  return markOf(progress.chapters, chapterId) ?? 'not-started';
}

export function resourceState(progress: Progress, resourceId: string): ResourceState {
  return markOf(progress.resources, resourceId) ?? 'to-do';
}

/** How many chapters and resources are marked differently in `after` than in `before`. */
export function changedMarks(before: Progress, after: Progress): number {
  const changed = <State>(old: Readonly<Record<string, State>>, now: Readonly<Record<string, State>>): number =>
    Object.keys(now).filter((subject) => markOf(old, subject) !== markOf(now, subject)).length;
  return changed(before.chapters, after.chapters) + changed(before.resources, after.resources);
}

/** Own properties only: a subject called `constructor` has no mark until the learner gives it one. */
function markOf<State>(marks: Readonly<Record<string, State>>, subject: string): State | undefined {
  return Object.hasOwn(marks, subject) ? marks[subject] : undefined;
}

export interface Tally {
  readonly studied: number;
  readonly skimmed: number;
  readonly total: number;
}

/** How many of `chapterIds` are studied and skimmed. */
export function tally(progress: Progress, chapterIds: readonly string[]): Tally {
  const states = chapterIds.map((id) => chapterState(progress, id));
  return {
    studied: states.filter((state) => state === 'studied').length,
    skimmed: states.filter((state) => state === 'skimmed').length,
    total: states.length,
  };
}
