// A file that the learner has chosen becomes the model that is used, if it is one.

import * as vscode from 'vscode';
import { checkModelFile } from '../../model/files/checkModelFile.ts';
import { chooseFile } from '../settings.ts';
import { withoutLinks } from '../withoutLinks.ts';
import type { LocalModel } from './localModel.ts';
import type { ModelParts } from './modelParts.ts';
import type { Fit, ModelKind } from './modelPickRows.ts';

/** A setting that a policy or another layer overrides never changes. */
const settingMs = 3000;

/** Checks the file, makes it the model of its kind and begins to load it. Tells the learner what comes of it. */
export async function adoptFile(path: string, parts: ModelParts, fit?: Fit): Promise<void> {
  const { model, problems } = parts;
  const checked = await checkModelFile(path, new AbortController().signal);
  if (!checked.ok) {
    problems.log.error(`${checked.problem}: ${checked.detail}`);
    problems.tell(checked.message);
    return;
  }
  const { name, kind, specimen } = checked.facts;
  if (specimen) {
    problems.tell(vscode.l10n.t('{0} is made for tests; it knows nothing. Choose another model.', name));
    return;
  }
  if (fit?.fits === 'no' && !(await agreedToTry(name, fit))) return;
  await chooseFile(kind, path);
  await chosenIn(model, kind, path);
  const words = {
    chat: vscode.l10n.t('{0} answers from now on.', name),
    embedding: vscode.l10n.t('{0} helps to find passages from now on.', name),
    ranking: vscode.l10n.t('{0} puts passages into order from now on.', name),
  }[kind];
  void vscode.window.showInformationMessage(withoutLinks(words));
  try {
    await model.load(new AbortController().signal, { kind, explicit: true });
  } catch {
    const state = model.state(kind);
    if (state.type === 'failed') problems.tell(state.message);
  }
}

/** Waits until the model has heard of its new setting. */
async function chosenIn(model: LocalModel, kind: ModelKind, path: string): Promise<void> {
  if (model.wanted(kind)?.file === path) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listening = model.onDidChange(() => {
    if (model.wanted(kind)?.file === path) resolve(undefined);
  });
  const late = setTimeout(resolve, settingMs, undefined);
  await promise;
  clearTimeout(late);
  listening.dispose();
}

async function agreedToTry(name: string, { why }: Fit): Promise<boolean> {
  const use = vscode.l10n.t('Use it all the same');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is too large for this machine.', name),
    { modal: true, detail: why },
    use,
  );
  return chosen === use;
}
