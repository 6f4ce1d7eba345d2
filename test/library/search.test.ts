// The search of the library: in its own thread on a real database.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findForQuestion, readPassage, searchLibrary } from '../../src/library/search.ts';
import { SearchThread } from '../../src/library/searchThread.ts';
import { made } from './madeLibrary.ts';
import { folder } from './webServer.ts';

const script = fileURLToPath(new URL('../../src/library/searchMain.ts', import.meta.url));

const titles = (hits: readonly { readonly title: string }[]): string[] => hits.map(({ title }) => title);

test('the thread answers searches and questions, and those that come at the same time each get their own', async (t) => {
  const { path } = made(t, [
    { title: 'Bees', passages: ['Bees dance to show the way.'] },
    { title: 'Bread', passages: ['Bread rises while yeast ferments sugar.'] },
  ]);
  const search = new SearchThread(script, path);
  t.after(() => search.dispose());
  const [bees, bread, finds] = await Promise.all([
    search.search('danc', 8),
    search.search('yeast', 8),
    search.find('Why does bread rise?', 8),
  ]);
  assert.deepEqual([titles(bees), titles(bread)], [['Bees'], ['Bread']]);
  assert.deepEqual(
    finds.found.map(({ passage }) => passage.title),
    ['Bread'],
  );
  assert.deepEqual(
    finds.words.map(({ word, passages }) => [word, passages]),
    [
      ['bread', 1],
      ['rise', 1],
    ],
  );
  assert.equal(finds.passages, 2);
});

test('it sees what another connection has written since', async (t) => {
  const { path, db } = made(t, [{ title: 'Bees', passages: ['Bees dance.'] }]);
  const search = new SearchThread(script, path);
  t.after(() => search.dispose());
  assert.equal((await search.search('bees', 8)).length, 1);
  db.exec('DELETE FROM document');
  assert.deepEqual(await search.search('bees', 8), []);
});

test('every search is answered: without a database, and when the window closes', async (t) => {
  const missing = new SearchThread(script, join(folder(t), 'none.db'));
  t.after(() => missing.dispose());
  await assert.rejects(missing.search('bees', 8), { name: 'LibraryError' });
  // Not for good: the next one is tried again, and fails by itself.
  await assert.rejects(missing.search('bees', 8), { name: 'LibraryError' });

  const { path } = made(t, [{ title: 'Bees', passages: ['Bees dance.'] }]);
  const closing = new SearchThread(script, path);
  const under = closing.search('bees', 8);
  await Promise.all([assert.rejects(under, { kind: 'closed' }), closing.dispose()]);
  await assert.rejects(closing.search('bees', 8), { kind: 'closed' });
});

test('a passage with every word comes before one that says a single word often', (t) => {
  const { db } = made(t, [
    { title: 'One', passages: [`${'cache '.repeat(30)} and nothing else`] },
    { title: 'Both', passages: ['The cache is divided into pages, which requests share.'] },
  ]);
  assert.deepEqual(titles(searchLibrary(db, 'cache pages', 8)), ['Both', 'One']);
});

test('a compound is found however it is written, and British spelling by American words', (t) => {
  const { db } = made(t, [
    { title: 'Hyphen', passages: ['The key-value store.'] },
    { title: 'Apart', passages: ['Another key value store.'] },
    { title: 'Neither', passages: ['A value without its key.'] },
    { title: 'British', passages: ['Quantisation costs little.'] },
  ]);
  assert.deepEqual(titles(searchLibrary(db, 'key-value', 8)).sort(), ['Apart', 'Hyphen']);
  for (const typed of ['quantization', 'quantisation']) {
    assert.deepEqual(titles(searchLibrary(db, typed, 8)), ['British'], typed);
  }
});

test('where every word is common the search still ranks, and looks at a part only', (t) => {
  const filler = Array.from({ length: 7000 }, (_, n) => `A model of ${n} things.`);
  const { db } = made(t, [
    { title: 'Many', passages: filler },
    { title: 'About', heading: 'What a model is', passages: ['A model says what it says.'] },
  ]);
  const hits = searchLibrary(db, 'model', 8);
  assert.ok(hits.length > 0);
  const finds = findForQuestion(db, 'what is a model?', 8);
  assert.ok(finds.found.length > 0);
  // Beyond what is counted it is estimated.
  const [word] = finds.words;
  assert.ok(word && Math.abs(word.passages - 7001) < 300, String(word?.passages));
  // A rare word beside it leads straight there.
  assert.equal(searchLibrary(db, 'model 6543', 8)[0]?.text, 'A model of 6543 things.');
});

test('of a paper that is kept as PDF and as page only the PDF is found', (t) => {
  const { db } = made(t, [
    { title: 'Paper', passages: ['Bees dance.'] },
    { title: 'Paper', form: 'html', passages: ['Bees dance.'] },
    { title: 'Page', form: 'html', passages: ['Bees dance, too.'] },
  ]);
  const forms = searchLibrary(db, 'bees', 8).map(({ title, form }) => [title, form]);
  assert.deepEqual(forms.sort(), [
    ['Page', 'html'],
    ['Paper', 'main'],
  ]);
});

test('a passage is read by its place until it isn’t there any more', (t) => {
  const { db } = made(t, [{ title: 'Bees', passages: ['Bees dance.', 'They sting.'] }]);
  const place = { documentId: 'Bees', form: 'main', number: 1 } as const;
  assert.equal(readPassage(db, place)?.text, 'They sting.');
  assert.equal(readPassage(db, { ...place, number: 2 }), undefined);
  db.exec('DELETE FROM document');
  assert.equal(readPassage(db, place), undefined);
});
