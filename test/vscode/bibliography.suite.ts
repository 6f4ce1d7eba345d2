// Bibliographies and dead links inside VS Code.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { documentFailure, documentState } from '../../src/core/library/savedDocument.ts';
import { importBibliography } from '../../src/vscode/library/importBibliography.ts';
import type { PickSome } from '../../src/vscode/library/importBibliography.ts';
import { test, until } from './collect.ts';
import { companion } from './companion.ts';
import { emptyShelf, only, page, rows, serving } from './shelved.ts';

/** Chooses from the list what was chosen in it before, as Enter does. */
function accepting(shown: vscode.QuickPickItem[][], titles: string[] = []): PickSome {
  return (items, { title = '' }) => {
    shown.push([...items]);
    titles.push(title);
    return Promise.resolve(items.filter(({ picked }) => picked));
  };
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bibliography-'));
  await mkdir(join(folder, 'files'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('a bibliography is shown before it is taken in; what is listed is neither fetched nor twice', async () => {
  const running = await companion();
  await emptyShelf(running);
  const folder = await folderWith({
    'mine.bib': `
@misc{kept2020, title = {A Page of {Mine}}, author = {M{\\"u}ller, J{\\"o}rg}, year = {2020}, url = {http://example.org/a}}
@book{print1999, title = {Printed Only}, author = {Doe, Jane}, year = {1999}, file = {:files/notes.md:md;:files/gone.pdf:PDF}}
@misc{broken, title = {Open
@misc{twice, title = {The same}, url = {https://example.org/a}}
`,
    'files/notes.md': '# Notes\n\nAll of it.\n',
  });
  const file = vscode.Uri.file(join(folder, 'mine.bib'));
  const { library, bibliographyReader: reader } = running.shelf;
  const told: string[] = [];
  const problems = {
    log: vscode.window.createOutputChannel('Test', { log: true }),
    report: (error: unknown): void => {
      throw error;
    },
    tell: (message: string): void => {
      told.push(message);
    },
  };
  const shown: vscode.QuickPickItem[][] = [];
  const titles: string[] = [];
  const count = await importBibliography({ library, problems, reader, pick: accepting(shown, titles) }, file);
  assert.equal(count, 2);
  assert.deepEqual(titles, ['Import mine.bib: 2 new, 1 twice in the file']);
  assert.deepEqual(told, [
    'One entry of mine.bib couldn’t be read. The entry in line 4 has no end: a brace or a quotation mark is missing.',
  ]);
  assert.deepEqual(
    shown[0]?.map(({ label, detail }) => [label, detail]),
    [
      ['New', undefined],
      ['A Page of Mine', 'Can be saved from example.org'],
      ['Printed Only', 'No address: it is listed, and can’t be fetched · 2 files attached'],
    ],
  );
  const listed = await rows(running);
  assert.deepEqual(
    listed.map(({ label, description, context }) => [label, description, context]),
    [
      ['Printed Only', 'Doe · 1999 · not saved', 'saved.listed.own'],
      ['A Page of Mine', 'Müller · 2020 · not saved', 'saved.listed.web'],
    ],
  );
  // The same again adds nothing that isn't chosen.
  assert.equal(await importBibliography({ library, problems, reader, pick: accepting(shown) }, file), 0);
  assert.deepEqual(
    shown[1]?.map(({ picked }) => picked === true),
    [false, false, false],
  );
  // Fetched when asked for.
  await vscode.commands.executeCommand('handbook.saveOffline', listed[1]);
  const { shelf, texts } = await library.open();
  const [tried] = shelf.documents().filter(({ title }) => title === 'A Page of Mine');
  assert.ok(tried && documentState(tried) === 'failed');
  assert.equal(documentFailure(tried)?.reason, 'no-host');
  // A file of theirs in place of what can't be fetched.
  await vscode.commands.executeCommand(
    'handbook.attachFile',
    listed[0],
    vscode.Uri.file(join(folder, 'files/notes.md')),
  );
  await texts.whenIdle();
  const [attached] = await rows(running);
  assert.equal(attached?.context, 'saved.indexed.own');
  problems.log.dispose();
  await rm(folder, { recursive: true });
});

test('a file that is no bibliography changes nothing', async () => {
  const running = await companion();
  await emptyShelf(running);
  const folder = await folderWith({ 'package.json': '{"name": "x"}', 'broken.json': '[{"title": \n' });
  for (const name of ['package.json', 'broken.json', 'missing.bib']) {
    await vscode.commands.executeCommand('handbook.importBibliography', vscode.Uri.file(join(folder, name)));
  }
  assert.deepEqual(await rows(running), []);
  await rm(folder, { recursive: true });
});

test('the library, a chapter’s resources and the whole handbook are written in each format, always with the same keys', async () => {
  const running = await companion();
  await emptyShelf(running);
  const folder = await folderWith({});
  const { resources, chapters } = await running.study.curriculum();
  const paper = Object.values(resources).find(({ title }) => title === 'Attention Is All You Need');
  assert.ok(paper);
  const chapter = Object.values(chapters).find((each) =>
    each.resources.some(({ resourceId }) => resourceId === paper.id),
  );
  assert.ok(chapter);
  const { shelf } = await running.shelf.library.open();
  const common = { creators: 'Ann Author', kind: 'page', origin: 'address', minutes: 0, copies: [] } as const;
  const [document] = shelf.add([{ ...common, address: 'https://example.org/', title: 'A page of mine' }]);
  assert.ok(document);
  const written = async (subject: object, name: string): Promise<string> => {
    const target = vscode.Uri.file(join(folder, name));
    assert.equal(await vscode.commands.executeCommand('handbook.exportBibliography', subject, undefined, target), true);
    return readFile(target.fsPath, 'utf8');
  };
  const bib = await written({ chapterId: chapter.id, format: 'bibtex' }, 'a.bib');
  assert.match(bib, /@misc\{vaswani2017attention,\n {2}title = \{\{Attention Is All You Need\}\}/);
  assert.match(bib, /eprint = \{1706\.03762\}/);
  assert.match(bib, /note = \{/);
  assert.equal(bib.match(/^@/gm)?.length, new Set(chapter.resources.map(({ resourceId }) => resourceId)).size);
  const ris = await written({ resourceId: paper.id, format: 'ris' }, 'a.ris');
  assert.match(ris, /^TY {2}- UNPB\r\nID {2}- vaswani2017attention\r\n/);
  const csl = JSON.parse(await written({ documentId: document.id, format: 'csl-json' }, 'a.json')) as { id: string }[];
  assert.equal(csl[0]?.id, 'authorpage');
  // The key stays, whatever comes to the library later.
  shelf.add([{ ...common, address: 'https://example.org/2', title: 'A page of mine' }]);
  assert.equal(shelf.document(document.id)?.details?.key, 'authorpage');
  await vscode.commands.executeCommand('handbook.copyBibtex', { documentId: document.id });
  assert.match(await vscode.env.clipboard.readText(), /^@misc\{authorpage,\n {2}title = \{\{A page of mine\}\}/);
  await vscode.commands.executeCommand('handbook.copyBibtex', paper.id);
  assert.match(await vscode.env.clipboard.readText(), /^@misc\{vaswani2017attention,/);
  await vscode.commands.executeCommand('handbook.copyHandbookBibtex');
  assert.match(await vscode.env.clipboard.readText(), /^@misc\{brown2024generative,/);
  await rm(folder, { recursive: true });
});

test('a dead link is replaced by the address that is chosen, keeps what was saved, and comes back', async () => {
  const running = await companion();
  await emptyShelf(running);
  const { origin, asked, server } = await serving((request, response) => {
    if (request.url === '/old' && asked.length > 1) response.writeHead(404).end();
    else if (request.url === '/worse') response.writeHead(500).end();
    else response.end(page(`At ${request.url ?? ''}`));
  });
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/old`);
  const row = await only(running);
  await vscode.commands.executeCommand('handbook.checkSaved', row);
  const dead = await only(running);
  assert.match(dead.context, /\.web\.trouble$/);
  const { shelf, texts } = await running.shelf.library.open();
  const before = shelf.document(row.documentId)?.copies[0]?.content?.hash;
  await vscode.commands.executeCommand('handbook.replaceLink', dead, 'file:///etc/passwd');
  assert.equal((await only(running)).context, dead.context);
  await vscode.commands.executeCommand('handbook.replaceLink', dead, `${origin}/new`);
  await texts.whenIdle();
  const moved = await only(running);
  assert.equal(moved.context, 'saved.indexed.web.moved');
  assert.match(moved.description, / · from 127\.0\.0\.1/);
  assert.deepEqual(asked.slice(-1), ['/new']);
  assert.notEqual(shelf.document(row.documentId)?.copies[0]?.content?.hash, before);
  await vscode.commands.executeCommand('handbook.restoreLink', moved);
  const back = await until('it has its own address again', async () => {
    const one = await only(running);
    return !one.context.includes('moved') && one;
  });
  assert.equal(shelf.document(back.documentId)?.copies[0]?.address, `${origin}/old`);
  assert.deepEqual(asked.slice(-1), ['/new'], 'going back asks nobody');
  await emptyShelf(running);
  server.close();
});

test('the library is erased only where that is chosen', async () => {
  const running = await companion();
  const folder = await folderWith({ 'a.md': '# A\n\nText.\n' });
  await vscode.commands.executeCommand('handbook.addToLibrary', vscode.Uri.file(join(folder, 'a.md')));
  await running.erase();
  assert.equal((await rows(running)).length, 1);
  await running.shelf.library.erase();
  assert.deepEqual(await rows(running), []);
  await rm(folder, { recursive: true });
});
