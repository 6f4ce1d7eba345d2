import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { passageId } from '../../src/core/passages.ts';
import { test, until } from './collect.ts';
import { chapterIds, closeEverything, companion, extensionId } from './companion.ts';

test('chapters open in one reader, used again and again', async () => {
  const running = await companion();
  await closeEverything();
  await until('no reader is open', () => running.readers.open.length === 0);
  const [first = '', second = ''] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.openChapter', first);
  await until('the page shows the first', () => running.readers.open[0]?.shownId === first);
  await vscode.commands.executeCommand('handbook.openChapter', second);
  await until('the page shows the second', () => running.readers.open[0]?.shownId === second);
  assert.equal(running.readers.open.length, 1);
  assert.equal(running.readers.open[0]?.panel.title, (await running.study.chapter(second))?.title);
});

test('opened to the side, a chapter gets the second reader, and there is no third', async () => {
  const running = await companion();
  const [first = '', second = '', third = ''] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.openChapter', first);
  await vscode.commands.executeCommand('handbook.openToSide', second);
  await until('both are shown', () => running.readers.open.every(({ shownId, chapterId }) => shownId === chapterId));
  assert.deepEqual(running.readers.open.map(({ chapterId }) => chapterId).sort(), [first, second].sort());
  await vscode.commands.executeCommand('handbook.openToSide', third);
  assert.equal(running.readers.open.length, 2);
  await closeEverything();
  await until('closed readers are forgotten', () => running.readers.open.length === 0);
});

test('a passage opens its chapter with the passage highlighted, and then another of the same chapter', async () => {
  const running = await companion();
  const chapter = Object.values((await running.study.curriculum()).chapters).find(
    ({ headings }) => headings.length > 2,
  );
  const [one, two] = chapter?.headings ?? [];
  assert.ok(chapter && one && two);
  await vscode.commands.executeCommand('handbook.openPassage', passageId(chapter.id, one.anchor), 'A sentence.');
  await until('the page shows it', () => running.readers.open[0]?.shownId === chapter.id);
  await vscode.commands.executeCommand('handbook.openPassage', passageId(chapter.id, two.anchor));
  await until('the page shows the other', () => running.readers.open[0]?.highlight?.anchor === two.anchor);
  assert.equal(running.readers.open.length, 1);
});

test('a place that isn’t in the chapter opens the chapter', async () => {
  const running = await companion();
  const [, first = ''] = await chapterIds(running);
  assert.equal(await running.readers.openPassage(passageId(first, 'never-written')), true);
  assert.equal(running.readers.open[0]?.chapterId, first);
  assert.equal(running.readers.open[0].highlight, undefined);
  assert.equal(await running.readers.openPassage('no-such-chapter#why'), false);
  assert.equal(await running.readers.openPassage('junk'), false);
});

test('whoever opened a chapter continues there', async () => {
  const running = await companion();
  const ids = await chapterIds(running);
  const id = ids.at(-1) ?? '';
  await vscode.commands.executeCommand('handbook.openChapter', id);
  await until('it is remembered', async () => (await running.study.progress()).lastChapter === id);
  await closeEverything();
  await vscode.commands.executeCommand('handbook.continue');
  await until('it is open again', () => running.readers.open[0]?.shownId === id);
});

test('a reader from before the window was reloaded comes back with its chapter', async () => {
  const running = await companion();
  await closeEverything();
  const [, , id = ''] = await chapterIds(running);
  const panel = vscode.window.createWebviewPanel('handbook.reader', 'Kept', vscode.ViewColumn.One);
  await running.readers.deserializeWebviewPanel(panel, { chapterId: id, position: { anchor: 'why', fraction: 0.5 } });
  await until('the page shows it', () => running.readers.open[0]?.shownId === id);
  assert.equal(panel.title, (await running.study.chapter(id))?.title);
});

test('a reader whose kept state is of no use comes back with the chapter to continue', async () => {
  const running = await companion();
  await closeEverything();
  const panel = vscode.window.createWebviewPanel('handbook.reader', 'Kept', vscode.ViewColumn.One);
  await running.readers.deserializeWebviewPanel(panel, { chapterId: '__proto__', position: 7 });
  await until('the page shows a chapter', () => running.readers.open[0]?.shownId);
  await closeEverything();
});

test('a reader lets in our own scripts, styles, fonts and pictures, and nothing else', async () => {
  const running = await companion();
  const [first = '', second = ''] = await chapterIds(running);
  await vscode.commands.executeCommand('handbook.openChapter', first);
  await vscode.commands.executeCommand('handbook.openToSide', second);
  const [one, other] = running.readers.open.map(({ panel }) => panel.webview);
  const own = vscode.extensions.getExtension(extensionId)?.extensionUri;
  assert.ok(one && other && own);
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(one.html)?.[1] ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'nonce-[\w+/]{24}'; style-src [^']*'self'/);
  assert.doesNotMatch(policy, /unsafe|data:|blob:|\*;| \* /);
  const nonce = (html: string): string => /script-src 'nonce-([^']+)'/.exec(html)?.[1] ?? '';
  assert.notEqual(nonce(one.html), nonce(other.html));
  assert.deepEqual(
    one.options.localResourceRoots?.map(({ path }) => path.slice(own.path.length)),
    ['/dist/webview', '/media'],
  );
  await closeEverything();
});
