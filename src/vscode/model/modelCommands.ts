// What the learner can do with models: the commands, and the buttons of the page "Model".

import * as vscode from 'vscode';
import type { ModelPageAction } from '../../protocol/modelPage.ts';
import type { CommandId } from '../commandIds.ts';
import type { ModelParts } from './modelParts.ts';
import { sizeWords } from './sizes.ts';

/** Lets the learner choose the model that answers. */
export async function chooseModel(parts: ModelParts): Promise<void> {
  const { openModelPick } = await import('./modelPick.ts');
  await openModelPick(parts);
}

/** Lets the learner throw away a model that the companion fetched. */
export async function removeModel(parts: ModelParts): Promise<void> {
  const { openRemovalPick } = await import('./removalPick.ts');
  await openRemovalPick(parts);
}

/** Does what a button of the page "Model" says. */
export async function actOnModel(action: ModelPageAction, parts: ModelParts): Promise<void> {
  const { model, gpu, problems } = parts;
  switch (action) {
    case 'chooseModel':
    case 'removeModel': {
      const command: CommandId = `handbook.${action}`;
      await vscode.commands.executeCommand(command);
      return;
    }
    case 'load':
      // How it goes is told by the model's state, failure included.
      await model.load(new AbortController().signal, { explicit: true }).catch(() => undefined);
      return;
    case 'free':
      await model.free();
      return;
    case 'engineSettings':
      // Settings of a machine belong to the one where the extension runs.
      await vscode.commands.executeCommand(
        vscode.env.remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings',
        { query: `@ext:${parts.extensionId} engine` },
      );
      return;
    case 'clearPrefixes': {
      const { clearPrefixes } = await import('./keptPrefixes.ts');
      const freed = await clearPrefixes(model.places.states);
      void vscode.window.showInformationMessage(
        freed === 0
          ? vscode.l10n.t('No prefixes were kept.')
          : vscode.l10n.t('The kept prefixes were removed: {0} are free again.', sizeWords(freed)),
      );
      return;
    }
    case 'installGpu':
      await gpu.install();
      return;
    case 'testGpu':
      await gpu.test();
      return;
    case 'removeGpu':
      await gpu.remove();
      return;
    case 'showLog':
      problems.log.show();
      return;
  }
}
