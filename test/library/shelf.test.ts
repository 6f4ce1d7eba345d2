// The shelf's database, in real files.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { documentBytes, documentState } from '../../src/core/library/savedDocument.ts';
import { copyOwnFile } from '../../src/library/ownFile.ts';
import { FetchError } from '../../src/library/fetch/fetchError.ts';
import type { Outcome } from '../../src/library/shelf/queueRows.ts';
import { claimReading, finishReading, keepPosition } from '../../src/library/shelf/texts.ts';
import { polite, place, window, web, claimed, brought, failure, contents } from './shelfPlace.ts';

test('a document goes from wanted to kept, and is there when the shelf is opened anew', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [added] = shelf.add([web('a.org')]);
  assert.ok(added && documentState(added) === 'queued');
  const claim = claimed(shelf.claim('t', polite));
  assert.equal(documentState(shelf.document(added.id) ?? added), 'fetching');
  assert.equal(shelf.keep(claim, polite, 10, 100), true);
  assert.deepEqual(
    shelf.document(added.id)?.copies.map(({ done, total }) => [done, total]),
    [[10, 100]],
  );
  at.now += 5000;
  assert.equal(shelf.finish(claim, brought(at, 'a page', { etag: '"1"' }), polite), true);
  shelf.dispose();

  const again = window(t, at);
  const [kept] = again.documents();
  assert.ok(kept && documentState(kept) === 'fetched');
  const { copies, ...document } = kept;
  assert.deepEqual(document, {
    id: 'a1',
    address: 'https://a.org/',
    title: 'At a.org',
    creators: 'Ann',
    kind: 'article',
    origin: 'resource',
    minutes: 5,
    addedAt: 1_000_000,
  });
  assert.equal(copies[0]?.checkedAt, 1_005_000);
  assert.equal(readFileSync(again.pathOf(kept) ?? '', 'utf8'), 'a page');
  const reading = again.within((db) => claimReading(db, 't', { now: at.now, until: at.now + 1000 }));
  assert.ok(reading && reading.hash === copies[0].content?.hash);
  again.within((db) => {
    finishReading(db, reading, { outline: [], passages: [], pages: 3 });
  });
  assert.equal(documentState(again.document(kept.id) ?? kept), 'indexed');
  assert.deepEqual(again.claim('t', polite), { type: 'idle' });
});

test('the same address is one document; adding it again fetches nothing that is there', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [first] = shelf.add([web('a.org')]);
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'x'), polite);
  const [second] = shelf.add([web('a.org', { title: 'Another title', origin: 'address' })]);
  assert.equal(first?.id, second?.id);
  assert.equal(second?.title, 'At a.org');
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('a paper is kept without its page, where there is none; a film is a link', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const main = { form: 'main', address: 'https://a.org/pdf', optional: false } as const;
  const html = { form: 'html', address: 'https://a.org/html', optional: true } as const;
  const [paper, film] = shelf.add([
    web('a.org', { copies: [main, html] }),
    { ...web('films.org', { copies: [] }), address: 'https://vimeo.com/1' },
  ]);
  assert.ok(paper && film && documentState(film) === 'link');
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'pdf'), polite);
  at.now += 2000;
  const second = claimed(shelf.claim('t', polite));
  assert.equal(second.form, 'html');
  shelf.finish(second, { ...failure, reason: 'not-found' }, polite);
  const kept = shelf.document(paper.id);
  assert.ok(kept && documentState(kept) === 'fetched');
  assert.equal(kept.copies[1]?.state, 'absent');
  // Nor is it looked for again by the way.
  shelf.add([web('a.org', { copies: [main, html] })]);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('looking after what is there keeps it, whatever comes of it', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [added] = shelf.add([web('a.org')]);
  assert.ok(added);
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'old', { etag: '"1"' }), polite);
  const check = (outcome: Outcome): ReturnType<typeof shelf.document> => {
    at.now += 10_000;
    shelf.want([added.id]);
    const document = shelf.document(added.id);
    assert.ok(document && documentState(document) === 'checking');
    const claim = claimed(shelf.claim('t', polite));
    assert.deepEqual(claim.known, { etag: '"1"' });
    shelf.finish(claim, outcome, polite);
    return shelf.document(added.id);
  };
  const unchanged = check({ type: 'unchanged' });
  assert.equal(unchanged?.copies[0]?.checkedAt, at.now);
  const gone = check({ ...failure, reason: 'not-found' });
  assert.ok(gone && documentState(gone) === 'fetched' && gone.copies[0]?.failure?.reason === 'not-found');
  assert.equal(readFileSync(shelf.pathOf(gone) ?? '', 'utf8'), 'old');
  const changed = check(brought(at, 'new', { etag: '"1"' }));
  assert.ok(changed && changed.copies[0]?.failure === undefined);
  assert.equal(readFileSync(shelf.pathOf(changed) ?? '', 'utf8'), 'new');
  assert.equal(contents(at).length, 1);
});

