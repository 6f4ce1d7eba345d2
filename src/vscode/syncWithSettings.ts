import * as vscode from 'vscode';
import type { Problems } from './problems.ts';
import { readSettings } from './settings.ts';
import { SettingsSync } from './settingsSync.ts';
import type { Study } from './study.ts';

/** The learner's progress on its way through VS Code's Settings Sync. */
export function syncWithSettings(context: vscode.ExtensionContext, study: Study, problems: Problems): SettingsSync {
  return new SettingsSync({
    memento: context.globalState,
    isOn: () => readSettings().sync,
    hasData: async () => {
      try {
        await vscode.workspace.fs.stat(vscode.Uri.file(study.storePath));
        return true;
      } catch {
        return false;
      }
    },
    merge: (offers) => study.transfer({ type: 'sync', offers, now: Date.now() }),
    onMerged: () => {
      void study.store().then((store) => {
        store.look();
      });
    },
    onErasedElsewhere: (at) => {
      void askToEraseHere(new Date(at));
    },
    log: problems.log,
  });
}

async function askToEraseHere(at: Date): Promise<void> {
  const erase = vscode.l10n.t('Erase Here Too…');
  const happened = vscode.l10n.t(
    'On {0} you erased your handbook data on another machine. This machine keeps its own copy, which is no longer synced.',
    at.toLocaleDateString(),
  );
  if ((await vscode.window.showInformationMessage(happened, erase)) === erase) {
    await vscode.commands.executeCommand('handbook.eraseData');
  }
}
