// Ticking and unticking the box of a row. A box knows two states and a mark has more, so unticking gives back the mark
// that was there before the tick: a chapter ticked by mistake is "skimmed" again, not "not started".

import type { ChapterState, ProgressEvent, ResourceState } from './progress.ts';
import { compareEvents } from './study/eventBase.ts';

/** The state of a chapter once its box is ticked or unticked. */
export function chapterTick(events: readonly ProgressEvent[], chapterId: string, ticked: boolean): ChapterState {
  if (ticked) return 'studied';
  const earlier = events
    .filter((event) => event.kind === 'chapter')
    .filter((event) => event.subject === chapterId && event.state !== 'studied')
    .sort(compareEvents)
    .at(-1);
  return earlier?.state ?? 'not-started';
}

/** The state of a resource once its box is ticked or unticked. */
export function resourceTick(events: readonly ProgressEvent[], resourceId: string, ticked: boolean): ResourceState {
  if (ticked) return 'done';
  const earlier = events
    .filter((event) => event.kind === 'resource')
    .filter((event) => event.subject === resourceId && event.state !== 'done')
    .sort(compareEvents)
    .at(-1);
  return earlier?.state ?? 'to-do';
}
