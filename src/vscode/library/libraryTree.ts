// The tree "Library" in the side bar: what the learner keeps to read offline.

import * as vscode from 'vscode';
import type { CommandId } from '../commandIds.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { LibraryRow } from './libraryRows.ts';
import type { LibraryItem, LibraryView } from './libraryView.ts';
import type { LocalLibrary } from './localLibrary.ts';

export const libraryViewId = 'handbook.library';

/** Changes come in crowds while something is fetched. */
const settleMs = 150;

export class LibraryTree implements vscode.TreeDataProvider<LibraryItem>, vscode.Disposable {
  readonly #library: LocalLibrary;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<LibraryItem[] | undefined>();
  readonly #view: vscode.TreeView<LibraryItem>;
  readonly #disposables: readonly Pick<vscode.Disposable, 'dispose'>[];
  #rows: LibraryView | undefined;
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
          void this.#draw();
        }, settleMs);
      }),
    ];
  }

  get selection(): readonly LibraryItem[] {
    return this.#view.selection;
  }

  /** How much the library takes, as the view says it. */
  get description(): string {
    return this.#view.description ?? '';
  }

  /** What the view says of each document, as it is now. */
  async rows(): Promise<readonly LibraryRow[]> {
    const [{ shelf }, { viewWords }, { LibraryView }, { countRefused }] = await Promise.all([
      this.#library.open(),
      import('./libraryRows.ts'),
      import('./libraryView.ts'),
      import('../../library/shelf/meanings.ts'),
    ]);
    const { meaning, byMeaning } = this.#library;
    const refused = byMeaning ? shelf.ask(countRefused) : 0;
    this.#view.description = viewWords({ bytes: shelf.bytes(), meaning, refused }, say);
    this.#rows ??= new LibraryView(say);
    return this.#rows.update(shelf.documents(), Date.now());
  }

  async getChildren(item?: LibraryItem): Promise<LibraryItem[]> {
    if (item) return [];
    try {
      await this.rows();
      return this.#rows?.drawAll() ?? [];
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your library couldn’t be read. Try again; the log says why.'));
      return [];
    }
  }

  getTreeItem(item: LibraryItem): vscode.TreeItem {
    const row = this.#rows?.draw(item);
    const drawn = new vscode.TreeItem(row?.label ?? '', vscode.TreeItemCollapsibleState.None);
    drawn.id = item.documentId;
    // Removed meanwhile: the next change takes the row away.
    if (!row) return drawn;
    drawn.description = row.description;
    drawn.iconPath = new vscode.ThemeIcon(row.icon, colours[row.tone]);
    drawn.contextValue = row.context;
    drawn.accessibilityInformation = { label: row.spoken };
    drawn.tooltip = row.tooltip.join('\n');
    drawn.command = {
      command: 'handbook.openSaved' satisfies CommandId,
      title: vscode.l10n.t('Open'),
      arguments: [item],
    };
    return drawn;
  }

  dispose(): void {
    clearTimeout(this.#settling);
    for (const each of this.#disposables) each.dispose();
  }

  /**
   * Has VS Code draw what has changed. While it draws everything, it knows no row for a moment: a command that is chosen then
   * from a row's menu would be about nothing.
   */
  async #draw(): Promise<void> {
    let rows: readonly LibraryItem[] | 'all' | undefined = 'all';
    if (this.#view.visible) {
      try {
        await this.rows();
        rows = this.#rows?.toDraw();
      } catch {
        // Whoever asks for the rows next is told why they can't be read.
      }
    }
    if (rows === 'all') this.#changed.fire(undefined);
    else if (rows && rows.length > 0) this.#changed.fire([...rows]);
  }
}

/** Colour is never the only sign: the description says the same in words. */
const colours: Readonly<Record<LibraryRow['tone'], vscode.ThemeColor | undefined>> = {
  plain: undefined,
  good: new vscode.ThemeColor('testing.iconPassed'),
  bad: new vscode.ThemeColor('list.warningForeground'),
  faint: new vscode.ThemeColor('disabledForeground'),
};
