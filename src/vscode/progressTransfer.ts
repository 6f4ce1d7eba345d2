// Taking progress out into a file and in from one.

import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Problems } from './problems.ts';
import { say } from './say.ts';
import type { Study } from './study.ts';
import { withoutLinks } from './withoutLinks.ts';

/** Writes the learner's progress to `target`, or to the file they choose. True if it was written. */
export async function exportProgress(study: Study, problems: Problems, target?: vscode.Uri): Promise<boolean> {
  try {
    const events = (await study.store()).events();
    const now = new Date();
    const file =
      target ??
      (await vscode.window.showSaveDialog({
        title: vscode.l10n.t('Export progress'),
        saveLabel: vscode.l10n.t('Export'),
        filters: { JSON: ['json'] },
        defaultUri: startingAt(`genai-handbook-progress-${localDay(now)}.json`),
      }));
    if (!file) return false;
    const { writeProgressFile } = await import('../core/progressFile.ts');
    const text = writeProgressFile(events, now.getTime());
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    void vscode.window.showInformationMessage(vscode.l10n.t('Your progress was exported to {0}.', nameOf(file)));
    return true;
  } catch (error) {
    problems.report(
      error,
      vscode.l10n.t('Your progress couldn’t be exported. Choose another folder, or see the log for the cause.'),
    );
    return false;
  }
}

/** Unites the learner's progress with that of `source`, or of the file they choose. True if it was read. */
export async function importProgress(study: Study, problems: Problems, source?: vscode.Uri): Promise<boolean> {
  try {
    const file =
      source ??
      (
        await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Import progress'),
          openLabel: vscode.l10n.t('Import'),
          filters: { JSON: ['json'] },
        })
      )?.[0];
    if (!file) return false;
    const bytes = await vscode.workspace.fs.readFile(file);
    const { importedWords, readProgressFile } = await import('../core/progressFile.ts');
    const read = readProgressFile(new TextDecoder().decode(bytes), Date.now());
    if ('problem' in read) {
      problems.tell(vscode.l10n.t('Nothing was imported. {0}', read.problem));
      return false;
    }
    const { changedMarks } = (await study.store()).unite(read.events);
    void vscode.window.showInformationMessage(importedWords(nameOf(file), changedMarks, read.redated, say));
    return true;
  } catch (error) {
    problems.report(
      error,
      vscode.l10n.t(
        'The progress couldn’t be imported. Check that the file can be read, or see the log for the cause.',
      ),
    );
    return false;
  }
}

/** Where a file dialog starts: in the workspace, or at home. */
export function startingAt(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.Uri.joinPath(folder?.scheme === 'file' ? folder : vscode.Uri.file(homedir()), name);
}

/** The file's name, for a message. */
export function nameOf(file: vscode.Uri): string {
  return withoutLinks(file.path.split('/').at(-1) ?? file.path);
}

function localDay(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
