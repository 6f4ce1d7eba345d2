// The shelf's database, in real files.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { documentBytes, documentState } from '../../src/core/library/savedDocument.ts';
import type { NewDocument } from '../../src/core/library/savedDocument.ts';
import { copyOwnFile } from '../../src/library/ownFile.ts';
import { FetchError } from '../../src/library/fetch/fetchError.ts';
import { LibraryError } from '../../src/library/libraryError.ts';
import { openDatabase } from '../../src/library/shelf/openDatabase.ts';
import { usualPoliteness } from '../../src/library/shelf/queueRows.ts';
import type { Claim, NextClaim, Outcome } from '../../src/library/shelf/queueRows.ts';
import { claimReading, finishReading } from '../../src/library/shelf/texts.ts';
import { Shelf } from '../../src/library/shelf/shelf.ts';
import { folder } from './webServer.ts';

interface Place {
  readonly path: string;
  now: number;
  quota: number;
}

const polite = { ...usualPoliteness, hostMs: () => 1000 };

function place(t: TestContext): Place {
  return { path: folder(t), now: 1_000_000, quota: 1e9 };
}

/** A window on the library at `at`. */
function window(t: TestContext, at: Place, prefix = 'a'): Shelf {
  const { db } = openDatabase(join(at.path, 'library.db'), () => at.now, 5000);
  let ids = 0;
  const shelf = new Shelf({
    db,
    folder: at.path,
    now: () => at.now,
    newId: () => `${prefix}${++ids}`,
    quota: () => at.quota,
    report: (problem) => {
      throw new Error(problem);
    },
  });
  t.after(() => {
    shelf.dispose();
  });
  return shelf;
}

function web(host: string, more: Partial<NewDocument> = {}): NewDocument {
  const address = `https://${host}/`;
  return {
    address,
    title: `At ${host}`,
    creators: 'Ann',
    kind: 'article',
    origin: 'resource',
    minutes: 5,
    copies: [{ form: 'main', address, optional: false }],
    ...more,
  };
}

function claimed(next: NextClaim): Claim {
  assert.ok(next.type === 'claim', `nothing to claim: ${next.type}`);
  return next.claim;
}

/** What a fetch leaves: a file, and what is known of it. */
function brought(at: Place, text: string, version: { etag?: string } = {}): Extract<Outcome, { type: 'new' }> {
  const path = join(at.path, 'parts', `${createHash('md5').update(text).digest('hex')}.new`);
  mkdirSync(join(at.path, 'parts'), { recursive: true });
  writeFileSync(path, text);
  const hash = createHash('sha256').update(text).digest('hex');
  return { type: 'new', path, hash, bytes: text.length, content: 'html', version };
}

const failure = { type: 'failed', reason: 'timeout', host: 'a.org', detail: '' } as const;

function contents(at: Place): string[] {
  if (!existsSync(join(at.path, 'content'))) return [];
  return readdirSync(join(at.path, 'content'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
}

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

test('two windows never fetch the same thing, nor ask one server more often than is polite', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  const same = (path: string): NewDocument => ({
    ...web('a.org'),
    address: `https://a.org/${path}`,
    copies: [{ form: 'main', address: `https://a.org/${path}`, optional: false }],
  });
  one.add([same('1'), same('2'), web('b.org')]);
  const first = claimed(one.claim('one', polite));
  const second = claimed(two.claim('two', polite));
  assert.deepEqual([first.address, second.address], ['https://a.org/1', 'https://b.org/']);
  // One at a time from a server …
  at.now += 5000;
  assert.deepEqual(two.claim('two', polite), { type: 'wait', until: 1_000_000 + polite.leaseMs });
  one.finish(first, brought(at, '1'), polite);
  // … and the next once it had a rest.
  const third = claimed(two.claim('two', polite));
  assert.equal(third.address, 'https://a.org/2');
  one.add([same('3')]);
  two.finish(third, brought(at, '2'), polite);
  assert.deepEqual(one.claim('one', polite), { type: 'wait', until: at.now + 1000 });
});

test('what one window fetches no other one takes, however much is allowed at once', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add([web('a.org')]);
  const eager = { ...polite, perHost: 5, hostMs: () => 0 };
  assert.equal(one.claim('one', eager).type, 'claim');
  assert.deepEqual(two.claim('two', eager), { type: 'wait', until: at.now + polite.leaseMs });
});

