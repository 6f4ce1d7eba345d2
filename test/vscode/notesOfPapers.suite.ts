// Notes on what is saved, inside VS Code.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readDocumentText } from '../../src/library/shelf/texts.ts';
import { wordsOf } from '../../src/vscode/library/notedDocuments.ts';
import { exportNotes } from '../../src/vscode/notes/exportNotes.ts';
import { onePage } from '../library/extract/tinyPdf.ts';
import { test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';
import { quoteOf, clear, labels, problems } from './noting.ts';
import { emptyShelf, serving, settled } from './shelved.ts';

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
  const words = wordsOf(stored);
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

const sentence = 'Tiling keeps the scores in fast memory, block by block, and never writes them all.';
const around = (about: string): string =>
  `<p>${`What comes here is about ${about}, and about nothing else. `.repeat(6)}</p>`;

test('a note on a saved page finds its words in what is fetched anew, and waits where they are gone', async () => {
  const running = await companion();
  await clear(running);
  await emptyShelf(running);
  const { shelf, notes } = running;
  let content = `${around('queries')}<h2>Memory that is near</h2><p>${sentence}</p>${around('values')}`;
  const { origin, server } = await serving((_request, response) => {
    response.end(`<!doctype html><title>Attention, in tiles</title><article>${content}</article>`);
  });
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  const row = await settled(running);
  const { documentId } = row;
  await vscode.commands.executeCommand('handbook.openSaved', documentId);
  const shown = await until('it is shown', () => shelf.documents.shown(documentId));
  const { shelf: all } = await shelf.library.open();
  const stored = all.ask((db) => readDocumentText(db, documentId, 'main')) ?? assert.fail('it was read');
  const keeping = { type: 'keepNote', request: 1, chapterId: shown.subject, text: 'In SRAM' };
  await shelf.documents.receive(documentId, {
    ...keeping,
    quote: quoteOf(wordsOf(stored), 'keeps the scores in fast memory'),
  });
  const kept = await until('it is kept', async () => (await notes.all())[0]);
  assert.deepEqual([kept.place?.how, kept.document?.heading], ['same', 'Memory that is near']);
  assert.deepEqual(await labels(running), ['Attention, in tiles', '  In SRAM']);

  const fetchAnew = async (next: string): Promise<void> => {
    content = next;
    await vscode.commands.executeCommand('handbook.checkSaved', row);
    await settled(running);
  };
  const changed = sentence.replace('keeps the scores in fast memory', 'keeps the scores in the fast memory');
  await fetchAnew(`${around('keys')}<p>New.</p>${around('queries')}<p>${changed}</p>${around('values')}`);
  const again = await until('it is found again', async () => {
    const note = await notes.find(kept.id);
    return note?.place?.how === 'changed' && note;
  });
  // It is kept as it was made.
  assert.equal(again.quote, kept.quote);
  await closeEverything();
  await vscode.commands.executeCommand('handbook.openNote', kept.id);
  await until('the note opens the page', () => shelf.documents.shown(documentId));

  await fetchAnew(`${around('something else')}${around('other things')}`);
  await until(
    'it is kept without a place',
    async () => (await labels(running)).join() === 'Not found any more,  In SRAM',
  );
  await vscode.commands.executeCommand('handbook.openNote', kept.id);
  server.close();
  await emptyShelf(running);
  await clear(running);
  await closeEverything();
});

test('a note on one form of a document is shown in another that has its words', async () => {
  const running = await companion();
  await clear(running);
  await emptyShelf(running);
  const { shelf, notes } = running;
  const folder = mkdtempSync(join(tmpdir(), 'forms-'));
  const file = join(folder, 'fox.pdf');
  writeFileSync(file, onePage({}));
  const { addFile, shelf: all, texts } = await shelf.library.open();
  const documentId = await addFile(file, { title: 'A fox' });
  const page = join(folder, 'fox.html');
  writeFileSync(
    page,
    `<!doctype html><title>F</title>${around('foxes')}<p>The quick brown fox jumps over the lazy dog.</p>`,
  );
  await addFile(page, { documentId, form: 'html' });
  await texts.whenIdle();
  await vscode.commands.executeCommand('handbook.openSaved', documentId);
  const { subject } = await until('its pages are shown', () => shelf.documents.shownPdf(documentId));
  const wordsIn = (form: 'main' | 'html') =>
    wordsOf(all.ask((db) => readDocumentText(db, documentId, form)) ?? assert.fail('it was read'));
  const keep = async (form: 'main' | 'html', words: string): Promise<void> => {
    const before = (await notes.all()).length;
    const quote = quoteOf(wordsIn(form), words);
    await shelf.documents.receive(documentId, { type: 'keepNote', request: 1, chapterId: subject, quote, text: words });
    await until('it is kept', async () => (await notes.all()).length > before);
  };
  await keep('main', 'jumps over the lazy dog');
  await shelf.documents.receive(documentId, { type: 'read', reading: { form: 'html', pages: false } });
  await until('the page is shown', () => shelf.documents.shown(documentId)?.form === 'html');
  await keep('html', 'about foxes, and about nothing else');
  const placed = async (form: 'main' | 'html') =>
    (await notes.ofChapter(subject, form)).map(({ text, place }) => [text, place?.anchor.split(':')[0]]);
  assert.deepEqual(await placed('main'), [['jumps over the lazy dog', 'main']]);
  assert.deepEqual(await placed('html'), [
    ['about foxes, and about nothing else', 'html'],
    ['jumps over the lazy dog', 'html'],
  ]);
  const [ofPdf, ofPage] = (await notes.all()).toSorted((a, b) => a.madeAt - b.madeAt);
  assert.ok(ofPdf && ofPage);
  assert.deepEqual([ofPdf.document?.page, ofPage.document?.page], [1, undefined]);
  // Each opens where it was made.
  await vscode.commands.executeCommand('handbook.openNote', ofPdf.id);
  await until('the pages', () => shelf.documents.shownPdf(documentId));
  await vscode.commands.executeCommand('handbook.openNote', ofPage.id);
  await until('the page', () => shelf.documents.shown(documentId)?.form === 'html');
  // The text of the PDF is its pages, too: whichever is read stays.
  await shelf.documents.receive(documentId, { type: 'read', reading: { form: 'main', pages: false } });
  await until('the text', () => shelf.documents.shown(documentId)?.form === 'main');
  await vscode.commands.executeCommand('handbook.openNote', ofPdf.id);
  assert.equal(shelf.documents.shown(documentId)?.form, 'main');
  await emptyShelf(running);
  await clear(running);
  await closeEverything();
});
