import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish as t } from '../../../src/core/translate.ts';
import type { SavedCopy, SavedDocument } from '../../../src/core/library/savedDocument.ts';
import { agoWords, libraryRow, viewWords } from '../../../src/vscode/library/libraryRows.ts';
import { LibraryView } from '../../../src/vscode/library/libraryView.ts';

const day = 86_400_000;
const now = 100 * day;

function copy(more: Partial<SavedCopy> = {}): SavedCopy {
  return { form: 'main', address: 'https://a.org/', optional: false, state: 'resting', done: 0, ...more };
}

const content = { hash: 'ab'.repeat(32), type: 'pdf', bytes: 2_100_000, savedAt: 0 } as const;

function document(copies: readonly SavedCopy[], more: Partial<SavedDocument> = {}): SavedDocument {
  const base = {
    id: 'd',
    address: 'https://a.org/',
    title: 'A paper',
    creators: 'Ann',
    kind: 'paper',
    origin: 'resource',
  } as const;
  return { ...base, minutes: 30, addedAt: 0, copies, ...more };
}

function row(copies: readonly SavedCopy[], more: Partial<SavedDocument> = {}) {
  return libraryRow(document(copies, more), now, t);
}

test('a saved document says what it is, how large, and when it was checked', () => {
  const page = copy({ form: 'html', optional: true, content: { ...content, type: 'html', bytes: 400_000 } });
  const { description, icon, context, spoken } = row([copy({ content, checkedAt: now - 3 * day }), page]);
  assert.equal(description, 'PDF + page · 2.5 MB · checked 3 days ago');
  assert.equal(spoken, 'A paper, PDF + page, 2.5 MB, checked 3 days ago');
  assert.deepEqual([icon, context], ['file-pdf', 'saved.fetched.web']);
});

test('what is under way says how far it is, and comes first', () => {
  const rows = new LibraryView(t).update(
    [
      document([copy({ content })], { id: 'kept' }),
      document([copy({ state: 'queued' })], { id: 'waiting' }),
      document([copy({ state: 'fetching', done: 30, total: 100 })], { id: 'going' }),
      document([copy({ state: 'fetching', done: 5000 })], { id: 'unknown' }),
      document([copy({ state: 'fetching', content })], { id: 'checking' }),
    ],
    now,
  );
  assert.deepEqual(
    rows.map(({ documentId, description, context }) => [documentId, description, context]),
    [
      ['waiting', 'waiting', 'saved.queued.web'],
      ['going', 'fetching: 30 %', 'saved.fetching.web'],
      ['unknown', 'fetching: 5 kB', 'saved.fetching.web'],
      ['kept', 'PDF · 2.1 MB', 'saved.fetched.web'],
      ['checking', 'PDF · 2.1 MB · checking', 'saved.checking.web'],
    ],
  );
});

test('a failure says its reason, and in the tooltip what to do', () => {
  const failure = { reason: 'not-found', host: 'a.org', detail: 'HTTP status 404' } as const;
  const failed = row([copy({ failure })]);
  assert.equal(failed.description, 'failed: not found');
  assert.deepEqual([failed.context, failed.icon, failed.tone], ['saved.failed.web.trouble', 'warning', 'bad']);
  assert.match(failed.tooltip.join('\n'), /a\.org doesn’t have this page any more\. Look for it/);
  // What was saved before is still there.
  const dead = row([copy({ failure, content, checkedAt: now - 70 * day })]);
  assert.equal(dead.description, 'PDF · 2.1 MB · checked 2 months ago · last check: not found');
  assert.equal(dead.context, 'saved.fetched.web.trouble');
  // Without the page a paper is complete.
  const whole = row([copy({ content }), copy({ form: 'html', optional: true, state: 'absent' })]);
  assert.equal(whole.context, 'saved.fetched.web');
});

test('what the search finds says so, with its pages; what can’t be read says why', () => {
  const read = row([copy({ content, indexed: content.hash, pages: 12, checkedAt: now })]);
  assert.equal(read.description, 'PDF · 12 pages · 2.1 MB · searchable · checked today');
  assert.deepEqual([read.context, read.tone], ['saved.indexed.web', 'good']);
  const scan = row([copy({ content, problem: 'scanned' })]);
  assert.equal(scan.description, 'PDF · 2.1 MB · not searched: pictures of pages');
  assert.deepEqual([scan.context, scan.tone], ['saved.fetched.web.unread', 'bad']);
  assert.match(scan.tooltip.join('\n'), /Pictures of pages without text: it can be opened, not searched/);
  // Its page can be.
  const page = copy({ form: 'html', content: { ...content, type: 'html' }, indexed: content.hash });
  assert.equal(row([copy({ content, problem: 'scanned' }), page]).context, 'saved.indexed.web');
});

