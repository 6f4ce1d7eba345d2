// The library inside VS Code, against a server on loopback. Nothing else is contacted: in a test window no other name is
// looked up.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { documentState } from '../../src/core/library/savedDocument.ts';
import { pause, test, until } from './collect.ts';
import { closeEverything, companion } from './companion.ts';
import { page, serving, emptyShelf, settled, rows, only } from './shelved.ts';

test('the library is not opened before somebody looks at it', async () => {
  const { study } = await companion();
  const folder = vscode.Uri.joinPath(vscode.Uri.file(study.storePath), '..', 'library');
  await assert.rejects(async () => vscode.workspace.fs.stat(folder));
});

test('an address is fetched, shown with its own title, and the view says how much there is', async () => {
  const running = await companion();
  const { origin, asked, server } = await serving((_request, response) => {
    response.setHeader('etag', '"one"');
    response.end(page('A page of mine'));
  });
  let changes = 0;
  const listening = running.shelf.libraryTree.onDidChangeTreeData(() => changes++);
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  const row = await settled(running);
  assert.equal(row.label, 'A page of mine');
  assert.match(row.description, /^page · 1\.\d kB · searchable · checked today$/);
  assert.equal(running.shelf.libraryTree.description, /1\.\d kB/.exec(row.description)?.[0]);
  const item = running.shelf.libraryTree.getTreeItem(row);
  assert.equal(item.contextValue, 'saved.indexed.web');
  assert.equal(item.accessibilityInformation?.label, row.spoken);
  await until('the tree is told', () => changes > 0);
  listening.dispose();
  assert.deepEqual(asked, ['/a']);
  server.close();
});

test('a change of one document has only its row drawn anew', async () => {
  const running = await companion();
  await emptyShelf(running);
  const folder = await mkdtemp(join(tmpdir(), 'own-'));
  for (const name of ['one', 'two']) {
    await writeFile(join(folder, `${name}.md`), `# ${name}\n\nIt is about ${name}.\n`);
    await vscode.commands.executeCommand('handbook.addToLibrary', vscode.Uri.file(join(folder, `${name}.md`)));
  }
  await rm(folder, { recursive: true });
  const { library, libraryTree } = running.shelf;
  const { shelf, texts } = await library.open();
  await texts.whenIdle();
  await vscode.commands.executeCommand('handbook.library.focus');
  const drawn: unknown[] = [];
  const listening = libraryTree.onDidChangeTreeData((items) => drawn.push(items));
  const [document] = shelf.documents();
  assert.ok(document);
  // Until the view is there, all of it is.
  let n = 0;
  await until('a row is drawn', () => {
    shelf.rename(document.id, `Title ${++n}`);
    return drawn.some(Array.isArray);
  });
  assert.deepEqual(drawn.find(Array.isArray), [{ documentId: document.id }]);
  listening.dispose();
  await emptyShelf(running);
});

test('checking asks again, on request only, and says which links are dead without losing what was saved', async () => {
  const running = await companion();
  await emptyShelf(running);
  let dead = false;
  const { origin, asked, server } = await serving((request, response) => {
    if (dead) response.writeHead(404).end();
    else if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"one"' }).end(page('Kept'));
  });
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  const row = await only(running);
  await rows(running);
  await pause(200);
  assert.equal(asked.length, 1, 'looking at the tree asks nobody');
  await vscode.commands.executeCommand('handbook.checkSaved', row);
  assert.equal(asked.length, 2);
  assert.equal((await settled(running)).context, 'saved.indexed.web');
  dead = true;
  await vscode.commands.executeCommand('handbook.checkSaved');
  const after = await only(running);
  assert.equal(after.context, 'saved.indexed.web.trouble');
  assert.match(after.description, /last check: not found$/);
  const { shelf } = await running.shelf.library.open();
  const document = shelf.document(row.documentId);
  assert.ok(document && shelf.pathOf(document));
  server.close();
});