test('no more at once than is polite, over all windows', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add(Array.from({ length: 10 }, (_, index) => web(`host-${index}.org`)));
  const claims = [one, two, one, two, one, two].map((shelf) => shelf.claim('t', { ...polite, total: 3 }).type);
  assert.deepEqual(claims, ['claim', 'claim', 'claim', 'wait', 'wait', 'wait']);
});

test('what a window was fetching when it died is fetched by another, and the dead one can’t spoil it', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  one.add([web('a.org')]);
  const dead = claimed(one.claim('dead', polite));
  at.now += polite.leaseMs - 1;
  assert.equal(two.claim('t', polite).type, 'wait');
  at.now += 2;
  const taken = claimed(two.claim('alive', polite));
  assert.equal(taken.address, dead.address);
  assert.equal(one.keep(dead, polite, 5, 10), false);
  assert.equal(one.finish(dead, brought(at, 'old'), polite), false);
  assert.equal(two.finish(taken, brought(at, 'new'), polite), true);
  assert.deepEqual(contents(at).length, 1);
});

test('what is under way when a window closes is wanted at once by the next', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([web('a.org')]);
  shelf.release(claimed(shelf.claim('t', polite)));
  at.now += 1000;
  assert.equal(shelf.claim('t', polite).type, 'claim');
});

test('a failure that may pass is tried again, later each time, and told in the end', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  const [added] = shelf.add([web('a.org')]);
  const waits: number[] = [];
  for (let next = shelf.claim('t', polite); next.type !== 'idle'; next = shelf.claim('t', polite)) {
    if (next.type === 'wait') {
      waits.push(next.until - at.now);
      at.now = next.until;
    } else shelf.finish(next.claim, failure, polite);
  }
  assert.deepEqual(waits, [2000, 8000, 32_000]);
  const failed = shelf.document(added?.id ?? '');
  assert.ok(failed && documentState(failed) === 'failed');
  assert.deepEqual(failed.copies[0]?.failure, { reason: 'timeout', host: 'a.org', detail: '' });
  // The learner tries again.
  at.now += 1000;
  shelf.want([failed.id]);
  assert.equal(claimed(shelf.claim('t', polite)).documentId, failed.id);
});

test('a failure that won’t pass is told at once', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([web('a.org')]);
  shelf.finish(claimed(shelf.claim('t', polite)), { ...failure, reason: 'not-found' }, polite);
  assert.deepEqual(shelf.claim('t', polite), { type: 'idle' });
});

test('a server that asks to wait is left alone for as long, whatever is wanted of it; for too long, it is given up', (t) => {
  const at = place(t);
  const shelf = window(t, at);
  shelf.add([
    web('a.org'),
    {
      ...web('a.org'),
      address: 'https://a.org/2',
      copies: [{ form: 'main', address: 'https://a.org/2', optional: false }],
    },
  ]);
  const busy = { ...failure, reason: 'too-many-requests', retryAfterMs: 60_000 } as const;
  shelf.finish(claimed(shelf.claim('t', polite)), busy, polite);
  assert.deepEqual(shelf.claim('t', polite), { type: 'wait', until: at.now + 60_000 });
  at.now += 60_000;
  const again = claimed(shelf.claim('t', polite));
  shelf.finish(again, { ...busy, retryAfterMs: 24 * 3600_000 }, polite);
  assert.equal(shelf.document(again.documentId)?.copies[0]?.failure?.reason, 'too-many-requests');
});

test('stopping takes it out of the queue, in whichever window it is fetched, and loses nothing', (t) => {
  const at = place(t);
  const [one, two] = [window(t, at, 'a'), window(t, at, 'b')];
  const [kept, fresh] = one.add([web('a.org'), web('b.org')]);
  assert.ok(kept && fresh);
  one.finish(claimed(one.claim('t', polite)), brought(at, 'x'), polite);
  const going = claimed(one.claim('t', polite));
  one.want([kept.id]);
  two.stop([kept.id, fresh.id]);
  assert.equal(one.keep(going, polite, 1, 2), false);
  assert.deepEqual(
    [kept, fresh].map(({ id }) => documentState(one.document(id) ?? kept)),
    ['fetched', 'failed'],
  );
  assert.equal(one.document(fresh.id)?.copies[0]?.failure?.reason, 'stopped');
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
