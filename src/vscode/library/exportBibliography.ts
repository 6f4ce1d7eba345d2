// Taking references out: into a file, or onto the clipboard.

import * as vscode from 'vscode';
import { bibliographyFormats, formatEndings, writeBibliography } from '../../core/library/bibliography/formats.ts';
import type { BibliographyFormat } from '../../core/library/bibliography/formats.ts';
import { citeHandbook } from '../../core/library/bibliography/cite.ts';
import { nameOf, startingAt } from '../chosenFile.ts';
import { fieldsOf, oneOf } from '../fromPage.ts';
import { chooseCited, namedReferences } from './cited.ts';
import type { CitedParts } from './cited.ts';

/**
 * Writes what the arguments name, or what the learner then chooses, to a file. Whoever knows more than a row may say
 * `format` beside it, and the file as the third argument. True if it was written.
 */
export async function exportBibliography(parts: CitedParts, args: readonly unknown[]): Promise<boolean> {
  const format = oneOf(bibliographyFormats, fieldsOf(args[0])?.['format']) ?? (await chooseFormat(bibliographyFormats));
  if (!format) return false;
  const cited = (await namedReferences(parts, args)) ?? (await chooseCited(parts));
  if (!cited) return false;
  const ending = formatEndings[format];
  const file =
    args[2] instanceof vscode.Uri
      ? args[2]
      : await vscode.window.showSaveDialog({
          title: vscode.l10n.t('Export bibliography'),
          saveLabel: vscode.l10n.t('Export'),
          filters: { [formatName(format)]: [ending] },
          defaultUri: startingAt(`${fileName(cited.title)}.${ending}`),
        });
  if (!file) return false;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(writeBibliography(cited.references, format)));
  const count = cited.references.length;
  void vscode.window.showInformationMessage(
    count === 1
      ? vscode.l10n.t('1 entry was exported to {0}.', nameOf(file))
      : vscode.l10n.t('{0} entries were exported to {1}.', count, nameOf(file)),
  );
  return true;
}

/** Puts what the arguments name on the clipboard, in the form that the learner chooses; false if they name nothing. */
export async function copyCitation(
  parts: CitedParts,
  args: readonly unknown[],
  form?: BibliographyFormat,
): Promise<boolean> {
  const cited = await namedReferences(parts, args);
  if (!cited) return false;
  const chosen = form ?? (await chooseFormat([...bibliographyFormats, 'text']));
  if (chosen) await copy(writeBibliography(cited.references, chosen));
  return true;
}

/** Puts the handbook and all its resources on the clipboard. */
export async function copyHandbook({ curriculum }: Pick<CitedParts, 'curriculum'>): Promise<void> {
  await copy(writeBibliography(citeHandbook(curriculum), 'bibtex'));
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied'), 2000);
}

async function chooseFormat<T extends BibliographyFormat | 'text'>(formats: readonly T[]): Promise<T | undefined> {
  const rows = formats.map((format) => ({ label: formatName(format), detail: formatDetail(format), format }));
  const chosen = await vscode.window.showQuickPick(rows, { placeHolder: vscode.l10n.t('In which format?') });
  return chosen?.format;
}

function formatName(format: BibliographyFormat | 'text'): string {
  switch (format) {
    case 'bibtex':
      return 'BibTeX';
    case 'ris':
      return 'RIS';
    case 'csl-json':
      return 'CSL-JSON';
    case 'text':
      return vscode.l10n.t('Text');
  }
}

function formatDetail(format: BibliographyFormat | 'text'): string {
  switch (format) {
    case 'bibtex':
      return vscode.l10n.t('For LaTeX, Zotero, JabRef and most others');
    case 'ris':
      return vscode.l10n.t('For EndNote, Mendeley, Zotero and most others');
    case 'csl-json':
      return vscode.l10n.t('For Zotero, Pandoc and other programs');
    case 'text':
      return vscode.l10n.t('To be read: names, year, title, address');
  }
}

function fileName(title: string | undefined): string {
  const name = (title ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name === '' ? 'bibliography' : name.slice(0, 80);
}
