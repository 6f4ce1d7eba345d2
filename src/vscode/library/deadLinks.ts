// Another address for a document whose own is dead: offered, chosen by the learner, and taken back.

import * as vscode from 'vscode';
import { hostOf, savedAs } from '../../core/library/address.ts';
import type { SavedAs } from '../../core/library/address.ts';
import { replacementsFor } from '../../core/library/replacements.ts';
import type { Replacement } from '../../core/library/replacements.ts';
import { presentAddress } from '../../core/library/savedDocument.ts';
import type { SavedDocument } from '../../core/library/savedDocument.ts';
import type { Curriculum } from '../../core/curriculum.ts';
import { replaceLink, restoreLink } from '../../library/shelf/replacedLinks.ts';
import { withoutLinks } from '../withoutLinks.ts';
import { notAnAddress } from './addToLibrary.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { fetchAgain } from './savedCommands.ts';

export interface ReplacingParts {
  readonly library: LocalLibrary;
  readonly curriculum: Curriculum;
}

/** Lets the learner choose another address, or takes `address`, and fetches from there; what was saved stays until then. */
export async function replaceSavedLink(
  { library, curriculum }: ReplacingParts,
  document: SavedDocument,
  address?: string,
): Promise<void> {
  const as =
    address === undefined
      ? await chooseAddress(library, document, replacementsFor(document, curriculum, library.rules))
      : savedAs(address.trim(), library.rules);
  if (!as || as.copies.length === 0) {
    if (address !== undefined) void vscode.window.showWarningMessage(notAnAddress());
    return;
  }
  const { shelf, queue } = await library.open();
  await queue.stop([document.id]);
  shelf.within((db) => {
    replaceLink(db, document, as);
  });
  const [fetched] = await fetchAgain(library, [document]);
  if (!fetched || fetched.copies.some(({ failure, optional }) => failure && !optional)) return;
  const undo = vscode.l10n.t('Undo');
  const message = vscode.l10n.t('“{0}” is kept from {1} now.', withoutLinks(document.title), hostOf(as.address));
  void vscode.window.showInformationMessage(message, undo).then(async (chosen) => {
    if (chosen === undo) await vscode.commands.executeCommand('handbook.restoreLink', document.id);
  });
}

/** Goes back to the addresses that documents had. Nothing is fetched: what is kept stays. */
export async function restoreSavedLinks(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const moved = documents.filter(({ instead }) => instead !== undefined);
  const { shelf, queue } = await library.open();
  await queue.stop(moved.map(({ id }) => id));
  shelf.within((db) => {
    for (const { id } of moved) restoreLink(db, id);
  });
}

async function chooseAddress(
  { rules }: LocalLibrary,
  document: SavedDocument,
  known: readonly Replacement[],
): Promise<SavedAs | undefined> {
  const other = vscode.l10n.t('$(edit) Use another address…');
  const rows: (vscode.QuickPickItem & { readonly as?: SavedAs })[] = [
    ...known.map(({ source, as }) => ({ label: sourceName(source), detail: as.address, as })),
    { label: other, detail: vscode.l10n.t('A paper or page on the web, with https') },
  ];
  const chosen = await vscode.window.showQuickPick(rows, {
    title: document.title,
    placeHolder: vscode.l10n.t('Fetch it from which address? Only the one you choose is asked.'),
    matchOnDetail: true,
  });
  if (chosen?.label !== other) return chosen?.as;
  const typed = await vscode.window.showInputBox({
    title: document.title,
    prompt: vscode.l10n.t('The address of the paper or page'),
    value: presentAddress(document),
    validateInput: (text) => {
      const as = savedAs(text.trim(), rules);
      return as && as.copies.length > 0 ? undefined : notAnAddress();
    },
  });
  return typed === undefined ? undefined : savedAs(typed.trim(), rules);
}

function sourceName(source: Replacement['source']): string {
  switch (source) {
    case 'handbook':
      return vscode.l10n.t('$(book) Where the handbook knows it');
    case 'arxiv':
      return vscode.l10n.t('$(file-pdf) On arXiv');
    case 'doi':
      return vscode.l10n.t('$(link) By its DOI');
    case 'bibliography':
      return vscode.l10n.t('$(references) Where your bibliography says');
    case 'archive':
      return vscode.l10n.t('$(history) As the Web Archive kept it');
  }
}
