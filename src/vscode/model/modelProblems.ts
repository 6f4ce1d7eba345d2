import * as vscode from 'vscode';
import type { ModelProblem } from '../../core/model/modelError.ts';
import { fieldsOf } from '../fromPage.ts';

/** What a failure of the model means for the learner; the detail goes to the log. */
export function explainModelError(
  error: unknown,
  log: vscode.LogOutputChannel,
): { readonly problem: ModelProblem; readonly message: string } {
  // By name, not by class: the model's side lives in bundles of its own.
  if (error instanceof Error && error.name === 'ModelError') {
    const { problem, detail } = error as Error & { readonly problem: ModelProblem; readonly detail: string };
    log.error(`${problem}: ${error.message}${detail === '' ? '' : `\n${detail}`}`);
    return { problem, message: error.message };
  }
  log.error(error instanceof Error ? error : String(error));
  const code = fieldsOf(error)?.['code'];
  return {
    problem: 'internal',
    message:
      code === 'ENOSPC'
        ? vscode.l10n.t('There is no room left on the disk. Make some and ask again.')
        : vscode.l10n.t('The model couldn’t be started. Ask again; if it keeps failing, the log says why.'),
  };
}
