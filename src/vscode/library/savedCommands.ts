// What is done with documents on the shelf.

import * as vscode from 'vscode';
import { documentFailure, documentProblem, documentState } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { fieldsOf } from '../fromPage.ts';
import { openLink } from '../links.ts';
import type { Problems } from '../problems.ts';
import { withoutLinks } from '../withoutLinks.ts';
import { fetchWithProgress, tellFailures } from './fetchProgress.ts';
import type { LocalLibrary } from './localLibrary.ts';
import type { SavedTexts } from './savedTexts.ts';

/** The documents that a command's arguments name: rows of the tree, or ids. */
export async function documentsNamed(
  library: LocalLibrary,
  [clicked, selected]: readonly unknown[],
): Promise<SavedDocument[]> {
  const subjects = Array.isArray(selected) && selected.includes(clicked) ? (selected as unknown[]) : [clicked];
  const ids = subjects.map((each) => (typeof each === 'string' ? each : fieldsOf(each)?.['documentId']));
  const { shelf } = await library.open();
  return [...new Set(ids)].flatMap((id) => (typeof id === 'string' ? (shelf.document(id) ?? []) : []));
}

/** Tries again what couldn't be fetched, or read into the search; without documents, all that failed. */
export async function retrySaved(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const { shelf, texts } = await library.open();
  const tried = documents.length > 0 ? documents : shelf.documents();
  const unread = tried.filter((document) => documentProblem(document));
  if (unread.length > 0) texts.again(unread.map(({ id }) => id));
  // What is kept and can't be read is read again, not fetched again.
  const again = tried.filter((document) =>
    documents.length > 0
      ? (documentFailure(document) ?? !unread.includes(document))
      : documentState(document) === 'failed',
  );
  if (again.length === 0 && unread.length > 0) return;
  if (again.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Everything in your library was saved.'));
    return;
  }
  await fetchAgain(library, again);
}

/** Asks the servers whether what is kept is still how it is; without documents, of all of them. */
export async function checkSaved(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const { shelf } = await library.open();
  const wanted = documents.length > 0 ? documents : shelf.documents();
  const checkable = wanted.filter(({ copies }) => copies.some(({ content, address }) => content && address !== ''));
  if (checkable.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing from the web in your library to check.'));
    return;
  }
  const checked = await fetchAgain(library, checkable);
  const dead = checked.filter(({ copies }) => copies.some(({ failure, content }) => failure && content)).length;
  if (dead > 0) {
    const message = vscode.l10n.t(
      '{0} of {1} couldn’t be reached. What you saved of them is still here; the view “Library” says why.',
      dead,
      checked.length,
    );
    void vscode.window.showWarningMessage(message);
  }
}

export async function stopSaved(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const { queue } = await library.open();
  await queue.stop(documents.map(({ id }) => id));
}

/** Takes documents off the shelf; asks first where something would be lost that can't be fetched again. */
export async function removeSaved(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const [first] = documents;
  if (!first) return;
  const own = documents.filter(({ copies }) => copies.some(({ address, content }) => address === '' && content));
  if (own.length > 0 || documents.length > 1) {
    const remove = vscode.l10n.t('Remove');
    const question =
      documents.length === 1
        ? vscode.l10n.t('Remove “{0}” from your library?', first.title)
        : vscode.l10n.t('Remove {0} documents from your library?', documents.length);
    const detail =
      own.length === 0
        ? vscode.l10n.t('They can be fetched again.')
        : vscode.l10n.t(
            '{0} of them came from files of yours: the library’s copy is deleted, your file stays.',
            own.length,
          );
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
    if (chosen !== remove) return;
  }
  const { shelf, queue } = await library.open();
  const ids = documents.map(({ id }) => id);
  await queue.stop(ids);
  shelf.remove(ids);
}

/** Opens a document: what is text in an editor, the rest where the system or the web shows it. */
export async function openSaved(
  library: LocalLibrary,
  problems: Problems,
  texts: SavedTexts,
  document: SavedDocument,
): Promise<void> {
  const { shelf } = await library.open();
  const copy = document.copies.find(({ content }) => content);
  const path = copy && shelf.pathOf(document, copy.form);
  shelf.noteRead(document.id);
  if (copy?.content && path !== undefined && !['pdf', 'html'].includes(copy.content.type)) {
    await texts.show(document, copy);
    return;
  }
  if (document.address !== '') {
    await openLink(document.address, problems);
    return;
  }
  if (path === undefined) {
    problems.tell(
      vscode.l10n.t(
        'The file of “{0}” is gone. Remove it from the library and add it again.',
        withoutLinks(document.title),
      ),
    );
    return;
  }
  const file = vscode.Uri.file(path);
  if (vscode.env.uiKind === vscode.UIKind.Desktop) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('vscode.open', file);
}

async function fetchAgain(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<SavedDocument[]> {
  const { shelf } = await library.open();
  const ids = documents.map(({ id }) => id);
  shelf.want(ids);
  const fetched = await fetchWithProgress(library, ids);
  tellFailures(fetched);
  return fetched;
}
