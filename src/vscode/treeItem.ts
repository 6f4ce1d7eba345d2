// How a row of the tree looks: icon, box, and the name by which menus know it.

import * as vscode from 'vscode';
import type { ResourceKind } from '../core/curriculum.ts';
import type { ChapterState, ResourceState } from '../core/progress.ts';
import type { ChapterRow, ResourceRow, Row } from '../core/tree.ts';
import type { CommandId } from './commandIds.ts';

/** The item of a row; its tooltip comes later, when it is asked for. `arxiv` says whether a resource is a paper there. */
export function treeItem(row: Row, arxiv: boolean): vscode.TreeItem {
  const collapsible =
    row.children.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(row.label, collapsible);
  item.id = row.id;
  item.description = row.description;
  item.accessibilityInformation = { label: row.spoken };
  switch (row.kind) {
    case 'section':
      item.contextValue = 'section';
      break;
    case 'group':
      item.contextValue = 'group';
      item.iconPath = new vscode.ThemeIcon('link');
      break;
    case 'gone':
      item.contextValue = 'gone';
      break;
    case 'gone-chapter':
      item.contextValue = 'gone-chapter';
      break;
    case 'chapter':
      dressChapter(item, row);
      break;
    case 'resource':
      dressResource(item, row, arxiv);
      break;
  }
  return item;
}

function dressChapter(item: vscode.TreeItem, row: ChapterRow): void {
  item.contextValue = `chapter.${row.state}`;
  item.iconPath = chapterIcon(row.state);
  item.checkboxState = box(
    row.state === 'studied',
    vscode.l10n.t('Studied'),
    vscode.l10n.t('Mark “{0}” as studied', row.label),
  );
  item.command = opening('handbook.openChapter', vscode.l10n.t('Open chapter'), row);
}

function dressResource(item: vscode.TreeItem, row: ResourceRow, arxiv: boolean): void {
  item.contextValue = `resource.${arxiv ? 'arxiv' : 'web'}.${row.state}`;
  item.iconPath = new vscode.ThemeIcon(kindIcons[row.resourceKind], stateColour(row.state));
  item.checkboxState = box(row.state === 'done', vscode.l10n.t('Done'), vscode.l10n.t('Mark “{0}” as done', row.label));
  item.command = opening('handbook.openResource', vscode.l10n.t('Open resource'), row);
}

/** The icon of a chapter in that state, wherever chapters are listed. */
export function chapterIcon(state: ChapterState): vscode.ThemeIcon {
  switch (state) {
    case 'not-started':
      return new vscode.ThemeIcon('book');
    case 'skimmed':
      return new vscode.ThemeIcon('eye');
    case 'studied':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
  }
}

/** Colour is never the only sign: the description says the same in words. */
function stateColour(state: ResourceState): vscode.ThemeColor | undefined {
  switch (state) {
    case 'to-do':
      return undefined;
    case 'doing':
      return new vscode.ThemeColor('charts.blue');
    case 'done':
      return new vscode.ThemeColor('testing.iconPassed');
    case 'skipped':
      return new vscode.ThemeColor('disabledForeground');
  }
}

const kindIcons: Readonly<Record<ResourceKind, string>> = {
  article: 'file-text',
  benchmark: 'graph',
  blog: 'rss',
  book: 'library',
  'book-chapter': 'bookmark',
  course: 'mortar-board',
  discussion: 'comment-discussion',
  docs: 'references',
  'lecture-notes': 'notebook',
  paper: 'file-pdf',
  slides: 'preview',
  talk: 'mic',
  tool: 'tools',
  video: 'play-circle',
  'video-series': 'device-camera-video',
};

/** The icon of a kind of resource. */
export function kindIcon(kind: ResourceKind): vscode.ThemeIcon {
  return new vscode.ThemeIcon(kindIcons[kind]);
}

function box(ticked: boolean, tooltip: string, label: string): NonNullable<vscode.TreeItem['checkboxState']> {
  return {
    state: ticked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip,
    accessibilityInformation: { label, role: 'checkbox' },
  };
}

function opening(command: CommandId, title: string, row: Row): vscode.Command {
  return { command, title, arguments: [row] };
}
