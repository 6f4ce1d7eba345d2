// What is saved is read into the search by the real process, and found in the real database.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { documentProblem, documentState } from '../../src/core/library/savedDocument.ts';
import { openLibrary } from '../../src/library/library.ts';
import type { Library } from '../../src/library/library.ts';
import { searchLibrary } from '../../src/library/search.ts';
import type { SavedHit } from '../../src/library/search.ts';
import { readDocumentText } from '../../src/library/shelf/texts.ts';
import { onePage, stream } from './extract/tinyPdf.ts';
import { folder, noProxy } from './webServer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function open(t: TestContext, place: string): Library {
  const library = openLibrary({
    folder: join(place, 'library'),
    network: () => noProxy,
    quota: () => 1e9,
    userAgent: 'Test/1',
    now: Date.now,
    newId: randomUUID,
    report: () => undefined,
    extract: { entry: join(root, 'dist/extract.mjs'), data: join(root, 'dist/pdf') },
    searchScript: join(root, 'src/library/searchMain.ts'),
  });
  t.after(() => library.dispose());
  return library;
}

async function add(library: Library, place: string, name: string, content: string | Buffer): Promise<string> {
  mkdirSync(join(place, 'own'), { recursive: true });
  const file = join(place, 'own', name);
  writeFileSync(file, content);
  return library.addFile(file, { title: name });
}

const search = ({ shelf }: Library, typed: string): SavedHit[] => shelf.ask((db) => searchLibrary(db, typed, 8));
const found = (library: Library, typed: string): string[] => search(library, typed).map(({ title }) => title);
const notes =
  '# Caching\n\nThe key-value cache *grows* with every token.\n\n## Paging\n\nBlocks are shared between requests.\n';
const words = (library: Library, sql: string): number =>
  library.shelf.ask((db) => Number(Object.values(db.prepare(sql).get() ?? {})[0]));

test('files of every kind are read and found, each by page, heading or time', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const pdf = await add(library, place, 'fox.pdf', onePage({}));
  await add(library, place, 'notes.md', notes);
  await add(
    library,
    place,
    'page.html',
    `<!doctype html><title>A page</title><p>${'Zebras graze on the plain. '.repeat(20)}</p>`,
  );
  await add(library, place, 'talk.vtt', 'WEBVTT\n\n01:02.000 --> 01:04.000\nGiraffes are tall\n');
  await add(library, place, 'plain.txt', 'An otter.\n\nIt swims in rivers.\n');
  await library.texts.whenIdle();
  assert.deepEqual(library.shelf.documents().map(documentState), Array<string>(5).fill('indexed'));
  assert.equal(library.shelf.document(pdf)?.copies[0]?.pages, 1);
  assert.deepEqual(found(library, 'lazy dogs'), ['fox.pdf']);
  assert.equal(search(library, 'quick fox')[0]?.page, 1);
  const [cache] = search(library, 'cache growing');
  assert.deepEqual([cache?.title, cache?.heading], ['notes.md', 'Caching']);
  assert.ok(cache);
  const marked = cache.matches.map(([from, to]) => cache.snippet.slice(from, to));
  assert.deepEqual(marked, ['cache', 'grows']);
  assert.deepEqual(found(library, 'graz'), ['page.html']);
  assert.equal(search(library, 'giraffe')[0]?.seconds, 62);
  assert.deepEqual(found(library, 'rivers'), ['plain.txt']);
  assert.deepEqual(found(library, 'wombat'), []);
});

test('whatever is typed, the search answers', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  await add(library, place, 'notes.md', notes);
  await library.texts.whenIdle();
  for (const typed of [
    '"',
    "'; DROP TABLE passage; --",
    'NOT',
    'a AND OR NEAR(',
    'title:x',
    '*',
    '^cache',
    '\0cache',
    'k-means C++',
    '€',
    'x'.repeat(10_000),
    'cache"*',
  ]) {
    assert.doesNotThrow(() => found(library, typed), typed);
  }
  assert.deepEqual(found(library, 'title:cache AND'), ['notes.md']);
  assert.deepEqual(found(library, 'key-value'), ['notes.md']);
});

test('titles weigh more than text, and a new title is found at once', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const first = await add(
    library,
    place,
    'one.md',
    'Something about llamas, said once in a longer text than the other.',
  );
  const second = await add(library, place, 'two.md', 'Nothing.');
  await library.texts.whenIdle();
  assert.deepEqual(found(library, 'llamas'), ['one.md']);
  library.shelf.rename(second, 'Llamas');
  assert.deepEqual(found(library, 'llamas'), ['Llamas', 'one.md']);
  library.shelf.rename(first, 'Renamed');
  assert.deepEqual(found(library, 'renamed'), ['Renamed']);
});

test('what is removed leaves nothing in the search', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const id = await add(library, place, 'notes.md', notes);
  const other = await add(library, place, 'other.md', 'Blocks of another kind.');
  await library.texts.whenIdle();
  assert.deepEqual(found(library, 'blocks').sort(), ['notes.md', 'other.md']);
  library.shelf.remove([id]);
  assert.deepEqual(found(library, 'blocks'), ['other.md']);
  library.shelf.remove([other]);
  for (const table of ['passage', 'document_text', 'passage_words']) {
    assert.equal(words(library, `SELECT count(*) FROM ${table}`), 0, table);
  }
});

