// Saving the handbook's resources for offline: one, several, or the whole shelf of chapters and sections.

import * as vscode from 'vscode';
import type { Curriculum } from '../../core/curriculum.ts';
import { savedAs } from '../../core/library/address.ts';
import { documentState } from '../../core/library/savedDocument.ts';
import type { NewDocument, SavedDocument } from '../../core/library/savedDocument.ts';
import { planSave } from '../../core/library/savePlan.ts';
import type { SavePlan } from '../../core/library/savePlan.ts';
import { sizeWords } from '../model/sizes.ts';
import { fetchWithProgress, tellFailures } from './fetchProgress.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { shelfNamed } from './shelfNamed.ts';

/** What is chosen one by one is fetched at once; more than this, and whole shelves, only after a question. */
const unasked = 5;

/** Saves what the arguments of the command name; false if they name nothing. */
export async function saveOffline(
  curriculum: Curriculum,
  library: LocalLibrary,
  args: readonly unknown[],
): Promise<boolean> {
  const named = shelfNamed(curriculum, args);
  if (!named) return false;
  const { shelf } = await library.open();
  const plan = planSave(named.resources, (address) => isThere(shelf.documentAt(address)), {
    includeClosed: !named.whole,
    rules: library.rules,
  });
  if (plan.documents.length === 0) {
    const message =
      plan.closed.length > 0
        ? vscode.l10n.t('Nothing was saved: {0}', leftOut(plan).join(' '))
        : vscode.l10n.t('It is all in your library already.');
    void vscode.window.showInformationMessage(message);
    return true;
  }
  if ((named.whole || plan.documents.length > unasked) && !(await agreed(plan, named.title))) return true;
  await saveDocuments(library, plan.documents);
  return true;
}

/** Puts documents on the shelf and fetches them; what couldn't be fetched is told. */
export async function saveDocuments(
  library: LocalLibrary,
  documents: readonly NewDocument[],
): Promise<SavedDocument[]> {
  const { shelf } = await library.open();
  const ids = shelf.add(documents).map(({ id }) => id);
  const saved = await fetchWithProgress(library, ids);
  tellFailures(saved);
  return saved;
}

/** Fetches documents that were only listed so far. */
export async function saveListed(library: LocalLibrary, documents: readonly SavedDocument[]): Promise<void> {
  const listed = documents.flatMap((document): NewDocument[] => {
    const as = documentState(document) === 'listed' ? savedAs(document.address, library.rules) : undefined;
    return as ? [{ ...document, copies: as.copies }] : [];
  });
  if (listed.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no address to fetch it from.'));
    return;
  }
  await saveDocuments(library, listed);
}

function isThere(document: SavedDocument | undefined): boolean {
  return document !== undefined && !['failed', 'dropped', 'listed'].includes(documentState(document));
}

async function agreed(plan: SavePlan, title: string | undefined): Promise<boolean> {
  const save = vscode.l10n.t('Save');
  const shown = plan.hosts.slice(0, 4).join(', ');
  const more = plan.hosts.length - 4;
  const detail = [
    ...(plan.fetched > 0
      ? [
          vscode.l10n.t(
            'About {0} from {1}.',
            sizeWords(plan.bytes),
            more > 0 ? vscode.l10n.t('{0} and {1} more', shown, more) : shown,
          ),
        ]
      : []),
    ...leftOut(plan),
    vscode.l10n.t('Only these pages are asked for; nothing of yours leaves this machine.'),
  ].join('\n');
  const question =
    title === undefined
      ? vscode.l10n.t('Save {0} resources for offline?', plan.documents.length)
      : plan.documents.length === 1
        ? vscode.l10n.t('Save 1 resource of “{0}” for offline?', title)
        : vscode.l10n.t('Save the {0} resources of “{1}” for offline?', plan.documents.length, title);
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, save)) === save;
}

function leftOut({ films, kept, closed, refused }: SavePlan): string[] {
  return [
    films === 0
      ? ''
      : films === 1
        ? vscode.l10n.t('1 film is kept as a link.')
        : vscode.l10n.t('{0} films are kept as links.', films),
    kept === 0
      ? ''
      : kept === 1
        ? vscode.l10n.t('1 is in your library already.')
        : vscode.l10n.t('{0} are in your library already.', kept),
    closed.length === 0
      ? ''
      : closed.length === 1
        ? vscode.l10n.t('1 needs an account or a payment and is left out.')
        : vscode.l10n.t('{0} need an account or a payment and are left out.', closed.length),
    refused === 0 ? '' : vscode.l10n.t('With an address that isn’t fetched, and left out: {0}.', refused),
  ].filter((line) => line !== '');
}
