// What the learner wants to see of the tree. An empty list asks for nothing in particular: all of it is shown.

import type { ResourceKind } from './curriculum.ts';
import type { ChapterState, ResourceState } from './progress.ts';
import type { Translate } from './translate.ts';
import { chapterStateWord, kindWord, resourceStateWord } from './words.ts';

export interface Filter {
  readonly chapterStates: readonly ChapterState[];
  readonly resourceStates: readonly ResourceState[];
  readonly kinds: readonly ResourceKind[];
}

export const noFilter: Filter = { chapterStates: [], resourceStates: [], kinds: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.chapterStates.length > 0 || wantsResources(filter);
}

/** Whether only chapters with a matching resource are to be shown. */
export function wantsResources(filter: Filter): boolean {
  return filter.resourceStates.length > 0 || filter.kinds.length > 0;
}

export function matchesChapterState(filter: Filter, state: ChapterState): boolean {
  return filter.chapterStates.length === 0 || filter.chapterStates.includes(state);
}

export function matchesResource(filter: Filter, kind: ResourceKind, state: ResourceState): boolean {
  return (
    (filter.kinds.length === 0 || filter.kinds.includes(kind)) &&
    (filter.resourceStates.length === 0 || filter.resourceStates.includes(state))
  );
}

/** The filter in words: "skimmed, paper, video"; empty for no filter. */
export function filterWords(filter: Filter, t: Translate): string {
  return [
    ...filter.chapterStates.map((state) => chapterStateWord(state, t)),
    ...filter.resourceStates.map((state) => resourceStateWord(state, t)),
    ...filter.kinds.map((kind) => kindWord(kind, t)),
  ].join(', ');
}