test('a transcript that takes the place of another is found instead of it', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const vtt = (said: string): string => `WEBVTT\n\n00:01.000 --> 00:02.000\n${said}\n`;
  const id = await add(library, place, 'film.vtt', vtt('apples'));
  await library.texts.whenIdle();
  writeFileSync(join(place, 'own', 'film.vtt'), vtt('pears'));
  await library.addFile(join(place, 'own', 'film.vtt'), { documentId: id, form: 'main' });
  await library.texts.whenIdle();
  assert.deepEqual([found(library, 'apples'), found(library, 'pears')], [[], ['film.vtt']]);
  assert.equal(words(library, 'SELECT count(*) FROM passage_words'), 1);
});

test('what can’t be read says why, costs the others nothing, and is read again on request', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const scanned = await add(library, place, 'scan.pdf', onePage({ content: stream('0 0 100 100 re f') }));
  await add(library, place, 'broken.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 7)]));
  await add(library, place, 'notes.md', notes);
  await library.texts.whenIdle();
  const problems = library.shelf.documents().map((document) => [document.title, documentProblem(document)]);
  assert.deepEqual(problems, [
    ['notes.md', undefined],
    ['broken.pdf', 'damaged'],
    ['scan.pdf', 'scanned'],
  ]);
  assert.deepEqual(found(library, 'shared blocks'), ['notes.md']);
  library.texts.again([scanned]);
  assert.equal(documentProblem(library.shelf.document(scanned) ?? assert.fail()), undefined);
  await library.texts.whenIdle();
  assert.equal(documentProblem(library.shelf.document(scanned) ?? assert.fail()), 'scanned');
});

test('a window that closes in the middle leaves the document for the next; two windows read it once', async (t) => {
  const place = folder(t);
  const first = open(t, place);
  const id = await add(first, place, 'notes.md', notes);
  first.texts.start();
  await first.dispose();
  const second = open(t, place);
  const third = open(t, place);
  second.texts.start();
  third.texts.start();
  await Promise.all([second.texts.read(id), third.texts.read(id)]);
  assert.deepEqual(found(third, 'shared blocks'), ['notes.md']);
  assert.equal(words(second, 'SELECT count(*) FROM document_text'), 1);
});

test('a document that is removed while it is read is forgotten, and the next one read', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const id = await add(library, place, 'notes.md', notes);
  library.texts.start();
  await sleep(50);
  library.shelf.remove([id]);
  await add(library, place, 'other.md', 'Another animal.');
  await library.texts.whenIdle();
  assert.deepEqual(found(library, 'blocks animal'), ['other.md']);
});

test('the list of a damaged database is brought over, and its documents are read again', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const id = await add(library, place, 'notes.md', notes);
  await library.texts.whenIdle();
  const page = words(library, "SELECT rootpage FROM sqlite_schema WHERE name = 'passage'");
  await library.dispose();
  const path = join(place, 'library/library.db');
  const whole = readFileSync(path);
  writeFileSync(path, whole.fill(7, (page - 1) * 4096, page * 4096));
  const again = open(t, place);
  assert.match(again.notice ?? '', /damaged/);
  assert.equal(documentState(again.shelf.document(id) ?? assert.fail()), 'fetched');
  await again.texts.whenIdle();
  assert.deepEqual(found(again, 'shared blocks'), ['notes.md']);
});

test('what was read before everything of a PDF was kept is read once more, and its passages stay what they are', async (t) => {
  const place = folder(t);
  const library = open(t, place);
  const paper = readFileSync(join(root, 'test/library/extract/fixtures/tex-2.pdf'));
  const id = await add(library, place, 'paper.pdf', paper);
  const talk = await add(library, place, 'talk.vtt', 'WEBVTT\n\n01:02.000 --> 01:04.000\nGiraffes are tall\n');
  await library.texts.whenIdle();
  const text = ({ shelf }: Library) =>
    shelf.ask((db) => readDocumentText(db, id, 'main')) ?? assert.fail('it was read');
  const ids = 'SELECT sum(id) FROM passage';
  const [before, known] = [text(library), words(library, ids)];
  assert.ok(before.between.some(({ kind }) => kind === 'heading'));
  await library.dispose();
  // As the version before left it.
  const old = new DatabaseSync(join(place, 'library/library.db'));
  old.exec(
    'ALTER TABLE document_text DROP COLUMN rest; ALTER TABLE document_text DROP COLUMN first_page; PRAGMA user_version = 5',
  );
  old.close();
  const again = open(t, place);
  const { firstPage, ...others } = before;
  assert.deepEqual(firstPage, { width: 595.276, height: 841.89 });
  assert.deepEqual(text(again), { ...others, between: [] });
  assert.deepEqual(
    [id, talk].map((one) => documentState(again.shelf.document(one) ?? assert.fail())),
    ['fetched', 'indexed'],
  );
  await again.texts.whenIdle();
  assert.deepEqual(text(again), before);
  assert.equal(words(again, ids), known);
});
