// The tree "Chapters" in the side bar.

import * as vscode from 'vscode';
import { addressOf, type Curriculum } from '../core/curriculum.ts';
import { goneRows, goneTooltip } from '../core/goneRows.ts';
import { findChapter, findResource } from '../core/lookUp.ts';
import { noProgress } from '../core/progress.ts';
import type { Progress } from '../core/progress.ts';
import { arxivAddresses } from '../core/resourceLinks.ts';
import type { KeptOfChapter } from '../core/study/goneChapters.ts';
import { chapterTooltip, resourceTooltip, sectionTooltip } from '../core/tooltip.ts';
import { chapterRowId, indexRows, rows } from '../core/tree.ts';
import type { ResourceRow, Row, RowIndex } from '../core/tree.ts';
import { filterWords, isFiltering, noFilter } from '../core/treeFilter.ts';
import type { Filter } from '../core/treeFilter.ts';
import type { Problems } from './problems.ts';
import { hostOf } from './readerChapter.ts';
import { say } from './say.ts';
import type { Study } from './study.ts';
import { tickRows } from './tickRows.ts';
import { treeItem } from './treeItem.ts';

export const treeViewId = 'handbook.chapters';

const noRows: RowIndex = indexRows([]);

export class ChapterTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<Row>;
  readonly #disposables: readonly Pick<vscode.Disposable, 'dispose'>[];
  #filter: Filter = noFilter;
  #curriculum: Curriculum | undefined;
  #progress: Progress = noProgress;
  #gone: readonly KeptOfChapter[] = [];
  #top: readonly Row[] = [];
  #index = noRows;
  #followed: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(study: Study, problems: Problems) {
    this.#study = study;
    this.#problems = problems;
    this.#view = vscode.window.createTreeView(treeViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      manageCheckboxStateManually: true,
    });
    this.#disposables = [
      this.#changed,
      this.#view,
      this.#view.onDidChangeCheckboxState(({ items }) => {
        void this.tick(items.map(([row, state]) => [row, state === vscode.TreeItemCheckboxState.Checked]));
      }),
      this.#view.onDidChangeVisibility(() => {
        void this.#reveal();
      }),
      study.onDidChangeProgress((progress) => {
        // Reading on in a chapter changes no mark.
        const same = sameMarks(progress.chapters, this.#progress.chapters);
        if (this.#curriculum && !(same && sameMarks(progress.resources, this.#progress.resources))) this.refresh();
      }),
      study.onDidChange(() => {
        void this.#followGone();
      }),
    ];
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** What is selected in the tree. */
  get selection(): readonly Row[] {
    return this.#view.selection;
  }

  /** Shows only what `filter` lets through. */
  setFilter(filter: Filter): void {
    this.#filter = filter;
    const words = filterWords(filter, say);
    this.#view.description = words === '' ? '' : vscode.l10n.t('only {0}', words);
    void vscode.commands.executeCommand('setContext', 'handbook.filtered', isFiltering(filter));
    this.refresh();
  }

  /** Shows a number on the view, or none. */
  setBadge(badge: vscode.ViewBadge | undefined): void {
    this.#view.badge = badge;
  }

  /** The number on the view. */
  get badge(): vscode.ViewBadge | undefined {
    return this.#view.badge;
  }

  /** Reads everything again. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row) return [...row.children];
    try {
      this.#curriculum = await this.#study.curriculum();
    } catch (error) {
      void vscode.commands.executeCommand('setContext', 'handbook.unreadable', true);
      this.#problems.log.error(error instanceof Error ? error : String(error));
      return [];
    }
    void vscode.commands.executeCommand('setContext', 'handbook.unreadable', false);
    this.#progress = await this.#study.progress();
    this.#gone = await this.#readGone(this.#curriculum);
    this.#top = [
      ...rows(this.#curriculum, this.#progress, this.#filter, say),
      ...goneRows(this.#gone, this.#filter, say),
    ];
    this.#index = indexRows(this.#top);
    return [...this.#top];
  }

  getParent(row: Row): Row | undefined {
    return this.#index.parents.get(row.id);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return treeItem(row, row.kind === 'resource' && this.#isArxiv(row));
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    const text = this.#tooltip(row);
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text);
    return item;
  }

  /** Ticks or unticks the boxes of rows. */
  async tick(boxes: readonly (readonly [Row, boolean])[]): Promise<void> {
    const saved = await tickRows(this.#study, this.#problems, boxes);
    // A box must not show what wasn't kept.
    if (!saved) this.refresh();
  }

  /** Shows the row of the chapter that is being read, now or as soon as the tree is open. Leaves the keyboard where it is. */
  follow(chapterId: string | undefined): void {
    this.#followed = chapterId;
    void this.#reveal();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #reveal(): Promise<void> {
    if (this.#followed === undefined || !this.#view.visible) return;
    if (this.#top.length === 0) await this.getChildren();
    const row = this.#index.byId.get(chapterRowId(this.#followed));
    if (!row) return;
    if (this.#view.selection.length === 1 && this.#view.selection[0]?.id === row.id) return;
    try {
      await this.#view.reveal(row, { select: true, focus: false });
    } catch (error) {
      // The tree was rebuilt meanwhile; following is a courtesy.
      this.#problems.log.debug(String(error));
    }
  }

  /** What is kept of chapters that aren't there any more; `progress` is what complains where it can't be read. */
  async #readGone(curriculum: Curriculum): Promise<readonly KeptOfChapter[]> {
    try {
      const [store, { goneFrom }] = await Promise.all([this.#study.store(), import('../store/goneChapters.ts')]);
      return store.read(goneFrom(curriculum));
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  /** Notes and cards change without a mark; that matters here only where some are shown. */
  async #followGone(): Promise<void> {
    if (!this.#curriculum || this.#gone.length === 0) return;
    const gone = await this.#readGone(this.#curriculum);
    if (JSON.stringify(gone) !== JSON.stringify(this.#gone)) this.refresh();
  }

  #isArxiv(row: ResourceRow): boolean {
    const resource = this.#curriculum && findResource(this.#curriculum, row.resourceId);
    return resource !== undefined && arxivAddresses(addressOf(resource)) !== undefined;
  }

  #tooltip(row: Row): string | undefined {
    const curriculum = this.#curriculum;
    if (!curriculum) return undefined;
    switch (row.kind) {
      case 'section': {
        const section = curriculum.sections.find(({ id }) => id === row.sectionId);
        return section && sectionTooltip(section, this.#progress, say);
      }
      case 'chapter': {
        const chapter = findChapter(curriculum, row.chapterId);
        return chapter && chapterTooltip(curriculum, chapter, this.#progress, say);
      }
      case 'resource': {
        const resource = findResource(curriculum, row.resourceId);
        const note = this.#note(curriculum, row);
        return resource && resourceTooltip(resource, note, hostOf(addressOf(resource)), this.#progress, say);
      }
      case 'gone':
      case 'gone-chapter':
        return goneTooltip(say);
      case 'group':
        return undefined;
    }
  }

  /** What the row's own chapter or section says about the resource. */
  #note(curriculum: Curriculum, row: ResourceRow): string {
    const parent = this.getParent(row);
    const entries =
      parent?.kind === 'chapter'
        ? findChapter(curriculum, parent.chapterId)?.resources
        : parent?.kind === 'group'
          ? curriculum.sections.find(({ id }) => id === parent.sectionId)?.resources
          : undefined;
    return entries?.find(({ resourceId }) => resourceId === row.resourceId)?.note ?? '';
  }
}

function sameMarks(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return one === other || (keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]));
}