test('the same bytes are kept once, for as long as somebody has them', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const added = shelf.add([web('a.org'), web('b.org')]);
  added.forEach(() => {
    shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'same'), polite);
  });
  assert.equal(contents(at).length, 1);
  assert.equal(shelf.bytes(), 4);
  shelf.remove([added[0]?.id ?? '']);
  assert.equal(contents(at).length, 1);
  shelf.remove([added[1]?.id ?? '']);
  assert.deepEqual([contents(at), shelf.documents(), shelf.bytes()], [[], [], 0]);
});

test('where there is no room, what was read least recently goes; what the learner added stays', async (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const fetch = (host: string, bytes: number): string => {
    const [added] = shelf.add([web(host)]);
    shelf.finish(claimed(shelf.claim('t', polite)), brought(at, host.padEnd(bytes)), polite);
    at.now += 10_000;
    return added?.id ?? '';
  };
  at.quota = 100;
  const own = join(at.path, 'own.md');
  writeFileSync(own, '# My own notes, of thirty bytes');
  const ownId = shelf.addOwn({ title: 'own' }, await copyOwnFile(own, join(at.path, 'parts'), 'own', 1000));
  const [a, b] = [fetch('a.org', 30), fetch('b.org', 30)];
  shelf.noteRead(a);
  const c = fetch('c.org', 30);
  const states = (): string[] =>
    [ownId, a, b, c].map((id) => {
      const document = shelf.document(id);
      return document ? documentState(document) : 'gone';
    });
  assert.deepEqual(states(), ['fetched', 'fetched', 'dropped', 'fetched']);
  assert.ok(shelf.bytes() <= 100);
  // It can be fetched again; then another one goes.
  shelf.add([web('b.org')]);
  shelf.finish(claimed(shelf.claim('t', polite)), brought(at, 'b.org'.padEnd(30)), polite);
  assert.deepEqual(states(), ['fetched', 'dropped', 'fetched', 'fetched']);
  // More than there ever is room for beside the learner's own.
  at.now += 10_000;
  const big = fetch('d.org', 90);
  assert.equal(shelf.document(big)?.copies[0]?.failure?.reason, 'library-full');
  assert.equal(states()[0], 'fetched');
});