test('what failed says why, is tried again on request, and removed', async () => {
  const running = await companion();
  await emptyShelf(running);
  let there = false;
  const { origin, server } = await serving((_request, response) => {
    if (there) response.end(page('There at last'));
    else response.writeHead(403).end();
  });
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  const failed = await only(running);
  assert.equal(failed.description, 'failed: needs an account');
  assert.equal(failed.context, 'saved.failed.web.trouble');
  there = true;
  await vscode.commands.executeCommand('handbook.retrySaved', failed, [failed]);
  const fetched = await only(running);
  assert.equal(fetched.label, 'There at last');
  await vscode.commands.executeCommand('handbook.removeSaved', fetched);
  assert.deepEqual(await rows(running), []);
  assert.equal(running.shelf.libraryTree.description, '');
  server.close();
});

test('a fetch can be stopped, and shows how far it is until then', async () => {
  const running = await companion();
  await emptyShelf(running);
  const { origin, server } = await serving((_request, response) => {
    response.writeHead(200, { 'content-length': 100_000 });
    response.write(page('Half').padEnd(50_000));
  });
  const adding = vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  const going = await until('half of it is there', async () => {
    const [row] = await rows(running);
    return row?.description === 'fetching: 50 %' && row;
  });
  assert.equal(going.context, 'saved.fetching.web');
  await vscode.commands.executeCommand('handbook.stopSaved', going);
  await adding;
  assert.equal((await only(running)).description, 'failed: stopped');
  server.closeAllConnections();
  server.close();
});

test('addresses that aren’t fetched are refused before anything is put on the shelf', async () => {
  const running = await companion();
  await emptyShelf(running);
  for (const address of [
    'http://example.com/',
    'https://10.0.0.1/',
    'file:///etc/passwd',
    'https://a:b@example.com/',
    'nonsense',
  ]) {
    await vscode.commands.executeCommand('handbook.addToLibrary', address);
  }
  assert.deepEqual(await rows(running), []);
});

test('a redirect to a forbidden place fails, and says so', async () => {
  const running = await companion();
  await emptyShelf(running);
  const { origin, server } = await serving((_request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  });
  await vscode.commands.executeCommand('handbook.addToLibrary', `${origin}/a`);
  assert.equal((await only(running)).description, 'failed: address not allowed');
  server.close();
});

test('a film of the handbook is kept as a link, and takes a transcript', async () => {
  const running = await companion();
  await emptyShelf(running);
  const { resources } = await running.study.curriculum();
  const film = Object.values(resources).find(({ url }) => url.startsWith('https://www.youtube.com/'));
  assert.ok(film);
  await vscode.commands.executeCommand('handbook.saveOffline', film.id);
  const row = await only(running);
  assert.equal(row.context, 'saved.link.film');
  assert.equal(row.label, film.title);
  assert.match(row.description, /link$/);
  const folder = await mkdtemp(join(tmpdir(), 'transcript-'));
  const file = join(folder, 'talk.vtt');
  await writeFile(file, 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n');
  await vscode.commands.executeCommand('handbook.addTranscript', row, vscode.Uri.file(file));
  assert.equal((await settled(running)).context, 'saved.indexed.film');
  await vscode.commands.executeCommand('handbook.openSaved', await only(running));
  const shown = await until('the transcript is open', () => running.shelf.documents.shown(row.documentId));
  assert.ok(shown.body.type === 'pieces');
  assert.deepEqual(
    shown.body.pieces.map(({ time, text }) => [time, text]),
    [['0:01', 'Hello']],
  );
  assert.ok(shown.citedBy.length > 0, 'the chapters that list the film');
  await closeEverything();
  await rm(folder, { recursive: true });
});

test('a paper of the handbook is wanted in both its forms; what can’t be reached says so', async () => {
  const running = await companion();
  await emptyShelf(running);
  const { resources } = await running.study.curriculum();
  const paper = Object.values(resources).find(({ url }) => url.startsWith('https://arxiv.org/abs/'));
  assert.ok(paper);
  const saving = vscode.commands.executeCommand('handbook.saveOffline', { resourceId: paper.id });
  const row = await until('it is on the shelf', async () => (await rows(running))[0]);
  assert.equal(row.label, paper.title);
  const { shelf } = await running.shelf.library.open();
  const forms = shelf
    .document(row.documentId)
    ?.copies.map(({ form, address }) => `${form} ${new URL(address).pathname.split('/')[1]}`);
  assert.deepEqual(forms, ['main pdf', 'html html']);
  await vscode.commands.executeCommand('handbook.stopSaved', row);
  await saving;
  const document = shelf.document(row.documentId);
  assert.ok(document && documentState(document) === 'failed');
});
