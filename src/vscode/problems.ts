// Where everything that goes wrong is put into words for the learner, once: what happened, what to do, and a way to the
// log. The log gets the details.

import * as vscode from 'vscode';
import { withoutLinks } from './withoutLinks.ts';

export interface Problems {
  readonly log: vscode.LogOutputChannel;
  /** Shows and logs what went wrong. `happened` is a sentence that says what failed and what the learner can do. */
  readonly report: (error: unknown, happened: string) => void;
  /** Tells the learner something that isn't their fault but that they should know. */
  readonly tell: (message: string) => void;
}

/** The same problem again within this time isn't shown twice: one broken file may fail many requests at once. */
const quietMs = 5000;

export function createProblems(log: vscode.LogOutputChannel): Problems {
  const shown = new Map<string, number>();
  const warn = (message: string, show: typeof vscode.window.showErrorMessage): void => {
    const now = Date.now();
    if (now - (shown.get(message) ?? 0) < quietMs) return;
    shown.set(message, now);
    const showLog = vscode.l10n.t('Show log');
    void show(withoutLinks(message), showLog).then((chosen) => {
      if (chosen === showLog) log.show();
    });
  };
  return {
    log,
    report: (error, happened) => {
      log.error(happened, error instanceof Error ? (error.stack ?? error.message) : String(error));
      warn(wording(error, happened), vscode.window.showErrorMessage);
    },
    tell: (message) => {
      log.warn(message);
      warn(message, vscode.window.showWarningMessage);
    },
  };
}

/** Errors whose message is for the learner. By name, not by class: those who throw them live in bundles of their own. */
const worded: ReadonlySet<string> = new Set(['StoreError', 'ModelError', 'DownloadError', 'LibraryError']);

/** What the learner reads about a failure: some parts word their own. */
export function wording(error: unknown, happened: string): string {
  return error instanceof Error && worded.has(error.name) ? error.message : happened;
}
