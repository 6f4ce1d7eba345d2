// Shows how fetching goes, and lets the learner stop it.

import * as vscode from 'vscode';
import { failureWords, isDead } from '../../core/library/failure.ts';
import { documentFailure, documentState } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { say } from '../say.ts';
import { withoutLinks } from '../withoutLinks.ts';
import type { LocalLibrary } from './localLibrary.ts';

/** Fetches what is wanted of these documents while a notification shows it; resolves with how they are then. */
export async function fetchWithProgress(library: LocalLibrary, ids: readonly string[]): Promise<SavedDocument[]> {
  const { shelf, queue } = await library.open();
  queue.start();
  const documents = (): SavedDocument[] => ids.flatMap((id) => shelf.document(id) ?? []);
  const [first] = documents();
  const title =
    ids.length === 1 && first
      ? vscode.l10n.t('Saving “{0}”', withoutLinks(first.title))
      : vscode.l10n.t('Saving for offline');
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => {
        void queue.stop(ids).finally(() => {
          stop.abort();
        });
      });
      let before = 0;
      const show = (): void => {
        const all = documents();
        const done = all.filter((document) => !isUnderWay(document)).length;
        const fraction = all.reduce((sum, document) => sum + partOf(document), 0) / Math.max(1, all.length);
        progress.report({
          ...(all.length > 1 && { message: vscode.l10n.t('{0} of {1}', done, all.length) }),
          increment: Math.max(0, (fraction - before) * 100),
        });
        before = Math.max(before, fraction);
      };
      const listening = library.onDidChange(show);
      show();
      try {
        return await settled(library, documents, stop.signal);
      } finally {
        listening.dispose();
        cancelling.dispose();
      }
    },
  );
}

/** Resolves once none of the documents is wanted or fetched any more. */
function settled(
  library: LocalLibrary,
  documents: () => SavedDocument[],
  signal: AbortSignal,
): Promise<SavedDocument[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const now = documents();
      if (!signal.aborted && now.some(isUnderWay)) return;
      listening.dispose();
      signal.removeEventListener('abort', look);
      resolve(now);
    };
    const listening = library.onDidChange(look);
    signal.addEventListener('abort', look);
    look();
  });
}

function isUnderWay(document: SavedDocument): boolean {
  return ['queued', 'fetching', 'checking'].includes(documentState(document));
}

function partOf(document: SavedDocument): number {
  if (!isUnderWay(document)) return 1;
  const going = document.copies.find(({ state }) => state === 'fetching');
  return going?.total ? Math.min(1, going.done / going.total) * 0.9 : 0;
}

/** Says what couldn't be saved and why; nothing if all went well. */
export function tellFailures(documents: readonly SavedDocument[]): void {
  const failed = documents.filter(
    (document) => documentState(document) === 'failed' && documentFailure(document)?.reason !== 'stopped',
  );
  const [first] = failed;
  const failure = first && documentFailure(first);
  if (!failure) return;
  const why = withoutLinks(failureWords(failure, say));
  const message =
    failed.length === 1
      ? vscode.l10n.t('“{0}” couldn’t be saved. {1}', withoutLinks(first.title), why)
      : vscode.l10n.t('{0} of {1} couldn’t be saved; the view “Library” says why.', failed.length, documents.length);
  if (failed.length === 1 && isDead(failure.reason)) {
    offerReplacement(message, first);
    return;
  }
  const show = vscode.l10n.t('Show library');
  void vscode.window.showWarningMessage(message, show).then((chosen) => {
    if (chosen === show) void vscode.commands.executeCommand('handbook.library.focus');
  });
}

/** Tells that a document's address is dead, and offers to look for another one. Nobody is asked before it is chosen. */
export function offerReplacement(message: string, { id, address }: SavedDocument): void {
  const replace = vscode.l10n.t('Replace link…');
  void vscode.window.showWarningMessage(message, ...(address === '' ? [] : [replace])).then((chosen) => {
    if (chosen === replace) void vscode.commands.executeCommand('handbook.replaceLink', id);
  });
}
