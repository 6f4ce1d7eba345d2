// What bibliographies say of documents, addresses in place of dead ones, and a shelf that is erased: in real files.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { savedAs } from '../../src/core/library/address.ts';
import { documentState, presentAddress } from '../../src/core/library/savedDocument.ts';
import type { NewDocument, SavedDocument } from '../../src/core/library/savedDocument.ts';
import { addDetails, nameDocument } from '../../src/library/shelf/details.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { usualPoliteness } from '../../src/library/shelf/queueRows.ts';
import { replaceLink, restoreLink } from '../../src/library/shelf/replacedLinks.ts';
import { Shelf } from '../../src/library/shelf/shelf.ts';
import { claimReading, finishReading, readDocumentText } from '../../src/library/shelf/texts.ts';
import { folder } from './webServer.ts';

const polite = { ...usualPoliteness, hostMs: () => 0 };

function shelfAt(t: TestContext, path: string): Shelf {
  const { db } = openDatabase(join(path, 'library.db'), () => 1000, 5000);
  let ids = 0;
  const report = (problem: string): never => assert.fail(problem);
  const shelf = new Shelf({ db, folder: path, now: () => 1000, newId: () => `d${++ids}`, quota: () => 1e9, report });
  t.after(() => {
    shelf.dispose();
  });
  return shelf;
}

const listed: NewDocument = {
  address: 'https://arxiv.org/abs/2205.14135',
  title: 'FlashAttention',
  creators: 'Tri Dao',
  kind: 'paper',
  origin: 'address',
  minutes: 0,
  copies: [],
  details: { key: 'dao2022', year: 2022, creators: [{ family: 'Dao', given: 'Tri' }] },
};

/** Brings what is wanted next. */
function bring(shelf: Shelf, path: string, words: string, etag = '"1"'): void {
  const next = shelf.claim('t', polite);
  assert.ok(next.type === 'claim', next.type);
  const hash = createHash('sha256').update(words).digest('hex');
  mkdirSync(join(path, 'parts'), { recursive: true });
  const file = join(path, 'parts', 'x.new');
  writeFileSync(file, words);
  const came = { type: 'new', path: file, hash, bytes: words.length, content: 'html', version: { etag } } as const;
  assert.ok(shelf.finish(next.claim, came, polite));
}

function addressOfNext(shelf: Shelf): string | undefined {
  const next = shelf.claim('t', polite);
  if (next.type !== 'claim') return undefined;
  assert.equal(next.claim.known, undefined, 'what another server said of it counts for nothing');
  shelf.release(next.claim);
  return next.claim.address;
}

function read(shelf: Shelf): void {
  shelf.within((db) => {
    const reading = claimReading(db, 'r', { now: 1000, until: 2000 });
    assert.ok(reading);
    const passage = { kind: 'text', heading: '', text: 'The secretword of the page.', boxes: [] } as const;
    finishReading(db, reading, { outline: [], passages: [passage] });
  });
}

function only(shelf: Shelf): SavedDocument {
  const [document, ...more] = shelf.documents();
  assert.ok(document && more.length === 0);
  return document;
}

test('an entry of a bibliography is listed and not fetched, until it is asked for', (t) => {
  const path = folder(t);
  const shelf = shelfAt(t, path);
  const [document] = shelf.add([listed]);
  assert.ok(document && documentState(document) === 'listed');
  assert.deepEqual(document.details, listed.details);
  shelf.want([document.id]);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
  shelf.add([{ ...document, copies: savedAs(document.address)?.copies ?? [] }]);
  assert.equal(addressOfNext(shelf), 'https://arxiv.org/pdf/2205.14135');
  assert.deepEqual(only(shelf).details, listed.details);
  // Entries without an address are different texts.
  shelf.add([
    { ...listed, address: '' },
    { ...listed, address: '' },
  ]);
  assert.equal(shelf.documents().length, 3);
});

test('what is known of a document grows, and is never overwritten', (t) => {
  const shelf = shelfAt(t, folder(t));
  const address = 'https://example.org/a';
  const { details: _, ...page } = listed;
  shelf.add([{ ...page, address, title: address, creators: '' }]);
  const before = only(shelf);
  assert.equal(before.details, undefined);
  shelf.within((db) => {
    addDetails(db, before, { year: 2020, key: 'a' });
    nameDocument(db, before.id, { title: 'Its title', creators: 'Ann Author' });
  });
  const named = only(shelf);
  assert.deepEqual([named.title, named.creators, named.details], ['Its title', 'Ann Author', { year: 2020, key: 'a' }]);
  shelf.within((db) => {
    addDetails(db, named, { year: 1999, venue: 'Acta', doi: 'nonsense' });
    nameDocument(db, named.id, { title: 'Another', creators: 'Bob' });
  });
  const after = only(shelf);
  assert.deepEqual([after.title, after.creators], ['Its title', 'Ann Author']);
  assert.deepEqual(after.details, { year: 2020, key: 'a', venue: 'Acta' });
});

