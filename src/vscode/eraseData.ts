// Erasing what the learner has done, after they were told what goes.

import * as vscode from 'vscode';
import type { LocalLibrary } from './library/localLibrary.ts';
import type { LocalModel } from './model/localModel.ts';
import type { SettingsSync } from './settingsSync.ts';
import { sizeWords } from './model/sizes.ts';
import { exportEverything } from './transfer.ts';
import type { DataParts } from './transfer.ts';

export interface EraseParts extends DataParts {
  readonly model: LocalModel;
  readonly sync: SettingsSync;
  readonly library: LocalLibrary;
}

/** Asks the learner, offering an export first, and erases. True if everything was erased. */
export async function eraseMyData(parts: EraseParts): Promise<boolean> {
  const { problems } = parts;
  try {
    const erase = vscode.l10n.t('Erase');
    const exportFirst = vscode.l10n.t('Export First…');
    const saved = await inLibrary(parts);
    const withLibrary = saved === undefined ? [] : [vscode.l10n.t('Erase, and My Library Too')];
    let chosen: string | undefined;
    for (;;) {
      const options = { modal: true, detail: await whatGoes(parts, saved) };
      const question = vscode.l10n.t('Erase everything you have done with the handbook?');
      chosen = await vscode.window.showWarningMessage(question, options, exportFirst, erase, ...withLibrary);
      if (chosen === undefined) return false;
      if (chosen !== exportFirst) break;
      // Whether or not they wrote a file: they are asked again.
      await exportEverything(parts);
    }
    await eraseNow(parts);
    if (chosen !== erase) await parts.library.erase();
    void vscode.window.showInformationMessage(
      chosen === erase
        ? vscode.l10n.t('Everything you had done with the handbook is erased.')
        : vscode.l10n.t('Everything you had done with the handbook is erased, and your library with it.'),
    );
    return true;
  } catch (error) {
    problems.report(error, vscode.l10n.t('Your data couldn’t be erased. Close other windows, then try again.'));
    return false;
  }
}

/** Erases without asking. */
export async function eraseNow({ study, model, sync }: EraseParts): Promise<void> {
  const store = await study.store();
  store.erase();
  // What the model read of conversations.
  const { clearPrefixes } = await import('./model/keptPrefixes.ts');
  await clearPrefixes(model.places.states);
  await sync.forget();
}

/** What the library keeps, in words; undefined if there is nothing in it. */
async function inLibrary({ library }: EraseParts): Promise<string | undefined> {
  if (!(await library.exists())) return undefined;
  const { shelf } = await library.open();
  const documents = shelf.documents().length;
  if (documents === 0) return undefined;
  const size = sizeWords(shelf.bytes());
  return documents === 1
    ? vscode.l10n.t('1 document, {0}', size)
    : vscode.l10n.t('{0} documents, {1}', documents, size);
}

async function whatGoes({ study }: EraseParts, saved: string | undefined): Promise<string> {
  const { countKept } = await import('../store/erase.ts');
  const counts = (await study.store()).read(countKept);
  return [
    vscode.l10n.t('What goes:'),
    ...(counts.events === 0
      ? []
      : [
          counts.events === 1
            ? vscode.l10n.t('• the one entry of your history')
            : vscode.l10n.t(
                '• {0} entries of your history: marks, cards and reviews, notes, quizzes, your plan',
                counts.events,
              ),
        ]),
    ...(counts.conversations === 0
      ? []
      : [
          counts.conversations === 1
            ? vscode.l10n.t('• 1 conversation')
            : vscode.l10n.t('• {0} conversations', counts.conversations),
        ]),
    vscode.l10n.t('• what Settings Sync carries of it'),
    vscode.l10n.t('• copies of damaged files, and what the model kept of conversations'),
    '',
    saved === undefined
      ? vscode.l10n.t('Model files and settings stay.')
      : vscode.l10n.t(
          'Your library ({0}) stays unless you choose to erase it too. Model files and settings stay.',
          saved,
        ),
    vscode.l10n.t('Other machines keep their own copy until you erase it there.'),
    vscode.l10n.t('This can’t be undone.'),
  ].join('\n');
}
