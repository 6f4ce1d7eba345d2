import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { NewStudyEvent, Note, StudyEvent } from '../../src/core/study/studyEvent.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import { allNotes, lastNoteOf, noteCounts, notesOfChapter, noteVersion, noteWithId } from '../../src/store/notes.ts';
import { freshPath, open } from './support.ts';

const note = (text: string, chapterId = 'lora'): Note => ({
  chapterId,
  anchor: 'why',
  quote: `the words of ${text}`,
  before: 'before ',
  after: ' after',
  text,
});
const about = (subject: string, value: Note | null): NewStudyEvent => ({ kind: 'note', subject, note: value });

test('a note is there once it is made, as it was last changed, until it is deleted', (t) => {
  let now = 1000;
  const { store } = open(t, freshPath(t), { now: () => now });
  store.record(about('a', note('first')));
  now = 2000;
  store.record(about('a', note('second')));
  assert.deepEqual(
    store.read((db) => noteWithId(db, 'a')),
    {
      id: 'a',
      ...note('second'),
      madeAt: 1000,
      changedAt: 2000,
    },
  );
  store.record(about('a', null));
  assert.equal(
    store.read((db) => noteWithId(db, 'a')),
    undefined,
  );
  assert.deepEqual(
    store.read((db) => lastNoteOf(db, 'a')),
    note('second'),
  );
  assert.equal(
    store.read((db) => lastNoteOf(db, 'never')),
    undefined,
  );
});

test('notes are listed by chapter, counted, and all of them with the last changed first', (t) => {
  const { store } = open(t, freshPath(t));
  store.recordAll([about('a', note('a')), about('b', note('b', 'rnn')), about('c', note('c'))]);
  store.record(about('a', note('a again')));
  assert.deepEqual(
    store.read((db) => notesOfChapter(db, 'lora')).map(({ id }) => id),
    ['a', 'c'],
  );
  assert.deepEqual(
    [...store.read(noteCounts)],
    [
      ['lora', 2],
      ['rnn', 1],
    ],
  );
  assert.deepEqual(
    store.read(allNotes).map(({ id }) => id),
    ['a', 'c', 'b'],
  );
  const version = store.read(noteVersion);
  store.record({ kind: 'chapter', subject: 'lora', state: 'studied' });
  assert.equal(store.read(noteVersion), version);
  store.record(about('b', null));
  assert.notEqual(store.read(noteVersion), version);
});

test('histories of two machines give the same notes in either order', (t) => {
  const event = (id: string, at: number, subject: string, value: Note | null): StudyEvent => ({
    id,
    at,
    kind: 'note',
    subject,
    note: value,
  });
  const here = [event('1', 10, 'a', note('old')), event('2', 30, 'b', note('b')), event('3', 50, 'c', null)];
  const there = [event('4', 20, 'a', note('new')), event('5', 25, 'b', null), event('6', 40, 'c', note('c'))];
  const both = [here, there].map((first) => {
    const { store } = open(t, freshPath(t), { now: () => 100 });
    store.unite(first);
    store.unite(first === here ? there : here);
    return store.read(allNotes);
  });
  assert.deepEqual(both[0], both[1]);
  assert.deepEqual(
    both[0]?.map(({ id, text, madeAt }) => [id, text, madeAt]),
    [
      ['b', 'b', 30],
      ['a', 'new', 10],
    ],
  );
});

test('a database from before there was the table gets the notes of its history', (t) => {
  const path = freshPath(t);
  open(t, path).store.dispose();
  const db = new DatabaseSync(path);
  db.exec(`DROP TABLE note; PRAGMA user_version = ${schemaVersion - 1}`);
  const put = db.prepare('INSERT INTO event (id, at, kind, subject, body) VALUES (?, ?, ?, ?, ?)');
  put.run('1', 10, 'note', 'a', JSON.stringify({ note: note('old') }));
  put.run('2', 20, 'note', 'a', JSON.stringify({ note: note('new') }));
  put.run('3', 10, 'note', 'b', JSON.stringify({ note: note('b') }));
  put.run('4', 20, 'note', 'b', JSON.stringify({ note: null }));
  put.run('5', 10, 'note', 'c', 'no JSON');
  put.run('6', 10, 'note', 'd', JSON.stringify({ note: { chapterId: 'lora' } }));
  db.close();
  const { store } = open(t, path);
  assert.deepEqual(store.read(allNotes), [{ id: 'a', ...note('new'), madeAt: 10, changedAt: 20 }]);
});

test('5,000 notes are listed', (t) => {
  const { store } = open(t, freshPath(t));
  store.recordAll(Array.from({ length: 5000 }, (_, at) => about(`n${at}`, note(`text ${at}`, `chapter-${at % 50}`))));
  assert.equal(store.read(allNotes).length, 5000);
  assert.equal(store.read((db) => notesOfChapter(db, 'chapter-7')).length, 100);
});
