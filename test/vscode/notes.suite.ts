import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { openStore } from '../../src/store/store.ts';
import { exportNotes } from '../../src/vscode/notes/exportNotes.ts';
import { test, until } from './collect.ts';
import { chapterIds, closeEverything, companion } from './companion.ts';
import { chapter, quoteOf, keep, clear, labels, problems } from './noting.ts';

test('notes stand in the tree by chapter in the order of the text, and the view counts them', async () => {
  const running = await companion();
  await clear(running);
  assert.deepEqual(await labels(running), []);
  const [, , id = '', other = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  const second = await chapter(running, other);
  await keep(running, { chapterId: other, ...quoteOf(second.words, second.sentences[0] ?? ''), text: 'Elsewhere' });
  await keep(running, { chapterId: id, ...quoteOf(words, sentences[3] ?? ''), text: 'Later' });
  await keep(running, { chapterId: id, ...quoteOf(words, sentences[1] ?? ''), text: '' });
  const title = async (of: string): Promise<string> => (await running.study.chapter(of))?.title ?? '';
  const [first, highlight = '', ...rest] = await labels(running);
  assert.equal(first, await title(id));
  assert.ok(highlight.startsWith(`  “${sentences[1]?.slice(0, 40) ?? ''}`));
  assert.deepEqual(rest, ['  Later', await title(other), '  Elsewhere']);
  assert.equal(running.notesTree.description, '3 notes');
});

test('notes on an earlier edition of a chapter find their places; those that can’t are kept and listed', async () => {
  const running = await companion();
  await clear(running);
  const [, , id = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  const [, one = '', two = '', three = ''] = sentences;
  const renamed = { ...quoteOf(words, one), anchor: 'what-it-was-called' };
  const reworded = { ...quoteOf(words, two), quote: two.split(' ').with(3, 'formerly').join(' ') };
  const removed = {
    ...quoteOf(words, three),
    quote: 'A sentence about llamas in the Andes that no edition has.',
    before: 'Nothing like this was ever written around it, ',
    after: ' and nothing like that came after it either.',
  };
  for (const [quote, text] of [
    [renamed, 'renamed'],
    [reworded, 'reworded'],
    [removed, 'removed'],
  ] as const) {
    await keep(running, { chapterId: id, ...quote, text });
  }
  await keep(running, { chapterId: 'a-chapter-that-was-removed', ...quoteOf(words, one), text: 'no chapter' });
  const [, ...rest] = await labels(running);
  assert.deepEqual(rest, ['  renamed', '  reworded', 'Not found in the chapter any more', '  removed', '  no chapter']);
  const found = (await running.notes.ofChapter(id)).map(({ text, place }) => [text, place?.how]);
  assert.deepEqual(found, [
    ['renamed', 'moved'],
    ['reworded', 'changed'],
    ['removed', undefined],
  ]);
});

test('a row opens the reader at its note', async () => {
  const running = await companion();
  await closeEverything();
  await clear(running);
  const [, , id = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  const noteId = await keep(running, { chapterId: id, ...quoteOf(words, sentences[2] ?? ''), text: 'Here' });
  const [top] = await running.notesTree.getChildren();
  const [row] = await running.notesTree.getChildren(top);
  assert.ok(row);
  const item = running.notesTree.getTreeItem(row);
  assert.equal(item.contextValue, 'note.placed');
  assert.match(item.accessibilityInformation?.label ?? '', /^Note: Here, on “/);
  const { tooltip } = await running.notesTree.resolveTreeItem(item, row);
  assert.ok(typeof tooltip === 'string' && tooltip.endsWith('\n\nHere'));
  await vscode.commands.executeCommand(item.command?.command ?? '', row);
  await until('the page shows the chapter', () => running.readers.open[0]?.shownId === id);
  assert.equal(await running.readers.openNote(noteId, 'edit'), true);
  assert.equal(await running.readers.openNote('no such note'), false);
  assert.equal(running.readers.open.length, 1);
});

test('a deleted note comes back as it was', async () => {
  const running = await companion();
  await clear(running);
  const [, , id = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  const noteId = await keep(running, { chapterId: id, ...quoteOf(words, sentences[0] ?? ''), text: 'Mine' });
  await vscode.commands.executeCommand('handbook.deleteNote', noteId);
  assert.equal(await running.notes.find(noteId), undefined);
  await running.notes.restore([noteId]);
  assert.equal((await running.notes.find(noteId))?.text, 'Mine');
});

test('a note of another window turns up, and is found by its words', async () => {
  const running = await companion();
  await clear(running);
  await running.notes.all();
  const [, , id = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  let changes = 0;
  const listening = running.notes.onDidChange(() => changes++);
  const other = openStore({ path: running.study.storePath, now: Date.now, newId: randomUUID }).store;
  other.record({
    kind: 'note',
    subject: 'from-elsewhere',
    note: { chapterId: id, ...quoteOf(words, sentences[0] ?? ''), text: 'zebra crossing' },
  });
  other.dispose();
  await until('it is told', () => changes > 0);
  listening.dispose();
  assert.deepEqual(
    (await running.notes.all()).map(({ text }) => text),
    ['zebra crossing'],
  );
  await vscode.commands.executeCommand('handbook.searchNotes', 'zebra');
  await closeEverything();
});

test('a note is copied as Markdown', async () => {
  const running = await companion();
  await clear(running);
  const [, , id = ''] = await chapterIds(running);
  const { words, sentences } = await chapter(running, id);
  const noteId = await keep(running, { chapterId: id, ...quoteOf(words, sentences[0] ?? ''), text: 'My **own**' });
  await vscode.commands.executeCommand('handbook.copyNote', noteId);
  const copied = await vscode.env.clipboard.readText();
  assert.match(
    copied,
    /^> .+\n\nMy \*\*own\*\*\n\n— \*The Generative AI Handbook\*, “.+ · \[open\]\(command:handbook\.openNote\?/s,
  );
});

test('an export writes a file a chapter, writes nothing anew that is the same, and leaves what was changed by hand', async () => {
  const running = await companion();
  await clear(running);
  const [, , id = '', other = ''] = await chapterIds(running);
  for (const chapterId of [id, other]) {
    const { words, sentences } = await chapter(running, chapterId);
    await keep(running, { chapterId, ...quoteOf(words, sentences[0] ?? ''), text: `On ${chapterId}` });
  }
  await keep(running, {
    chapterId: '../../outside',
    anchor: 'a',
    quote: 'gone',
    before: '',
    after: '',
    text: 'Hostile',
  });
  const folder = join(mkdtempSync(join(tmpdir(), 'notes-')), 'handbook-notes');
  const target = vscode.Uri.file(folder);
  await vscode.commands.executeCommand('handbook.exportNotes', target);
  const files = readdirSync(folder).sort();
  assert.equal(files.length, 3);
  assert.ok(files.includes(`${id}.md`) && files.includes(`${other}.md`));
  assert.deepEqual(readdirSync(join(folder, '..')), ['handbook-notes']);
  const file = join(folder, `${id}.md`);
  assert.match(readFileSync(file, 'utf8'), new RegExp(`On ${id}`));

  const { study, notes } = running;
  assert.deepEqual(await exportNotes(study, notes, problems, target), { written: 0, unchanged: 3, left: 0 });
  const [mine] = await running.notes.ofChapter(id);
  assert.ok(mine);
  const { chapterId, anchor, quote, before, after } = mine;
  await running.notes.keep({ chapterId, anchor, quote, before, after, text: 'Changed' }, mine.id);
  assert.deepEqual(await exportNotes(study, notes, problems, target), { written: 1, unchanged: 2, left: 0 });
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nBy hand.\n`);
  assert.deepEqual(await exportNotes(study, notes, problems, target, [], false), { written: 0, unchanged: 2, left: 1 });
  assert.match(readFileSync(file, 'utf8'), /By hand\.\n$/);
  assert.deepEqual(await exportNotes(study, notes, problems, target, [], true), { written: 1, unchanged: 2, left: 0 });
  assert.doesNotMatch(readFileSync(file, 'utf8'), /By hand/);

  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
  assert.ok(links.some(({ target: at }) => at?.scheme === 'command' && at.path === 'handbook.openNote'));
  await closeEverything();
});

test('the commands answer when there is no reader, and no note', async () => {
  const running = await companion();
  await clear(running);
  await closeEverything();
  await until('no reader is open', () => running.readers.open.length === 0);
  for (const id of ['highlightSelection', 'noteSelection', 'cardSelection', 'searchNotes', 'exportNotes']) {
    await vscode.commands.executeCommand(`handbook.${id}`);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }
  await vscode.commands.executeCommand('handbook.openNote', { noteId: 'no such note' });
  assert.equal(running.readers.open.length, 0);
});
