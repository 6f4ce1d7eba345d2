// `Handbook: Remove a Model`: what the companion fetched, how much room it takes, and taking it off the disk.

import * as vscode from 'vscode';
import { discardDownload, ownModels, removeOwnModel } from '../../model/files/ownModels.ts';
import type { OwnModel, Removal } from '../../model/files/ownModels.ts';
import { chooseFile } from '../settings.ts';
import type { ModelParts } from './modelParts.ts';
import { sizeWords } from './sizes.ts';

interface Item extends vscode.QuickPickItem {
  readonly model: OwnModel;
  readonly complete: boolean;
}

/** Lets the learner choose a model that the companion fetched, and removes it once they have confirmed it. */
export async function openRemovalPick(parts: ModelParts): Promise<void> {
  const { model } = parts;
  const { models, leftovers, bytes } = await ownModels(model.places.models);
  const items: Item[] = [
    ...models.map((own) => ({
      label: own.fileName,
      description: sizeWords(own.bytes),
      ...(usedAs(own, parts) && { detail: vscode.l10n.t('In use') }),
      iconPath: new vscode.ThemeIcon('file'),
      model: own,
      complete: true,
    })),
    ...leftovers.map((own) => ({
      label: own.fileName,
      description: sizeWords(own.bytes),
      detail: vscode.l10n.t('Not fetched to its end'),
      iconPath: new vscode.ThemeIcon('cloud-download'),
      model: own,
      complete: false,
    })),
  ];
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The companion hasn’t fetched any model. Models of other programs are removed there.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Remove a model: {0} on the disk', sizeWords(bytes)),
    placeHolder: vscode.l10n.t('Its file is deleted. You can fetch it again.'),
  });
  if (!chosen || !(await agreed(chosen.model))) return;
  await remove(chosen, parts);
}

async function agreed({ fileName, bytes }: OwnModel): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove {0} from the disk?', fileName),
    { modal: true, detail: vscode.l10n.t('{0} become free. Your conversations stay.', sizeWords(bytes)) },
    remove,
  );
  return chosen === remove;
}

async function remove({ model: own, complete }: Item, parts: ModelParts): Promise<void> {
  const { model, problems } = parts;
  const folder = model.places.models;
  const kind = usedAs(own, parts);
  if (kind) {
    // Its process lets go of the file first: some systems don't delete what is open.
    await chooseFile(kind, '');
    await model.free();
  }
  const removal = complete
    ? await removeOwnModel(folder, own.fileName, [])
    : await discardDownload(folder, own.fileName);
  if (removal === 'removed') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} was removed: {1} are free again.', own.fileName, sizeWords(own.bytes)),
    );
  } else {
    problems.tell(removalWords(removal, own.fileName));
  }
}

function usedAs(own: OwnModel, { model }: ModelParts): 'chat' | 'embedding' | 'ranking' | undefined {
  return (['chat', 'embedding', 'ranking'] as const).find((kind) => model.wanted(kind)?.file === own.path);
}

function removalWords(removal: Exclude<Removal, 'removed'>, fileName: string): string {
  switch (removal) {
    case 'missing':
      return vscode.l10n.t('{0} isn’t there any more.', fileName);
    case 'in-use':
      return vscode.l10n.t('{0} is in use. Choose another model first.', fileName);
    case 'being-fetched':
      return vscode.l10n.t('{0} is being fetched in another window. Cancel that first.', fileName);
    case 'failed':
      return vscode.l10n.t('{0} couldn’t be removed. Close the other windows and try again.', fileName);
  }
}
