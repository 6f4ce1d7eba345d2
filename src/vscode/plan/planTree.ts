// The tree "Plan" in the side bar: the way to the learner's goal, in what to do today, next and later.

import * as vscode from 'vscode';
import { addressOf, type Curriculum } from '../../core/curriculum.ts';
import { findChapter, findResource } from '../../core/lookUp.ts';
import { noProgress } from '../../core/progress.ts';
import type { Progress } from '../../core/progress.ts';
import { arxivAddresses } from '../../core/resourceLinks.ts';
import { planTick } from '../../core/study/planRows.ts';
import type { PlanRow, PlanStepRow } from '../../core/study/planRows.ts';
import type { Depth } from '../../core/study/studyEvent.ts';
import { chapterTooltip, resourceTooltip } from '../../core/tooltip.ts';
import type { Problems } from '../problems.ts';
import { hostOf } from '../readerChapter.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import { tickRows } from '../tickRows.ts';
import { treeItem } from '../treeItem.ts';
import type { PlanContent } from './planContent.ts';

export const planViewId = 'handbook.plan';

/** What there is to show: a plan, no plan, one that is done, or one whose goal the handbook doesn't have any more. */
type PlanState = 'none' | 'open' | 'reached' | 'lost';

export class PlanTree implements vscode.TreeDataProvider<PlanRow>, vscode.Disposable {
  readonly #study: Study;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<PlanRow>;
  readonly #disposables: readonly Pick<vscode.Disposable, 'dispose'>[];
  #content: PlanContent | undefined;
  #curriculum: Curriculum | undefined;
  #progress: Progress = noProgress;
  #depth: Depth = 'study';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(study: Study, problems: Problems) {
    this.#study = study;
    this.#problems = problems;
    this.#view = vscode.window.createTreeView(planViewId, {
      treeDataProvider: this,
      canSelectMany: true,
      manageCheckboxStateManually: true,
    });
    this.#disposables = [
      this.#changed,
      this.#view,
      this.#view.onDidChangeCheckboxState(({ items }) => {
        void this.tick(items.map(([row, state]) => [row, state === vscode.TreeItemCheckboxState.Checked]));
      }),
      // The day may have changed since anybody last looked.
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.refresh();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#view.visible) this.refresh();
      }),
      study.onDidChange(() => {
        this.refresh();
      }),
    ];
  }

  /** What is selected in the tree. */
  get selection(): readonly PlanRow[] {
    return this.#view.selection;
  }

  /** What the view was last told to show beside its rows. */
  get words(): { readonly description: string; readonly message: string } {
    return { description: this.#view.description ?? '', message: this.#view.message ?? '' };
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(row?: PlanRow): Promise<PlanRow[]> {
    if (row) return row.kind === 'plan-group' ? [...row.children] : [];
    try {
      const content = await this.#read();
      this.#content = content;
      return content ? [...content.rows] : [];
    } catch (error) {
      this.#problems.report(error, vscode.l10n.t('Your plan couldn’t be drawn up. Try again.'));
      return [];
    }
  }

  getParent(row: PlanRow): PlanRow | undefined {
    if (row.kind === 'plan-group') return undefined;
    return this.#content?.rows.find(({ children }) => children.some(({ id }) => id === row.id));
  }

  getTreeItem(row: PlanRow): vscode.TreeItem {
    if (row.kind === 'plan-group') {
      const open = row.group === 'later' ? 'Collapsed' : 'Expanded';
      const item = new vscode.TreeItem(row.label, vscode.TreeItemCollapsibleState[open]);
      item.id = row.id;
      item.description = row.description;
      item.accessibilityInformation = { label: row.spoken };
      item.contextValue = 'plan-group';
      return item;
    }
    const item = treeItem(row, row.kind === 'resource' && this.#isArxiv(row.resourceId));
    if (typeof item.checkboxState === 'object') {
      item.checkboxState = {
        ...item.checkboxState,
        state: row.ticked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
        ...(row.kind === 'chapter' && this.#depth === 'skim' && skimBox(row.label)),
      };
    }
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, row: PlanRow): vscode.TreeItem {
    const text = row.kind === 'plan-group' ? undefined : this.#tooltip(row);
    if (text !== undefined) item.tooltip = new vscode.MarkdownString(text);
    return item;
  }

  /** Ticks or unticks the boxes of rows. */
  async tick(boxes: readonly (readonly [PlanRow, boolean])[]): Promise<void> {
    const saved = await tickRows(this.#study, this.#problems, boxes, (events, id, ticked) =>
      planTick(events, id, ticked, this.#depth),
    );
    // A box must not show what wasn't kept.
    if (!saved) this.refresh();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #read(): Promise<PlanContent | undefined> {
    const chosen = await this.#study.goal();
    if (!chosen) return this.#show('none');
    const [{ planContent }, curriculum, progress, events] = await Promise.all([
      import('./planContent.ts'),
      this.#study.curriculum(),
      this.#study.progress(),
      this.#study.events(),
    ]);
    this.#curriculum = curriculum;
    this.#progress = progress;
    this.#depth = chosen.goal.depth;
    const content = planContent({ ...chosen, curriculum, progress, events }, Date.now());
    if (!content) return this.#show('lost');
    return this.#show(content.rows.length === 0 ? 'reached' : 'open', content);
  }

  #show(state: PlanState, content?: PlanContent): PlanContent | undefined {
    void vscode.commands.executeCommand('setContext', 'handbook.planState', state);
    this.#view.description = content?.description ?? '';
    this.#view.message = state === 'open' ? (content?.message ?? '') : '';
    return content;
  }

  #isArxiv(resourceId: string): boolean {
    const resource = this.#curriculum && findResource(this.#curriculum, resourceId);
    return resource !== undefined && arxivAddresses(addressOf(resource)) !== undefined;
  }

  #tooltip(row: PlanStepRow): string | undefined {
    const curriculum = this.#curriculum;
    if (!curriculum) return undefined;
    if (row.kind === 'chapter') {
      const chapter = findChapter(curriculum, row.chapterId);
      return chapter && chapterTooltip(curriculum, chapter, this.#progress, say);
    }
    const resource = findResource(curriculum, row.resourceId);
    return resource && resourceTooltip(resource, row.note, hostOf(addressOf(resource)), this.#progress, say);
  }
}

function skimBox(
  label: string,
): Pick<Exclude<vscode.TreeItem['checkboxState'], number | undefined>, 'tooltip' | 'accessibilityInformation'> {
  return {
    tooltip: vscode.l10n.t('Skimmed'),
    accessibilityInformation: { label: vscode.l10n.t('Mark “{0}” as skimmed', label), role: 'checkbox' },
  };
}
