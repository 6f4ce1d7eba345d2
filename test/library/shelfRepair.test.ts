// The shelf after damage and crashes, in real files.

import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { LibraryError } from '../../src/library/libraryError.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { polite, place, window, web, claimed, brought, contents } from './shelfPlace.ts';

test('a file that somebody deleted is fetched anew', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [added] = shelf.add([web('a.org')]);
  assert.ok(added);
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'x', { etag: '"1"' }), polite);
  const kept = shelf.document(added.id);
  assert.ok(kept);
  rmSync(shelf.pathOf(kept) ?? '');
  assert.equal(shelf.pathOf(kept), undefined);
  at.now += 1000;
  shelf.add([web('a.org')]);
  const claim = claimed(shelf.claim('t', polite));
  assert.equal(claim.known, undefined);
  shelf.finish(claim, brought(at, 'x', { etag: '"1"' }), polite);
  assert.equal(readFileSync(shelf.pathOf(kept) ?? '', 'utf8'), 'x');
});

test('a damaged list is set aside with what can be read from it in the new one', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add(Array.from({ length: 200 }, (_, index) => web(`host-${index}.org`)));
  shelf.dispose();
  const path = join(at.path, 'library.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const whole = readFileSync(path);
  writeFileSync(path, Buffer.concat([whole.subarray(0, whole.length - 8192), Buffer.alloc(8192, 7)]));
  const opened = openDatabase(path, () => at.now, 1000);
  t.after(() => {
    opened.db.close();
  });
  assert.ok(opened.setAside && opened.setAside.rescued > 0);
  assert.ok(existsSync(opened.setAside.movedTo));
  const count = opened.db.prepare('SELECT count(*) AS count FROM document').get();
  assert.equal(count?.['count'], opened.setAside.rescued);
});

test('what is no database, or another’s, is set aside; a newer one is left alone', (t) => {
  const at = place(t);
  const path = join(at.path, 'library.db');
  const tryOpen = (): boolean => {
    const { db, setAside } = openDatabase(path, () => (at.now += 1000), 1000);
    db.close();
    return setAside !== undefined;
  };
  writeFileSync(path, 'x'.repeat(5000));
  assert.equal(tryOpen(), true);
  assert.equal(tryOpen(), false);
  truncateSync(path, 100);
  assert.equal(tryOpen(), true);
  const db = new DatabaseSync(path);
  db.exec('PRAGMA application_id = 1');
  db.close();
  assert.equal(tryOpen(), true);
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  assert.throws(tryOpen, (error) => error instanceof LibraryError && error.kind === 'newer');
  assert.throws(tryOpen, /newer version/);
});

test('a list that was cut, and a log without its list, are kept, even in the same moment', (t) => {
  const at = place(t);
  const path = join(at.path, 'library.db');
  const setAsideAt = (): string => {
    const { db, setAside } = openDatabase(path, () => at.now, 1000);
    db.close();
    return setAside?.movedTo ?? assert.fail('it is set aside');
  };
  openDatabase(path, () => at.now, 1000).db.close();
  truncateSync(path, statSync(path).size - 100);
  const first = setAsideAt();
  rmSync(path);
  writeFileSync(`${path}-wal`, 'a log');
  const second = setAsideAt();
  assert.notEqual(first, second);
  assert.equal(readFileSync(`${second}-wal`, 'utf8'), 'a log');
  assert.ok(existsSync(first));
  writeFileSync(`${path}.lock`, 'x'.repeat(200));
  assert.throws(setAsideAt, { name: 'LibraryError', message: /library\.db\.lock\. Delete that file/ });
});

test('what a crash left behind is swept away: contents of nobody, parts of last week', (t) => {
  const at = place(t);
  at.now = Date.now();
  const shelf = window(t, at);
  shelf.add([web('a.org')]);
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'kept'), polite);
  shelf.dispose();
  const orphan = 'ab'.repeat(32);
  mkdirSync(join(at.path, 'content', 'ab'), { recursive: true });
  writeFileSync(join(at.path, 'content', 'ab', `${orphan}.pdf`), 'x');
  writeFileSync(join(at.path, 'content', 'ab', 'somebody’s.txt'), 'x');
  for (const [name, days] of [
    ['old', 8],
    ['new', 6],
  ] as const) {
    writeFileSync(join(at.path, 'parts', name), 'x');
    const time = at.now / 1000 - days * 86_400;
    utimesSync(join(at.path, 'parts', name), time, time);
  }
  window(t, at);
  assert.deepEqual(
    contents(at)
      .map((name) => name.split('/').at(-1)?.length)
      .sort(),
    [14, 69],
  );
  assert.deepEqual(readdirSync(join(at.path, 'parts')), ['new']);
});
