import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { ankiNoteOf } from '../../src/core/study/ankiNote.ts';
import { listCards, readReviews } from '../../src/store/cards.ts';
import type { AnkiPackage } from '../../src/store/ankiCollection.ts';
import { readAnkiPackage } from '../../src/store/readAnkiPackage.ts';
import type { Store } from '../../src/store/store.ts';
import { writeAnkiPackage } from '../../src/store/writeAnkiPackage.ts';
import { freshPath, open, seeded } from './support.ts';

const morning = Date.UTC(2026, 0, 5, 9);
const day = 86_400_000;

function packed(store: Store): Uint8Array {
  const cards = store.read((db) => listCards(db).map((card) => ({ card, reviews: readReviews(db, card.id) })));
  return writeAnkiPackage(cards, morning + 30 * day);
}

function someStore(t: TestContext): Store {
  let clock = morning;
  const { store } = open(t, freshPath(t), { now: () => (clock += 60_000) });
  const make = (subject: string, front: string): void => {
    store.record({
      kind: 'card',
      subject,
      card: { front, back: '**A** $x<1$', tags: ['own'], origin: { chapterId: 'lora' } },
    });
  };
  make('own:1', 'Why $r$?');
  make('anki:Xy!z', 'from Anki');
  make('own:3', 'suspended');
  store.record({ kind: 'review', subject: 'anki:Xy!z', rating: 4, ms: 5000 });
  clock += 9 * day;
  store.record({ kind: 'review', subject: 'anki:Xy!z', rating: 1 });
  store.record({ kind: 'suspend', subject: 'own:3', suspended: true });
  return store;
}

function read(bytes: Uint8Array): AnkiPackage {
  const found = readAnkiPackage(bytes);
  assert.ok(typeof found !== 'string', typeof found === 'string' ? found : '');
  return found;
}

/** The database of a package, changed by `sql`, in a package again. */
function changed(t: TestContext, bytes: Uint8Array, sql: string): Uint8Array {
  const file = unzipSync(bytes)['collection.anki2'] ?? new Uint8Array();
  const other = `${freshPath(t)}.anki`;
  writeFileSync(other, file);
  const anki = new DatabaseSync(other);
  anki.exec(sql);
  anki.close();
  return zipSync({ 'collection.anki2': new Uint8Array(readFileSync(other)) });
}

test('cards, tags and reviews come out of a package as they went in', (t) => {
  const store = someStore(t);
  const found = read(packed(store));
  const expected = store.read(listCards).map(({ id, text }) => ankiNoteOf(id, text));
  const byGuid = (notes: AnkiPackage['notes']): unknown => [...notes].sort((a, b) => (a.guid < b.guid ? -1 : 1));
  assert.deepEqual(byGuid(found.notes), byGuid(expected));
  const reviews = store.read((db) => readReviews(db, 'anki:Xy!z'));
  assert.deepEqual(
    found.reviews.map(({ guid, at, rating, ms }) => ({ guid, at, rating, ms })),
    reviews.map(({ at, rating, ms = 0 }) => ({ guid: 'Xy!z', at, rating, ms })),
  );
});

test('a package has the form that every Anki reads: due days count from its start, suspended cards wait', (t) => {
  const path = `${freshPath(t)}.anki`;
  writeFileSync(path, unzipSync(packed(someStore(t)))['collection.anki2'] ?? new Uint8Array());
  const db = new DatabaseSync(path, { readOnly: true });
  t.after(() => {
    db.close();
  });
  const row = db.prepare('SELECT ver, crt, models, decks, dconf FROM col').get();
  assert.equal(row?.['ver'], 11);
  for (const name of ['models', 'decks', 'dconf']) assert.equal(typeof JSON.parse(String(row[name])), 'object');
  const cards = db.prepare('SELECT type, queue, due, reps, data FROM cards ORDER BY id').all();
  assert.deepEqual(
    cards.map(({ type, queue }) => [type, queue]),
    [
      [0, 0],
      [3, 1],
      [0, -1],
    ],
  );
  assert.match(String(cards[1]?.['data']), /^\{"s":\d/);
  assert.equal(db.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
});

test('kinds of notes with several cards, gaps and conditions are filled', (t) => {
  const models = {
    7: {
      flds: [{ name: 'Front' }, { name: 'Back' }, { name: 'Extra' }],
      tmpls: [
        {
          qfmt: '{{Front}}',
          afmt: '{{FrontSide}}<hr id=answer>{{Back}}{{#Extra}} ({{Extra}}){{/Extra}}{{^Extra}}!{{/Extra}}',
        },
        { qfmt: '{{Back}}', afmt: '{{FrontSide}}\n<hr id="answer">\n{{Front}}' },
      ],
    },
    8: { flds: [{ name: 'Text' }], tmpls: [{ qfmt: '{{cloze:Text}}', afmt: '{{cloze:Text}}' }] },
  };
  const bytes = changed(
    t,
    packed(someStore(t)),
    `UPDATE col SET models = '${JSON.stringify(models)}';
     DELETE FROM cards; DELETE FROM notes; DELETE FROM revlog;
     INSERT INTO notes VALUES (1, 'g1', 7, 0, 0, ' a b ', 'Q\u001fA\u001fmore', 'Q', 0, 0, '');
     INSERT INTO notes VALUES (2, 'g2', 8, 0, 0, '', 'A {{c1::KV cache}} holds {{c2::keys::what?}}', '', 0, 0, '');
     INSERT INTO notes VALUES (3, 'g3', 99, 0, 0, '', 'only' || char(31) || 'fields', '', 0, 0, '');
     INSERT INTO cards SELECT column1, column2, 1, column3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''
       FROM (VALUES (1, 1, 0), (2, 1, 1), (3, 2, 0), (4, 2, 1), (5, 3, 0));`,
  );
  assert.deepEqual(
    read(bytes).notes.map(({ guid, front, back }) => [guid, front, back]),
    [
      ['g1', 'Q', 'A (more)'],
      ['g1#1', 'A', '\nQ'],
      ['g2', 'A <b>[…]</b> holds keys', 'A <b>KV cache</b> holds keys'],
      ['g2#1', 'A KV cache holds <b>[what?]</b>', 'A KV cache holds <b>keys</b>'],
      ['g3', 'only', 'fields'],
    ],
  );
  assert.deepEqual(read(bytes).notes[0]?.tags, ['a', 'b']);
});

test('the newest form, compressed and with kinds in tables, is read too', (t) => {
  const text = (field: number, words: string): string => {
    const bytes = Buffer.from(words);
    return Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]).toString('hex');
  };
  const config = `08ff01${text(1, '{{Word}}')}${text(2, '{{FrontSide}}<hr id=answer>{{Meaning}} - {{Word}}')}`;
  const old = changed(
    t,
    packed(someStore(t)),
    `UPDATE col SET models = '';
     CREATE TABLE notetypes (id integer primary key, name text);
     CREATE TABLE fields (ntid integer, ord integer, name text, config blob);
     CREATE TABLE templates (ntid integer, ord integer, name text, config blob);
     INSERT INTO fields VALUES (7, 1, 'Meaning', x''), (7, 0, 'Word', x'');
     INSERT INTO templates VALUES (7, 0, 'Card 1', x'${config}');
     UPDATE notes SET mid = 7;`,
  );
  const database = unzipSync(old)['collection.anki2'] ?? new Uint8Array();
  const bytes = zipSync({
    'collection.anki21b': new Uint8Array(zstdCompressSync(database)),
    'collection.anki2': strToU8('an old one, which only says that Anki should be updated'),
    meta: new Uint8Array([8, 3]),
  });
  const note = read(bytes).notes.find(({ guid }) => guid === 'own:1');
  assert.match(note?.front ?? '', /Why \\\(r\\\)/);
  assert.match(note?.back ?? '', /<strong>A<\/strong>.* - .*Why/s);
});

