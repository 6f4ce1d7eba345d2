// What is done with documents on the shelf.

import * as vscode from 'vscode';
import { documentFailure, documentProblem, documentState, presentAddress } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import { isRead, readForms } from '../../library/shelf/texts.ts';
import type { DocumentPanels } from '../document/documentPanels.ts';
import { isPdf } from '../document/reading.ts';
import { fieldsOf } from '../fromPage.ts';
import { openLink } from '../links.ts';
import type { Problems } from '../problems.ts';
import { withoutLinks } from '../withoutLinks.ts';
import { fetchWithProgress, offerReplacement, tellFailures } from './fetchProgress.ts';
import type { LocalLibrary } from './localLibrary.ts';
import type { SavedTexts } from './savedTexts.ts';

/** What opening documents takes. */
export interface OpeningParts {
  readonly library: LocalLibrary;
  readonly problems: Problems;
  readonly texts: SavedTexts;
  readonly documents: Pick<DocumentPanels, 'open'>;
}

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
  const [first] = checked;
  if (dead > 0 && first && checked.length === 1) {
    const message = vscode.l10n.t(
      '“{0}” couldn’t be reached. What you saved of it is still here.',
      withoutLinks(first.title),
    );
    offerReplacement(message, first);
  } else if (dead > 0) {
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
        ? vscode.l10n.t('What was fetched can be fetched again.')
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

/** Opens a document in the editor; what can't be read there, where the system or the web shows it. */
export async function openSaved(parts: OpeningParts, document: SavedDocument): Promise<void> {
  const { library, documents } = parts;
  const { shelf, texts } = await library.open();
  const kept = document.copies.some(({ content }) => content);
  // The pages of a PDF can be shown before it has been read, and if it can't be.
  if (isPdf(document, 'main') && shelf.pathOf(document) !== undefined) {
    shelf.noteRead(document.id);
    documents.open(document.id);
    return;
  }
  if (kept && !shelf.ask((db) => isRead(db, document.id))) {
    const title = vscode.l10n.t('Reading “{0}”', withoutLinks(document.title));
    const location = vscode.ProgressLocation.Notification;
    const stopped = await vscode.window.withProgress(
      { location, title, cancellable: true },
      async (_progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => {
          stop.abort();
        });
        await texts.read(document.id, stop.signal);
        return stop.signal.aborted;
      },
    );
    if (stopped) return;
  }
  if (shelf.ask((db) => readForms(db, document.id)).length > 0) {
    shelf.noteRead(document.id);
    documents.open(document.id);
    return;
  }
  await openOriginal(parts, document.id);
}

/** Opens what a document was made from: a PDF where the system shows it, a page in the browser, a text in an editor. */
export async function openOriginal({ library, problems, texts }: OpeningParts, documentId: string): Promise<void> {
  const { shelf } = await library.open();
  const document = shelf.document(documentId);
  if (!document) return;
  const copy = document.copies.find(({ content }) => content);
  const path = copy && shelf.pathOf(document, copy.form);
  shelf.noteRead(document.id);
  const type = path === undefined ? undefined : copy?.content?.type;
  const desktop = vscode.env.uiKind === vscode.UIKind.Desktop;
  const address = presentAddress(document);
  if (address !== '' && !(type === 'pdf' && desktop)) {
    await openLink(address, problems);
    return;
  }
  if (documentState(document) === 'listed') {
    offerFile(document);
    return;
  }
  if (copy && path !== undefined && type !== 'pdf' && type !== 'html') {
    await texts.show(document, copy);
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
  if (desktop) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('vscode.open', file);
}

/** Of what is listed without an address there is nothing to open. */
function offerFile(document: SavedDocument): void {
  const add = vscode.l10n.t('Add its file…');
  const message = vscode.l10n.t('“{0}” has no address and no file yet.', withoutLinks(document.title));
  void vscode.window.showInformationMessage(message, add).then((chosen) => {
    if (chosen === add) void vscode.commands.executeCommand('handbook.attachFile', document.id);
  });
}

/** Fetches what is there or failed once more, from where it is to be had now. */
export async function fetchAgain(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<SavedDocument[]> {
  const { shelf } = await library.open();
  const ids = documents.map(({ id }) => id);
  shelf.want(ids);
  const fetched = await fetchWithProgress(library, ids);
  tellFailures(fetched);
  return fetched;
}
