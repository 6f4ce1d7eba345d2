// The item in the status bar: how much is studied; a click goes on reading.

import * as vscode from 'vscode';
import { chapterToContinue } from '../core/continueReading.ts';
import { chaptersInOrder } from '../core/curriculum.ts';
import { tally } from '../core/progress.ts';
import type { Progress } from '../core/progress.ts';
import type { CommandId } from './commandIds.ts';
import type { Problems } from './problems.ts';
import { readSettings } from './settings.ts';
import type { Study } from './study.ts';

/** Other extensions start too: the item can wait until they have. */
const idleMs = 1500;

export class StatusItem implements vscode.Disposable {
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: readonly Pick<vscode.Disposable, 'dispose'>[];
  readonly #later: NodeJS.Timeout;

  constructor(study: Study, problems: Problems) {
    this.#study = study;
    this.#problems = problems;
    this.#item = vscode.window.createStatusBarItem('handbook.progress', vscode.StatusBarAlignment.Left, -10);
    this.#item.name = vscode.l10n.t('Handbook progress');
    const command: CommandId = 'handbook.continue';
    this.#item.command = command;
    this.#disposables = [
      this.#item,
      study.onDidChangeProgress((progress) => {
        void this.#show(progress);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('handbook.statusBar')) void this.#show();
      }),
    ];
    this.#later = setTimeout(() => {
      void this.#show();
    }, idleMs);
  }

  /** What the item says. */
  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    clearTimeout(this.#later);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #show(known?: Progress): Promise<void> {
    if (!readSettings().statusBar) {
      this.#item.hide();
      return;
    }
    try {
      const curriculum = await this.#study.curriculum();
      const progress = known ?? (await this.#study.progress());
      const all = chaptersInOrder(curriculum).map(({ id }) => id);
      const { studied, skimmed, total } = tally(progress, all);
      const next = chapterToContinue(curriculum, progress);
      const going = next
        ? vscode.l10n.t('Continue with “{0}”', next.title)
        : vscode.l10n.t('You have studied every chapter');
      this.#item.text = `$(book) ${vscode.l10n.t('{0}/{1} studied', studied, total)}`;
      this.#item.tooltip = [
        vscode.l10n.t('Generative AI Handbook: {0} of {1} chapters studied, {2} skimmed', studied, total, skimmed),
        going,
      ].join('\n');
      this.#item.accessibilityInformation = {
        label: `${vscode.l10n.t('Handbook: {0} of {1} chapters studied', studied, total)}. ${going}`,
        role: 'button',
      };
      this.#item.show();
    } catch (error) {
      // The tree says it where there is room to say what to do.
      this.#problems.log.error(error instanceof Error ? error : String(error));
      this.#item.hide();
    }
  }
}
