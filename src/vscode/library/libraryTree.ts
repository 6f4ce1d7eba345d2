// The tree "Library" in the side bar: what the learner keeps to read offline.

import * as vscode from 'vscode';
import type { CommandId } from '../commandIds.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { LibraryRow } from './libraryRows.ts';
import type { LocalLibrary } from './localLibrary.ts';

export const libraryViewId = 'handbook.library';

/** Changes come in crowds while something is fetched. */
const settleMs = 150;

export class LibraryTree implements vscode.TreeDataProvider<LibraryRow>, vscode.Disposable {
  readonly #library: LocalLibrary;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<LibraryRow>;
  readonly #disposables: readonly Pick<vscode.Disposable, 'dispose'>[];
  #settling: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(library: LocalLibrary, problems: Problems) {
    this.#library = library;
    this.#problems = problems;
    this.#view = vscode.window.createTreeView(libraryViewId, { treeDataProvider: this, canSelectMany: true });
    this.#disposables = [
      this.#changed,
      this.#view,
      library.onDidChange(() => {
        this.#settling ??= setTimeout(() => {
          this.#settling = undefined;
          this.#changed.fire(undefined);
        }, settleMs);
      }),
    ];
  }

  get selection(): readonly LibraryRow[] {
    return this.#view.selection;
  }

  /** How much the library takes, as the view says it. */
  get description(): string {
    return this.#view.description ?? '';
  }

  async getChildren(row?: LibraryRow): Promise<LibraryRow[]> {
    if (row) return [];
    try {
      const [{ shelf }, { viewWords, libraryRows }] = await Promise.all([
        this.#library.open(),
        import('./libraryRows.ts'),
      ]);
      this.#view.description = viewWords(shelf.bytes(), this.#library.meaning, say);
      return libraryRows(shelf.documents(), Date.now(), say);
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your library couldn’t be read. Try again; the log says why.'));
      return [];
    }
  }

  getTreeItem(row: LibraryRow): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, vscode.TreeItemCollapsibleState.None);
    item.id = row.documentId;
    item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(row.icon, colours[row.tone]);
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    item.tooltip = row.tooltip.join('\n');
    item.command = {
      command: 'handbook.openSaved' satisfies CommandId,
      title: vscode.l10n.t('Open'),
      arguments: [row],
    };
    return item;
  }

  dispose(): void {
    clearTimeout(this.#settling);
    for (const each of this.#disposables) each.dispose();
  }
}

/** Colour is never the only sign: the description says the same in words. */
const colours: Readonly<Record<LibraryRow['tone'], vscode.ThemeColor | undefined>> = {
  plain: undefined,
  good: new vscode.ThemeColor('testing.iconPassed'),
  bad: new vscode.ThemeColor('list.warningForeground'),
  faint: new vscode.ThemeColor('disabledForeground'),
};
