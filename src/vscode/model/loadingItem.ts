// While the model is loading, and only then, the status bar says so.

import * as vscode from 'vscode';
import type { CommandId } from '../commandIds.ts';
import type { LocalModel } from './localModel.ts';

/** A load that is done within this time isn't worth a flicker. */
const patienceMs = 400;

export class LoadingItem implements vscode.Disposable {
  readonly #model: LocalModel;
  readonly #listening: vscode.Disposable;
  #item: vscode.StatusBarItem | undefined;
  #since: number | undefined;
  #later: NodeJS.Timeout | undefined;

  constructor(model: LocalModel) {
    this.#model = model;
    this.#listening = model.onDidChange(() => {
      this.#show();
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#hide();
  }

  #show(): void {
    const state = this.#model.state();
    if (state.type !== 'loading') {
      this.#hide();
      return;
    }
    this.#since ??= Date.now();
    const left = this.#since + patienceMs - Date.now();
    if (left > 0) {
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.#show();
      }, left);
      return;
    }
    this.#item ??= this.#create();
    const percent = Math.round(state.fraction * 100);
    this.#item.text = `$(loading~spin) ${vscode.l10n.t('Model {0} %', percent)}`;
    this.#item.tooltip = vscode.l10n.t('{0} is being loaded', state.name);
    this.#item.show();
  }

  #create(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('handbook.loading', vscode.StatusBarAlignment.Left, -11);
    const command: CommandId = 'handbook.showModel';
    item.name = vscode.l10n.t('Handbook model loading');
    item.command = command;
    return item;
  }

  #hide(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#since = undefined;
    this.#item?.dispose();
    this.#item = undefined;
  }
}
