// Taking a bibliography in: what it lists goes on the shelf once the learner has chosen. Nothing is fetched for it.

import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate as othersFirst } from 'node:timers/promises';
import * as vscode from 'vscode';
import { canBeSaved, importedDocument, planImport } from '../../core/library/bibliography/importPlan.ts';
import type { PlannedReference } from '../../core/library/bibliography/importPlan.ts';
import { creatorsLine } from '../../core/library/bibliography/creators.ts';
import { readBibliographyIn } from '../../library/bibliography/readingTask.ts';
import type { ReadBibliography } from '../../library/bibliography/readingTask.ts';
import { addDetails, nameDocument } from '../../library/shelf/details.ts';
import { nameOf } from '../chosenFile.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import { problemText, refusalText } from './bibliographyWords.ts';
import { importRows, importSummary } from './importRows.ts';
import type { ImportRow } from './importRows.ts';
import type { LocalLibrary } from './localLibrary.ts';
import { saveListed } from './saveOffline.ts';

/** Shows a list; resolves with what was chosen in it. */
export type PickSome = <T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions & { readonly canPickMany: true },
) => Thenable<readonly T[] | undefined>;

export interface ImportParts {
  readonly library: LocalLibrary;
  readonly problems: Problems;
  /** What reads bibliographies: dist/bibliography.mjs. */
  readonly reader: string;
  readonly pick: PickSome;
}

/** How many entries are planned or put on the shelf before others may do something. */
const slice = 200;
/** Larger files are no bibliographies. */
const mostBytes = 64 * 1024 * 1024;

/** Takes in what the learner chooses of `source`, or of a file that they choose. How many entries were added or completed. */
export async function importBibliography(parts: ImportParts, source?: vscode.Uri): Promise<number> {
  const { library, problems } = parts;
  const file = source ?? (await chooseFile());
  if (!file) return 0;
  const read = await readFile(parts, file);
  if (typeof read === 'string') {
    problems.tell(vscode.l10n.t('Nothing was imported from {0}. {1}', nameOf(file), read));
    return 0;
  }
  tellProblems(read, file, problems);
  const { shelf } = await library.open();
  const planner = planImport(shelf.documents(), library.rules);
  for (let at = 0; at < read.references.length; at += slice) {
    planner.add(read.references.slice(at, at + slice));
    await othersFirst();
  }
  const plan = planner.plan();
  const title = vscode.l10n.t('Import {0}: {1}', nameOf(file), importSummary(plan, say));
  const chosen = await choose(parts, importRows(plan, say), title);
  if (chosen.length === 0) return 0;
  const added = await takeIn(parts, chosen);
  await offerMore(parts, file, added);
  return added.length;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import bibliography'),
    openLabel: vscode.l10n.t('Import'),
    filters: { [vscode.l10n.t('BibTeX, RIS or CSL-JSON')]: ['bib', 'bibtex', 'ris', 'json'] },
  });
  return chosen?.[0];
}

/** What the file says, or why it can't be read. */
async function readFile({ reader }: ImportParts, file: vscode.Uri): Promise<ReadBibliography | string> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > mostBytes) return vscode.l10n.t('It is too large.');
  const bytes = await vscode.workspace.fs.readFile(file);
  const title = vscode.l10n.t('Reading {0}…', nameOf(file));
  const end = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    readBibliographyIn(reader, bytes),
  );
  return 'refused' in end ? refusalText(end.refused, say) : end;
}

function tellProblems({ problems: found, references }: ReadBibliography, file: vscode.Uri, problems: Problems): void {
  if (found.length === 0) return;
  for (const problem of found.slice(0, 1000)) problems.log.warn(`${nameOf(file)}: ${problemText(problem, say)}`);
  const [first] = found;
  if (!first) return;
  problems.tell(
    found.length === 1
      ? vscode.l10n.t('One entry of {0} couldn’t be read. {1}', nameOf(file), problemText(first, say))
      : vscode.l10n.t(
          '{0} entries of {1} couldn’t be read, {2} could. The first: {3}',
          found.length,
          nameOf(file),
          references.length,
          problemText(first, say),
        ),
  );
}

async function choose({ pick }: ImportParts, rows: readonly ImportRow[], title: string): Promise<PlannedReference[]> {
  const items = rows.map((row): vscode.QuickPickItem & { readonly entry?: PlannedReference } =>
    row.type === 'heading' ? { label: row.label, kind: vscode.QuickPickItemKind.Separator } : row,
  );
  const chosen = await pick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose what to list in your library. Nothing is fetched by that.'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return (chosen ?? []).flatMap(({ entry }) => entry ?? []);
}

interface Added extends PlannedReference {
  readonly documentId: string;
}