test('whatever is wrong with a file is one sentence, and nothing is left behind', (t) => {
  const good = packed(someStore(t));
  const temporary = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('handbook-anki-')).length;
  const before = temporary();
  const database = unzipSync(good)['collection.anki2'] ?? new Uint8Array();
  const spoiled = Uint8Array.from(database);
  spoiled.fill(0xaa, 4096, 20_000);
  const zeros = new Uint8Array(3_000_000);
  const lying = Uint8Array.from(zipSync({ 'collection.anki2': zeros }));
  // Says that it unpacks to 2 GB, in the file's head and in the zip's list.
  const view = new DataView(lying.buffer);
  for (let at = 0; at + 4 < lying.length; at++)
    if (view.getUint32(at, true) === zeros.length) view.setUint32(at, 2 ** 31, true);
  const small = Uint8Array.from(zipSync({ 'collection.anki2': zeros }));
  const smallView = new DataView(small.buffer);
  for (let at = 0; at + 4 < small.length; at++)
    if (smallView.getUint32(at, true) === zeros.length) smallView.setUint32(at, 10, true);
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['empty', new Uint8Array(), /isn’t a package/],
    ['text', strToU8('Dear diary'), /isn’t a package/],
    ['a zip of something else', zipSync({ 'a.txt': strToU8('x') }), /no collection/],
    ['cut short', good.subarray(0, good.length / 2), /isn’t a package/],
    [
      'no database',
      zipSync({ 'collection.anki2': strToU8('not a database, but long enough to be one'.repeat(50)) }),
      /damaged/,
    ],
    ['a damaged database', zipSync({ 'collection.anki2': spoiled }), /damaged|no cards/],
    ['a cut database', zipSync({ 'collection.anki2': database.subarray(0, 5000) }), /damaged|no cards/],
    ['a bomb that says so', lying, /too large/],
    ['a bomb that lies', small, /damaged|isn’t a package|no collection/],
    [
      'a compressed bomb',
      zipSync({ 'collection.anki21b': new Uint8Array(zstdCompressSync(new Uint8Array(257 * 1024 * 1024))) }),
      /too large, or damaged/,
    ],
    ['other tables', changed(t, good, 'DROP TABLE notes; CREATE TABLE notes (x)'), /damaged/],
    [
      'a view that never ends',
      changed(
        t,
        good,
        'DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS id FROM n',
      ),
      /no collection/,
    ],
    ['no cards', changed(t, good, 'DELETE FROM cards'), /no cards/],
  ];
  for (const [name, bytes, problem] of cases) {
    const found = readAnkiPackage(bytes);
    assert.ok(typeof found === 'string', name);
    assert.match(found, problem, name);
    assert.doesNotMatch(found, /\n|undefined|Error/, name);
  }
  assert.equal(temporary(), before);
});

test('bytes changed at random never throw', (t) => {
  const good = packed(someStore(t));
  const database = unzipSync(good)['collection.anki2'] ?? new Uint8Array();
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    const bytes = Uint8Array.from(database);
    for (let n = 0; n < 40; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const found = readAnkiPackage(zipSync({ 'collection.anki2': bytes }));
    assert.ok(typeof found === 'string' || found.notes.length > 0);
  }
});
