import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Companion } from '../../src/extension.ts';
import { chapterRowId, indexRows } from '../../src/core/tree.ts';
import type { Row } from '../../src/core/tree.ts';

export const extensionId = 'genai-handbook-companion.genai-handbook-companion';

/** The companion as it runs in this window. */
export async function companion(): Promise<Companion> {
  const extension = vscode.extensions.getExtension<Companion>(extensionId);
  assert.ok(extension, 'the companion is installed');
  return extension.activate();
}

/** Every row of the tree as it is now. */
export async function everyRow({ tree }: Companion): Promise<ReadonlyMap<string, Row>> {
  return indexRows(await tree.getChildren()).byId;
}

/** The row of a chapter as it is now. */
export async function rowOf(running: Companion, chapterId: string): Promise<Row> {
  const row = (await everyRow(running)).get(chapterRowId(chapterId));
  assert.ok(row, `the tree has a row for ${chapterId}`);
  return row;
}

/** The ids of all chapters in reading order. */
export async function chapterIds({ study }: Companion): Promise<readonly string[]> {
  return (await study.curriculum()).sections.flatMap((section) => section.chapterIds);
}

export async function closeEverything(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