async function takeIn({ library }: ImportParts, chosen: readonly PlannedReference[]): Promise<Added[]> {
  const { shelf } = await library.open();
  const added: Added[] = [];
  const title = vscode.l10n.t('Adding to your library…');
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async (progress) => {
    for (let at = 0; at < chosen.length; at += slice) {
      const some = chosen.slice(at, at + slice);
      const fresh = some.filter(({ there }) => !there);
      const documents = shelf.add(fresh.map(importedDocument));
      added.push(...fresh.flatMap((entry, n) => (documents[n] ? [{ ...entry, documentId: documents[n].id }] : [])));
      const known = some.flatMap(({ reference, there }) => (there ? [{ reference, there }] : []));
      shelf.within((db) => {
        for (const { reference, there } of known) {
          addDetails(db, there, reference);
          nameDocument(db, there.id, { title: reference.title, creators: creatorsLine(reference) });
        }
      });
      added.push(...some.flatMap((entry) => (entry.there ? [{ ...entry, documentId: entry.there.id }] : [])));
      progress.report({ message: vscode.l10n.t('{0} of {1}', Math.min(at + slice, chosen.length), chosen.length) });
      await othersFirst();
    }
  });
  return added;
}

/** Says what was added, and offers what can be done with it: nothing of it without being asked for. */
async function offerMore(parts: ImportParts, file: vscode.Uri, added: readonly Added[]): Promise<void> {
  const attached = await attachedTo(file, added);
  const saveable = added.filter((entry) => !entry.there && canBeSaved(entry) && !attached.has(entry.documentId));
  const save = vscode.l10n.t('Save for offline…');
  const attach =
    attached.size === 1 ? vscode.l10n.t('Add 1 attached file') : vscode.l10n.t('Add {0} attached files', attached.size);
  const message =
    added.length === 1
      ? vscode.l10n.t('1 entry of {0} is in your library now.', nameOf(file))
      : vscode.l10n.t('{0} entries of {1} are in your library now.', added.length, nameOf(file));
  const buttons = [...(attached.size > 0 ? [attach] : []), ...(saveable.length > 0 ? [save] : [])];
  void vscode.window.showInformationMessage(message, ...buttons).then(async (chosen) => {
    try {
      if (chosen === attach) await addAttached(parts, attached);
      if (chosen === save) await chooseToSave(parts, saveable);
    } catch (error) {
      parts.problems.report(error, vscode.l10n.t('That didn’t work. Try again from the view “Library”.'));
    }
  });
}

/** By document, the first file beside the bibliography that is there and that the library reads. */
async function attachedTo(file: vscode.Uri, added: readonly Added[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (file.scheme !== 'file') return found;
  const folder = dirname(file.fsPath);
  for (const { documentId, reference, there } of added) {
    if (there?.copies.some(({ content }) => content) === true) continue;
    for (const path of reference.files) {
      const whole = resolve(folder, path);
      if (!/\.(?:pdf|x?html?|md|markdown|txt)$/i.test(whole)) continue;
      const isThere = await stat(whole)
        .then((one) => one.isFile())
        .catch(() => false);
      if (!isThere) continue;
      found.set(documentId, whole);
      break;
    }
  }
  return found;
}

async function addAttached({ library, problems }: ImportParts, files: ReadonlyMap<string, string>): Promise<void> {
  const { addFile } = await library.open();
  let refused = 0;
  const title = vscode.l10n.t('Adding files to your library');
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    let done = 0;
    for (const [documentId, path] of files) {
      if (token.isCancellationRequested) break;
      progress.report({ message: vscode.l10n.t('{0} of {1}', ++done, files.size), increment: 100 / files.size });
      try {
        await addFile(path, { documentId, form: 'main' });
      } catch (error) {
        refused++;
        problems.log.warn(`${path}: ${String(error)}`);
      }
    }
  });
  if (refused > 0) {
    problems.tell(
      vscode.l10n.t('{0} of {1} files couldn’t be added; the log says which and why.', refused, files.size),
    );
  }
}

async function chooseToSave({ library, pick }: ImportParts, saveable: readonly Added[]): Promise<void> {
  const { shelf } = await library.open();
  const rows = saveable.map(({ reference, as, documentId }) => ({
    label: reference.title,
    description: as?.address ?? '',
    documentId,
  }));
  const chosen = await pick(rows, {
    title: vscode.l10n.t('Save for offline'),
    placeHolder: vscode.l10n.t('Choose what to fetch. Only these pages are asked for.'),
    canPickMany: true,
    matchOnDescription: true,
  });
  const documents = (chosen ?? []).flatMap(({ documentId }) => shelf.document(documentId) ?? []);
  if (documents.length > 0) await saveListed(library, documents);
}
