import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { noFilter } from '../../src/core/treeFilter.ts';
import { openStore } from '../../src/store/store.ts';
import { test, until } from './collect.ts';
import { chapterIds, companion, everyRow, rowOf } from './companion.ts';

test('the tree has ten groups and every chapter of the handbook once', async () => {
  const running = await companion();
  const groups = await running.tree.getChildren();
  assert.equal(groups.length, 10);
  const chapters = [...(await everyRow(running)).values()].filter(({ kind }) => kind === 'chapter');
  assert.equal(chapters.length, 55);
  assert.deepEqual(
    chapters.map((row) => row.kind === 'chapter' && row.chapterId),
    await chapterIds(running),
  );
});

test('a row has an id, a box, words for the screen reader, and a tooltip once it is asked for', async () => {
  const running = await companion();
  const [id = ''] = await chapterIds(running);
  const row = await rowOf(running, id);
  const item = running.tree.getTreeItem(row);
  assert.equal(item.id, `chapter/${id}`);
  assert.equal(item.tooltip, undefined);
  assert.match(item.accessibilityInformation?.label ?? '', /, chapter, .+ minutes/);
  assert.ok(typeof item.checkboxState === 'object');
  const { tooltip } = running.tree.resolveTreeItem(item, row);
  assert.ok(tooltip instanceof vscode.MarkdownString && tooltip.value.startsWith(`**${row.label}`));
});

test('a mark made by command shows in the tree at once and is there when the store is opened anew', async () => {
  const running = await companion();
  const [, id = ''] = await chapterIds(running);
  let changes = 0;
  const listening = running.tree.onDidChangeTreeData(() => changes++);
  await vscode.commands.executeCommand('handbook.markSkimmed', id);
  listening.dispose();
  assert.equal(changes, 1);
  const row = await rowOf(running, id);
  assert.match(row.description, /skimmed/);
  assert.equal(running.tree.getTreeItem(row).contextValue, 'chapter.skimmed');

  const again = openStore({ path: running.study.storePath, now: Date.now, newId: randomUUID }).store;
  assert.equal(again.progress().chapters[id], 'skimmed');
  again.dispose();
});

test('several selected chapters are marked together', async () => {
  const running = await companion();
  const ids = (await chapterIds(running)).slice(2, 4);
  const rows = await Promise.all(ids.map((id) => rowOf(running, id)));
  await vscode.commands.executeCommand('handbook.markStudied', rows[0], rows);
  const { chapters } = await running.study.progress();
  assert.deepEqual(
    ids.map((id) => chapters[id]),
    ['studied', 'studied'],
  );
});

test('ticking the box of a chapter means studied, and unticking gives back the mark from before', async () => {
  const running = await companion();
  const [, id = ''] = await chapterIds(running);
  const ticked = async (): Promise<unknown> => {
    const box = running.tree.getTreeItem(await rowOf(running, id)).checkboxState;
    return typeof box === 'object' ? box.state : box;
  };
  await vscode.commands.executeCommand('handbook.markSkimmed', id);
  await running.tree.tick([[await rowOf(running, id), true]]);
  assert.equal((await running.study.progress()).chapters[id], 'studied');
  assert.equal(await ticked(), vscode.TreeItemCheckboxState.Checked);
  await running.tree.tick([[await rowOf(running, id), false]]);
  assert.equal((await running.study.progress()).chapters[id], 'skimmed');
  assert.equal(await ticked(), vscode.TreeItemCheckboxState.Unchecked);
});

test('a resource is marked everywhere it stands', async () => {
  const running = await companion();
  const seen = new Map<string, number>();
  for (const row of (await everyRow(running)).values()) {
    if (row.kind === 'resource') seen.set(row.resourceId, (seen.get(row.resourceId) ?? 0) + 1);
  }
  const [id] = [...seen].find(([, times]) => times > 1) ?? assert.fail('some resource stands in two places');
  await vscode.commands.executeCommand('handbook.markDone', id);
  const marked = [...(await everyRow(running)).values()].filter(
    (row) => row.kind === 'resource' && row.resourceId === id,
  );
  assert.equal(marked.length, seen.get(id));
  assert.ok(marked.every(({ description }) => description.endsWith('done')));
});

test('the filter leaves what was asked for, and clearing it brings everything back', async () => {
  const running = await companion();
  const [, id = ''] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.markSkimmed', id);
  running.tree.setFilter({ ...noFilter, chapterStates: ['skimmed'] });
  const chapters = [...(await everyRow(running)).values()].filter(({ kind }) => kind === 'chapter');
  assert.deepEqual(
    chapters.map((row) => row.id),
    [`chapter/${id}`],
  );
  running.tree.setFilter({ ...noFilter, kinds: ['paper'] });
  const resources = [...(await everyRow(running)).values()].flatMap((row) => (row.kind === 'resource' ? row : []));
  assert.ok(resources.length > 20 && resources.every(({ resourceKind }) => resourceKind === 'paper'));
  await vscode.commands.executeCommand('handbook.clearFilter');
  assert.equal((await running.tree.getChildren()).length, 10);
});

test('opening a chapter shows its row in the tree without taking the keyboard', async () => {
  const running = await companion();
  const [, , , , id = ''] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.chapters.focus');
  await vscode.commands.executeCommand('handbook.openChapter', id);
  await until('the row is selected', () => running.tree.selection[0]?.id === `chapter/${id}`);
  await until('the reader is active', () => running.readers.active?.chapterId === id);
});

test('what is kept of chapters that are no longer in the handbook stands in a last row, as long as there is something', async () => {
  const running = await companion();
  const store = await running.study.store();
  const last = async () => (await running.tree.getChildren()).at(-1);
  assert.equal((await last())?.kind, 'section');
  const place = { chapterId: 'a-chapter-of-old', anchor: 'x', quote: 'q', before: '', after: '' };
  store.record({ kind: 'note', subject: 'of-old', note: { ...place, text: 'mine' } });
  const row = await last();
  assert.equal(row?.kind, 'gone');
  assert.deepEqual(
    row.children.map(({ label, description }) => [label, description]),
    [['a-chapter-of-old', '1 note']],
  );
  const { tooltip } = running.tree.resolveTreeItem(running.tree.getTreeItem(row), row);
  assert.ok(tooltip instanceof vscode.MarkdownString && tooltip.value.includes('Export everything'));
  let changes = 0;
  const listening = running.tree.onDidChangeTreeData(() => changes++);
  store.record({ kind: 'note', subject: 'of-old', note: null });
  await until('the tree is drawn anew', () => changes > 0);
  listening.dispose();
  assert.equal((await last())?.kind, 'section');
});
