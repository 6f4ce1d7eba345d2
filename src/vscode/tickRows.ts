// Keeping what the boxes of a tree say.

import * as vscode from 'vscode';
import type { ChapterState, ProgressEvent } from '../core/progress.ts';
import type { NewStudyEvent } from '../core/study/studyEvent.ts';
import { progressKinds } from '../core/study/studyEvent.ts';
import { chapterTick, resourceTick } from '../core/tick.ts';
import type { Problems } from './problems.ts';
import type { Study } from './study.ts';

/** A row that may have a box. */
export type BoxRow =
  | { readonly kind: 'chapter'; readonly chapterId: string }
  | { readonly kind: 'resource'; readonly resourceId: string }
  | { readonly kind: 'section' | 'group' | 'gone' | 'gone-chapter' | 'plan-group' };

/** Ticks or unticks the boxes of rows; false, once the learner has been told, if that couldn't be kept. */
export async function tickRows(
  study: Study,
  problems: Problems,
  boxes: readonly (readonly [BoxRow, boolean])[],
  chapterState: (events: readonly ProgressEvent[], chapterId: string, ticked: boolean) => ChapterState = chapterTick,
): Promise<boolean> {
  try {
    const history = (await study.store()).events(progressKinds);
    const events = boxes.flatMap(([row, ticked]): NewStudyEvent[] => {
      switch (row.kind) {
        case 'chapter':
          return [{ kind: 'chapter', subject: row.chapterId, state: chapterState(history, row.chapterId, ticked) }];
        case 'resource':
          return [{ kind: 'resource', subject: row.resourceId, state: resourceTick(history, row.resourceId, ticked) }];
        case 'section':
        case 'group':
        case 'gone':
        case 'gone-chapter':
        case 'plan-group':
          return [];
      }
    });
    return await study.record(...events);
  } catch (error) {
    problems.report(error, vscode.l10n.t('Your progress couldn’t be saved. Try again.'));
    return false;
  }
}
