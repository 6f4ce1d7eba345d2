// When the reader says that it is being read. The page's clock is put forward; nobody waits.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startPages, type OpenPage, type Pages } from './harness.ts';
import { chapter, marks, texStyles } from './sample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages(texStyles);
});
after(() => pages.close());

async function whileReading(run: (reader: OpenPage) => Promise<void>): Promise<void> {
  const reader = await pages.open('reader', { clock: true });
  try {
    await reader.send({ type: 'show', chapter, marks });
    await run(reader);
    assert.deepEqual(reader.faults, []);
  } finally {
    await reader.close();
  }
}

/** What the page has said so far: + for being read, - for no longer. */
const said = async (reader: OpenPage): Promise<string> =>
  (await reader.posted('reading')).map(({ reading }) => (reading === true ? '+' : '-')).join('');

const setFocus = (reader: OpenPage, focused: boolean): Promise<void> =>
  reader.page.evaluate<undefined>(
    `document.hasFocus = () => ${focused}; window.dispatchEvent(new Event('${focused ? 'focus' : 'blur'}'))`,
  );

test('a page that is shown in front of the learner is read, and says so again and again', () =>
  whileReading(async (reader) => {
    assert.deepEqual(await reader.next('reading'), { type: 'reading', chapterId: chapter.id, reading: true });
    await reader.page.clock.runFor(46_000);
    assert.equal(await said(reader), '++++');
  }));

test('when nothing moves for long, nobody reads; when something moves, somebody does', () =>
  whileReading(async (reader) => {
    await reader.page.clock.runFor(10 * 60_000);
    assert.equal(await said(reader), '+++++-');
    await reader.page.mouse.move(200, 300);
    assert.equal(await said(reader), '+++++-+');
    await reader.page.clock.runFor(60_000);
    await reader.page.mouse.wheel(0, 200);
    await reader.next('position');
    await reader.page.clock.runFor(60_000);
    assert.match(await said(reader), /^\+{5}-\+{9}$/);
  }));

test('a page without the focus isn’t read, even if the mouse passes over it', () =>
  whileReading(async (reader) => {
    await setFocus(reader, false);
    assert.equal(await said(reader), '+-');
    await reader.page.mouse.move(200, 300);
    await reader.page.clock.runFor(60_000);
    assert.equal(await said(reader), '+-');
    await setFocus(reader, true);
    assert.equal(await said(reader), '+-+');
  }));

test('a page that is hidden says at once that it isn’t read', () =>
  whileReading(async (reader) => {
    await reader.page.evaluate<undefined>(
      `Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'))`,
    );
    assert.equal(await said(reader), '+-');
  }));

test('another chapter ends the reading of the first', () =>
  whileReading(async (reader) => {
    await reader.send({ type: 'show', chapter: { ...chapter, id: 'other' }, marks });
    assert.deepEqual(
      (await reader.posted('reading')).map(({ chapterId, reading }) => [chapterId, reading]),
      [
        [chapter.id, true],
        [chapter.id, false],
        ['other', true],
      ],
    );
  }));
