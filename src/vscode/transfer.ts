// Taking everything out into a file and in from one.

import * as vscode from 'vscode';
import type { KeptSettings } from '../core/dataFile.ts';
import { isoDate } from '../core/study/days.ts';
import { nameOf, startingAt } from './chosenFile.ts';
import { keepSettings, settingsToKeep } from './keptSettings.ts';
import { learnersCalendar } from './learnersDay.ts';
import type { Problems } from './problems.ts';
import { say } from './say.ts';
import type { Study } from './study.ts';

/** What the commands about everything that is kept need. */
export interface DataParts {
  readonly study: Study;
  readonly problems: Problems;
  /** Every setting that the manifest offers. */
  readonly settings: readonly string[];
}

/** Writes everything to `target`, or to the file the learner chooses. True if it was written. */
export async function exportEverything(parts: DataParts, target?: vscode.Uri): Promise<boolean> {
  const { study, problems } = parts;
  try {
    const file =
      target ??
      (await vscode.window.showSaveDialog({
        title: vscode.l10n.t('Export everything'),
        saveLabel: vscode.l10n.t('Export'),
        filters: { JSON: ['json'] },
        defaultUri: startingAt(`genai-handbook-${isoDate(learnersCalendar()(Date.now()))}.json`),
      }));
    if (!file) return false;
    const settings = settingsToKeep(parts.settings);
    const exported = await working(vscode.l10n.t('Exporting…'), () =>
      throughFile(study, file, 'out', (path) => exportInThread(study, path, settings)),
    );
    const { skipped } = exported;
    if (skipped > 0) problems.log.warn(`${skipped} stored rows could not be read and were left out of the export.`);
    const { exportedWords } = await import('../core/dataFile.ts');
    void vscode.window.showInformationMessage(exportedWords(nameOf(file), exported, say));
    return true;
  } catch (error) {
    const happened = vscode.l10n.t(
      'Your data couldn’t be exported. Choose another folder, or see the log for the cause.',
    );
    problems.report(error, happened);
    return false;
  }
}

/** Unites what is kept with what `source`, or the file the learner chooses, holds. True if it was read. */
export async function importEverything(parts: DataParts, source?: vscode.Uri): Promise<boolean> {
  const { study, problems } = parts;
  try {
    const file =
      source ??
      (
        await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Import what was exported'),
          openLabel: vscode.l10n.t('Import'),
          filters: { JSON: ['json'] },
        })
      )?.[0];
    if (!file) return false;
    const store = await study.store();
    const end = await working(vscode.l10n.t('Importing…'), () =>
      throughFile(study, file, 'in', (path) => study.transfer({ type: 'import', file: path, now: Date.now() })),
    );
    if (end.type === 'refused') {
      problems.tell(vscode.l10n.t('Nothing was imported. {0}', end.problem));
      return false;
    }
    if (end.type !== 'imported') throw new Error(`an import ended as ${end.type}`);
    store.look();
    await keepSettings(end.settings, parts.settings);
    const { importedWords } = await import('../core/dataFile.ts');
    void vscode.window.showInformationMessage(importedWords(nameOf(file), end, say));
    return true;
  } catch (error) {
    const happened = vscode.l10n.t(
      'Nothing was imported. Check that the file can be read, or see the log for the cause.',
    );
    problems.report(error, happened);
    return false;
  }
}

async function exportInThread(
  study: Study,
  file: string,
  settings: KeptSettings,
): Promise<{ readonly events: number; readonly turns: number; readonly skipped: number }> {
  await study.store();
  const end = await study.transfer({ type: 'export', file, now: Date.now(), settings });
  if (end.type !== 'exported') throw new Error(`an export ended as ${end.type}`);
  return end;
}

/** Works on a file of this machine: on `file` itself, or, where that is elsewhere, on a copy in our own folder. */
async function throughFile<T>(
  study: Study,
  file: vscode.Uri,
  direction: 'in' | 'out',
  work: (path: string) => Promise<T>,
): Promise<T> {
  if (file.scheme === 'file') return work(file.fsPath);
  const copy = study.ownFile(`transfer-${Date.now()}.json`);
  try {
    if (direction === 'in') await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(file));
    const result = await work(copy.fsPath);
    if (direction === 'out') await vscode.workspace.fs.writeFile(file, await vscode.workspace.fs.readFile(copy));
    return result;
  } finally {
    await Promise.resolve(vscode.workspace.fs.delete(copy)).catch(() => undefined);
  }
}

async function working<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}
