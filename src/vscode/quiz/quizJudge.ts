// The model on the learner's machine as a judge of what they recalled: loaded on demand, stopped when they like, and never
// the last word.

import * as vscode from 'vscode';
import type { ModelError } from '../../core/model/modelError.ts';
import { judgeRecall } from '../../core/study/judgeRecall.ts';
import type { Recalled } from '../../core/study/judgeRecall.ts';
import type { OpinionView } from '../../protocol/quiz.ts';
import { answeringModel } from '../model/openAnswering.ts';
import type { LocalModel } from '../model/localModel.ts';
import type { Problems } from '../problems.ts';

/** Has the model judge; tells how far it is, and returns what it came to. Never throws. */
export async function judgeWith(
  model: LocalModel,
  recalled: Recalled,
  signal: AbortSignal,
  tell: (opinion: OpinionView) => void,
  problems: Problems,
): Promise<OpinionView> {
  try {
    const opening = answeringModel(model, signal).open();
    tell({ state: 'loading', fraction: 0 });
    let next = await opening.next();
    for (; next.done !== true; next = await opening.next()) {
      if (next.value.phase === 'loading') tell({ state: 'loading', fraction: next.value.fraction ?? 0 });
    }
    tell({ state: 'reading' });
    for await (const event of judgeRecall(recalled, next.value)) {
      if (signal.aborted) return { state: 'stopped' };
      if (event.type === 'reason') tell({ state: 'writing', reason: event.reason });
      else if (event.type === 'opinion') return { state: 'given', ...event.opinion };
    }
    return { state: 'stopped' };
  } catch (error) {
    if (signal.aborted) return { state: 'stopped' };
    problems.log.error(error instanceof Error ? error : String(error), isModelError(error) ? error.detail : '');
    const message = isModelError(error)
      ? error.message
      : vscode.l10n.t('The model couldn’t judge your answer. Grade yourself, or ask it again.');
    return { state: 'failed', message };
  }
}

/** By its name: each lazily loaded bundle has a class of its own. */
function isModelError(error: unknown): error is ModelError {
  return error instanceof Error && error.name === 'ModelError';
}
