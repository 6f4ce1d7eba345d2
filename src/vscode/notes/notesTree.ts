// The tree "Notes" in the side bar.

import * as vscode from 'vscode';
import { noteCountWords, noteRows, type NoteRow, type NotesRow } from '../../core/study/noteRows.ts';
import type { Problems } from '../problems.ts';
import { say } from '../say.ts';
import type { Study } from '../study.ts';
import type { Notes } from './notes.ts';

export const notesViewId = 'handbook.notes';

export class NotesTree implements vscode.TreeDataProvider<NotesRow>, vscode.Disposable {
  readonly #study: Study;
  readonly #notes: Notes;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<NotesRow>;
  readonly #listening: vscode.Disposable;
  #top: readonly NotesRow[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(study: Study, notes: Notes, problems: Problems) {
    this.#study = study;
    this.#notes = notes;
    this.#problems = problems;
    this.#view = vscode.window.createTreeView(notesViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#listening = notes.onDidChange(() => {
      this.#changed.fire(undefined);
    });
  }

  /** What is selected in the tree. */
  get selection(): readonly NotesRow[] {
    return this.#view.selection;
  }

  /** What the head of the view says beside its name. */
  get description(): string {
    return this.#view.description ?? '';
  }

  async getChildren(row?: NotesRow): Promise<NotesRow[]> {
    if (row) return row.kind === 'note' ? [] : [...row.children];
    try {
      const [curriculum, notes] = await Promise.all([this.#study.curriculum(), this.#notes.all()]);
      this.#top = noteRows(curriculum, notes, say);
      this.#view.description = notes.length === 0 ? '' : noteCountWords(notes.length, say);
      this.#setUnreadable(false);
    } catch (error) {
      this.#problems.log.error(error instanceof Error ? error : String(error));
      this.#top = [];
      this.#view.description = '';
      this.#setUnreadable(true);
    }
    return [...this.#top];
  }

  getParent(row: NotesRow): NotesRow | undefined {
    return this.#top.find((one) => one.kind !== 'note' && one.children.some(({ id }) => id === row.id));
  }

  getTreeItem(row: NotesRow): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const open = this.#top.length <= 3 ? Expanded : Collapsed;
    const item = new vscode.TreeItem(row.label, row.kind === 'note' ? None : open);
    item.id = row.id;
    item.description = row.description;
    item.accessibilityInformation = { label: row.spoken };
    switch (row.kind) {
      case 'chapter':
        item.iconPath = new vscode.ThemeIcon('book');
        item.contextValue = 'notedChapter';
        break;
      case 'document':
        item.iconPath = new vscode.ThemeIcon('library');
        item.contextValue = 'notedDocument';
        break;
      case 'lost':
        item.iconPath = new vscode.ThemeIcon('question');
        item.contextValue = 'lostNotes';
        break;
      case 'note':
        dressNote(item, row);
        break;
    }
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, row: NotesRow): Promise<vscode.TreeItem> {
    const note = row.kind === 'note' ? await this.#notes.find(row.noteId) : undefined;
    // As text, not as Markdown: a tooltip is no place for what somebody's file may have put there.
    if (note) item.tooltip = [`“${note.quote.slice(0, 1000)}”`, note.text.slice(0, 1000)].filter(Boolean).join('\n\n');
    return item;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #setUnreadable(unreadable: boolean): void {
    void vscode.commands.executeCommand('setContext', 'handbook.notesUnreadable', unreadable);
  }
}

function dressNote(item: vscode.TreeItem, row: NoteRow): void {
  item.iconPath = new vscode.ThemeIcon(row.worded ? 'note' : 'quote');
  item.contextValue = row.placed ? 'note.placed' : 'note.lost';
  item.command = { command: 'handbook.openNote', title: vscode.l10n.t('Open note'), arguments: [row] };
}