test('a file of the learner’s is copied, known by its bytes, and the same file again is the same document', async (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const file = join(at.path, 'paper.txt');
  writeFileSync(file, '%PDF-1.7\nhello');
  const copy = () => copyOwnFile(file, join(at.path, 'parts'), String(Math.random()), 1000);
  const id = shelf.addOwn({ title: 'paper' }, await copy());
  assert.equal(shelf.addOwn({ title: 'paper again' }, await copy()), id);
  writeFileSync(file, 'changed since');
  const document = shelf.document(id);
  assert.ok(document && documentState(document) === 'fetched' && documentBytes(document) === 14);
  assert.match(shelf.pathOf(document) ?? '', /\.pdf$/);
  assert.equal(readFileSync(shelf.pathOf(document) ?? '', 'utf8'), '%PDF-1.7\nhello');
  // Retrying all has nothing to fetch of it.
  shelf.want([id]);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('a transcript becomes a form of its film', async (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [film] = shelf.add([web('films.org', { copies: [], kind: 'video' })]);
  const file = join(at.path, 'film.vtt');
  for (const words of ['One', 'Two']) {
    writeFileSync(file, `WEBVTT\n\n00:00.000 --> 00:01.000\n${words}\n`);
    shelf.addOwn(
      { documentId: film?.id ?? '', form: 'transcript' },
      await copyOwnFile(file, join(at.path, 'parts'), words, 1000),
    );
  }
  const document = shelf.document(film?.id ?? '');
  assert.ok(document && documentState(document) === 'fetched');
  assert.match(readFileSync(shelf.pathOf(document, 'transcript') ?? '', 'utf8'), /Two/);
  assert.equal(contents(at).length, 1);
});

test('files that can’t be kept say why', async (t) => {
  const at = place(t);
  const parts = join(at.path, 'parts');
  const reasonFor = async (path: string, limit = 1000): Promise<string> => {
    const error: unknown = await copyOwnFile(path, parts, path, limit).catch((caught: unknown) => caught);
    assert.ok(error instanceof FetchError);
    return error.reason;
  };
  const file = join(at.path, 'x.pdf');
  writeFileSync(file, Buffer.from([0x50, 0x4b, 3, 4]));
  assert.equal(await reasonFor(file), 'wrong-type');
  writeFileSync(file, '');
  assert.equal(await reasonFor(file), 'empty');
  writeFileSync(file, `%PDF-${'x'.repeat(2000)}`);
  assert.equal(await reasonFor(file), 'too-large');
  assert.equal(await reasonFor(at.path), 'wrong-type');
  assert.equal(await reasonFor(join(at.path, 'missing')), 'disk');
  assert.deepEqual(readdirSync(parts), []);
});

test('what changes in one window is told in the other', async (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  let own = 0;
  one.onDidChange(() => {
    own++;
  });
  const told = new Promise<void>((resolve) => {
    two.onDidChange(resolve);
  });
  one.add([web('a.org')]);
  assert.equal(own, 1);
  await told;
  assert.equal(two.documents().length, 1);
});

test('what hasn’t changed isn’t read again, whichever window changes what', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at), window(t, at)];
  const [a, b, c] = one.add(['a.org', 'b.org', 'c.org'].map((host) => web(host))).map(({ id }) => id);
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  const byId = (shelf: typeof one) => new Map(shelf.documents().map((document) => [document.id, document]));
  /** Those that are other objects than before. */
  const readAgain = (shelf: typeof one, before: ReturnType<typeof byId>): string[] =>
    shelf.documents().flatMap((document) => (before.get(document.id) === document ? [] : [document.id]));
  const ids = (shelf: typeof one): string[] => shelf.documents().map(({ id }) => id);
  assert.deepEqual(ids(two), [c, b, a]);
  for (const shelf of [one, two]) {
    let before = byId(two);
    shelf.rename(b, `Renamed ${shelf === one ? 1 : 2}`);
    assert.deepEqual(readAgain(two, before), [b]);
    before = byId(two);
    shelf.stop([a]);
    shelf.want([c]);
    assert.deepEqual(new Set(readAgain(two, before)), shelf === one ? new Set([a, c]) : new Set([c]));
    before = byId(two);
    const claim = claimed(shelf.claim('t', polite));
    shelf.keep(claim, polite, 10, 100);
    assert.deepEqual(readAgain(two, before), [claim.documentId]);
    shelf.release(claim);
    before = byId(two);
    shelf.noteRead(a);
    assert.deepEqual(readAgain(two, before), [a]);
    // Nothing that is shown.
    before = byId(two);
    shelf.quietly((db) => {
      keepPosition(db, a, { form: 'main', position: { anchor: 'b1', fraction: 0 } });
    });
    assert.deepEqual(readAgain(two, before), []);
  }
  const before = byId(two);
  const [d] = one.add([web('d.org')]);
  one.remove([b]);
  assert.deepEqual(readAgain(two, before), [d?.id]);
  assert.deepEqual(ids(two), [d?.id, c, a]);
  assert.deepEqual(two.documents(), window(t, at).documents());
  // Erased, with the list of what has changed, and something put there before the other window looks.
  one.erase();
  const [e] = one.add([web('e.org')]);
  assert.deepEqual(ids(two), [e?.id]);
  one.erase();
  assert.deepEqual(ids(two), []);
});
