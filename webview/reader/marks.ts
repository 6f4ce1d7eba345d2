// How the learner's marks are named and drawn.

import type { ChapterState, ResourceState } from '../../src/protocol/reader.ts';

export interface MarkLook {
  readonly label: string;
  readonly icon: string;
}

export const chapterMarks: Readonly<Record<ChapterState, MarkLook>> = {
  'not-started': { label: 'Not started', icon: 'circle-large-outline' },
  skimmed: { label: 'Skimmed', icon: 'color-mode' },
  studied: { label: 'Studied', icon: 'pass-filled' },
};

export const chapterStateOrder = ['not-started', 'skimmed', 'studied'] as const satisfies readonly ChapterState[];

export const resourceMarks: Readonly<Record<ResourceState, string>> = {
  'to-do': 'To do',
  doing: 'Doing',
  done: 'Done',
  skipped: 'Skipped',
};

export const resourceStateOrder = ['to-do', 'doing', 'done', 'skipped'] as const satisfies readonly ResourceState[];