test('films, files, and what was removed to make room', () => {
  const film = row([], { address: 'https://www.youtube.com/watch?v=x', creators: 'A channel' });
  assert.deepEqual([film.description, film.context], ['A channel · 30 min · link', 'saved.link.film']);
  const transcript = copy({ form: 'transcript', address: '', content: { ...content, type: 'vtt', bytes: 900 } });
  const withText = row([transcript], { address: 'https://youtu.be/x' });
  assert.deepEqual([withText.description, withText.context], ['Ann · 30 min · 900 bytes', 'saved.fetched.film']);
  const own = row([copy({ address: '', content: { ...content, type: 'markdown' } })], { address: '', origin: 'file' });
  assert.deepEqual([own.description, own.icon, own.context], ['Markdown · 2.1 MB', 'file', 'saved.fetched.own']);
  const dropped = row([copy({ state: 'dropped' })]);
  assert.deepEqual([dropped.description, dropped.context], ['removed to make room', 'saved.dropped.web']);
});

test('how long ago', () => {
  assert.deepEqual(
    [-5, 0, day - 1, day, 2 * day, 59 * day, 61 * day].map((ms) => agoWords(ms, t)),
    ['today', 'today', 'today', 'yesterday', '2 days ago', '59 days ago', '2 months ago'],
  );
});

test('what is only listed says so, and what is known of it', () => {
  const details = { creators: [{ family: 'Dao', given: 'Tri' }, { name: 'Others Inc.' }], year: 2022 };
  const web = row([], { details });
  assert.equal(web.description, 'Dao & Others Inc. · 2022 · not saved');
  assert.deepEqual([web.context, web.icon, web.tone], ['saved.listed.web', 'bookmark', 'plain']);
  assert.match(web.tooltip.join('\n'), /save it for offline/);
  const printed = row([], { address: '', details: {} });
  assert.deepEqual([printed.context, printed.description], ['saved.listed.own', 'not saved']);
  assert.match(printed.tooltip.join('\n'), /add its file/);
});

test('a document that comes from another address says from where, also when that is dead', () => {
  const moved = row([copy({ content })], { instead: 'https://web.archive.org/web/2024/https://a.org/' });
  assert.equal(moved.description, 'PDF · 2.1 MB · from web.archive.org');
  assert.equal(moved.context, 'saved.fetched.web.moved');
  assert.match(moved.tooltip.join('\n'), /in place of https:\/\/a\.org\//);
  const failure = { reason: 'not-found', host: 'b.org', detail: '' } as const;
  const dead = row([copy({ content, failure })], { instead: 'https://b.org/' });
  assert.equal(dead.context, 'saved.fetched.web.moved.trouble');
});

test('the head of the view says how much there is, and what is being learnt', () => {
  assert.equal(viewWords({ bytes: 0 }, t), '');
  assert.equal(viewWords({ bytes: 2_100_000 }, t), '2.1 MB');
  const meaning = { done: 129, total: 1000 };
  assert.equal(viewWords({ bytes: 2_100_000, meaning }, t), '2.1 MB · learning what it means: 12 %');
  assert.equal(viewWords({ bytes: 0, meaning: { done: 0, total: 0 } }, t), '');
  assert.equal(viewWords({ bytes: 2_100_000, refused: 1 }, t), '2.1 MB · 1 passage found by its words only');
  assert.equal(viewWords({ bytes: 0, refused: 3 }, t), '3 passages found by their words only');
});

test('only rows that say something else are drawn again, and they are the same rows to VS Code', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => document([copy({ content })], { id }));
  assert.ok(a && b && c);
  const view = new LibraryView(t);
  view.update([a, b, c], now);
  assert.equal(view.toDraw(), 'all');
  const items = view.drawAll();
  for (const item of items) view.draw(item);
  assert.deepEqual(view.toDraw(), []);
  // Read anew, but the same to look at.
  view.update([a, { ...b, readAt: now }, c], now);
  assert.deepEqual(view.toDraw(), []);
  view.update([a, { ...b, title: 'Another title' }, c], now);
  const [changed, ...others] = view.toDraw();
  assert.equal(changed, items[1]);
  assert.equal(others.length, 0);
  assert.equal(view.draw(items[1] ?? assert.fail())?.label, 'Another title');
  assert.deepEqual(view.toDraw(), []);
  // What comes, goes or moves has everything drawn again.
  for (const documents of [[a, c], [c, a], [a, document([copy({ state: 'queued' })], { id: 'd' }), c], []]) {
    view.update(documents, now);
    assert.equal(view.toDraw(), 'all');
    for (const item of view.drawAll()) view.draw(item);
    assert.deepEqual(view.toDraw(), []);
  }
  assert.equal(view.draw({ documentId: 'a' }), undefined);
});

test('rows grow old: what was checked a day ago says so', () => {
  const checked = document([copy({ content, checkedAt: now })], { id: 'checked' });
  const view = new LibraryView(t);
  assert.match(view.update([checked], now)[0]?.description ?? '', /checked today$/);
  assert.match(view.update([checked], now + day)[0]?.description ?? '', /checked yesterday$/);
});