test('details that make no sense are left out, and spoil nothing', (t) => {
  const shelf = shelfAt(t, folder(t));
  shelf.add([listed]);
  for (const json of ['{', '[]', '7', '{"key": "a b}", "creators": [1, {}], "url": "javascript:x", "year": 1e9}']) {
    shelf.within((db) => db.prepare('UPDATE document SET details = ?').run(json));
    assert.equal(only(shelf).details, undefined, json);
  }
});

test('another address is asked from now on, what was kept stays until something has come, and it can be undone', (t) => {
  const path = folder(t);
  const shelf = shelfAt(t, path);
  const main = { form: 'main', address: 'https://a.org/x.pdf', optional: false } as const;
  const html = { form: 'html', address: 'https://a.org/x', optional: true } as const;
  shelf.add([{ ...listed, address: 'https://a.org/x', copies: [main, html] }]);
  bring(shelf, path, 'printed');
  bring(shelf, path, 'page');
  read(shelf);
  read(shelf);
  const before = only(shelf);
  const as = savedAs('https://b.org/new') ?? assert.fail();
  shelf.within((db) => {
    replaceLink(db, before, as);
  });
  const moved = only(shelf);
  assert.deepEqual([moved.address, presentAddress(moved)], ['https://a.org/x', 'https://b.org/new']);
  assert.equal(documentState(moved), 'indexed');
  assert.equal(shelf.ask((db) => readDocumentText(db, moved.id, 'main'))?.passages.length, 1);
  shelf.want([moved.id]);
  assert.equal(addressOfNext(shelf), 'https://b.org/new');
  // The page that only the old address had is kept, and not asked for.
  shelf.stop([moved.id]);
  assert.deepEqual(
    only(shelf).copies.map(({ form, address, content }) => [form, address, content !== undefined]),
    [
      ['main', 'https://b.org/new', true],
      ['html', '', true],
    ],
  );
  // A second choice doesn't forget where it came from.
  const arxiv = savedAs('https://arxiv.org/abs/2205.14135') ?? assert.fail();
  shelf.within((db) => {
    replaceLink(db, only(shelf), arxiv);
  });
  assert.deepEqual(
    only(shelf).copies.map(({ address }) => address),
    ['https://arxiv.org/pdf/2205.14135', 'https://arxiv.org/html/2205.14135'],
  );
  shelf.within((db) => {
    restoreLink(db, moved.id);
  });
  const back = only(shelf);
  assert.equal(back.instead, undefined);
  assert.deepEqual(
    back.copies.map(({ address, content }) => [address, content?.hash]),
    before.copies.map(({ address, content }) => [address, content?.hash]),
  );
});

test('a file of the learner’s isn’t asked for at another address', (t) => {
  const path = folder(t);
  const shelf = shelfAt(t, path);
  shelf.add([listed]);
  mkdirSync(join(path, 'parts'), { recursive: true });
  const file = join(path, 'parts', 'own');
  writeFileSync(file, 'mine');
  const hash = createHash('sha256').update('mine').digest('hex');
  shelf.addOwn({ documentId: 'd1', form: 'main' }, { path: file, hash, bytes: 4, type: 'pdf' });
  shelf.within((db) => {
    replaceLink(db, only(shelf), savedAs('https://b.org/') ?? assert.fail());
  });
  assert.equal(only(shelf).copies[0]?.address, '');
  shelf.want(['d1']);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('a shelf that is erased leaves nothing behind, and takes new documents', (t) => {
  const path = folder(t);
  const shelf = shelfAt(t, path);
  const main = { form: 'main', address: 'https://a.org/x', optional: false } as const;
  shelf.add([{ ...listed, title: 'Secrettitle', copies: [main] }]);
  bring(shelf, path, 'secretcontent');
  read(shelf);
  writeFileSync(join(path, 'library.db.damaged-2020'), 'secretold');
  let told = 0;
  shelf.onDidChange(() => {
    told++;
  });
  shelf.erase();
  assert.ok(told > 0);
  assert.deepEqual(shelf.documents(), []);
  assert.equal(shelf.bytes(), 0);
  assert.ok(!existsSync(join(path, 'content')) && !existsSync(join(path, 'library.db.damaged-2020')));
  for (const name of ['library.db', 'library.db-wal']) {
    const bytes = existsSync(join(path, name)) ? readFileSync(join(path, name), 'latin1').toLowerCase() : '';
    for (const word of ['secrettitle', 'secretword', 'secretcont', 'arxiv.org/abs/2205']) {
      assert.ok(!bytes.includes(word), `${word} in ${name}`);
    }
  }
  shelf.add([{ ...listed, copies: [main] }]);
  bring(shelf, path, 'again');
  assert.equal(documentState(only(shelf)), 'fetched');
});
