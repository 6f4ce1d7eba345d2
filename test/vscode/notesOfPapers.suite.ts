// Notes on what is saved, inside VS Code.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { documentWords } from '../../src/core/study/documentWords.ts';
import { readDocumentText } from '../../src/library/shelf/texts.ts';
import { exportNotes } from '../../src/vscode/notes/exportNotes.ts';
import { onePage } from '../library/extract/tinyPdf.ts';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';
import { quoteOf, clear, labels, problems } from './noting.ts';

test('notes on a saved PDF are kept by its bytes: listed, exported, lost with it and found again when it is back', async () => {
  const running = await companion();
  await clear(running);
  const { shelf, notes, notesTree } = running;
  const folder = mkdtempSync(join(tmpdir(), 'pdf-notes-'));
  const file = vscode.Uri.file(join(folder, 'fox.pdf'));
  writeFileSync(file.fsPath, onePage({}));
  const { shelf: all, texts } = await shelf.library.open();
  const add = async (): Promise<string> => {
    await vscode.commands.executeCommand('handbook.addToLibrary', file);
    await texts.whenIdle();
    return all.documents().find(({ title }) => title === 'fox.pdf')?.id ?? assert.fail('it is on the shelf');
  };
  const documentId = await add();
  await vscode.commands.executeCommand('handbook.openSaved', documentId);
  const shown = await until('its pages are shown', () => shelf.documents.shownPdf(documentId));
  const stored = all.ask((db) => readDocumentText(db, documentId, 'main')) ?? assert.fail('it was read');
  const words = documentWords('main', stored.passages);
  const quote = quoteOf(words, 'jumps over the lazy dog');
  const keeping = { type: 'keepNote', request: 1, chapterId: shown.subject, quote, text: 'A pangram' };
  // What is kept must be of the document that the page shows.
  await shelf.documents.receive(documentId, { ...keeping, chapterId: 'saved:another' });
  assert.deepEqual(await notes.all(), []);
  await shelf.documents.receive(documentId, keeping);
  const [note] = await until('it is kept', async () => {
    const kept = await notes.all();
    return kept.length === 1 && kept;
  });
  assert.equal(note?.chapterId, shown.subject);
  assert.deepEqual([note.place?.how, note.document?.title, note.document?.page], ['same', 'fox.pdf', 1]);
  assert.deepEqual(await labels(running), ['fox.pdf', '  A pangram']);
  const item = notesTree.getTreeItem((await notesTree.getChildren())[0] ?? assert.fail('a row'));
  assert.equal(item.contextValue, 'notedDocument');

  const out = vscode.Uri.file(join(folder, 'out'));
  assert.deepEqual(await exportNotes(running.study, notes, problems, out), { written: 1, unchanged: 0, left: 0 });
  const [name = ''] = readdirSync(out.fsPath);
  assert.match(name, /^fox-pdf-\w{6}\.md$/);
  const written = readFileSync(join(out.fsPath, name), 'utf8');
  assert.match(
    written,
    /# Notes on fox\.pdf[^]*> jumps over the lazy dog\n\nA pangram\n\n— “fox\.pdf”, page 1 · \[open\]/,
  );
  assert.deepEqual(await exportNotes(running.study, notes, problems, out), { written: 0, unchanged: 1, left: 0 });

  await closeEverything();
  await vscode.commands.executeCommand('handbook.openNote', note.id);
  await until('the note opens the pages', () => shelf.documents.shownPdf(documentId));
  all.remove([documentId]);
  await until('they are closed with the document', () => shelf.documents.shownPdf(documentId) === undefined);
  assert.equal((await notes.find(note.id))?.place, undefined);
  assert.deepEqual((await labels(running)).at(-1), '  A pangram');
  await vscode.commands.executeCommand('handbook.openNote', note.id);

  const again = await add();
  assert.notEqual(again, documentId);
  assert.equal((await notes.find(note.id))?.place?.how, 'same');
  assert.deepEqual(await labels(running), ['fox.pdf', '  A pangram']);
  all.remove([again]);
  await clear(running);
  await closeEverything();
});
