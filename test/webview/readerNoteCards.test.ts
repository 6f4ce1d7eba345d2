// Notes in a chapter written, opened, edited and deleted, as a learner does it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteHtml } from '../../src/core/study/noteHtml.ts';
import { focused, note, painted, quoteOf, select, sendNotes, useReader, withNotes } from './readerNoting.ts';
import { chapter } from './sample.ts';

useReader();

test('a note is written with the keyboard alone', () =>
  withNotes([], async (reader) => {
    await reader.page.locator('#outliers h3').scrollIntoViewIfNeeded();
    await reader.page.evaluate(`document.querySelector('#outliers').scrollIntoView()`);
    await reader.page.keyboard.press('Alt+ArrowDown');
    await reader.page.keyboard.press('Alt+ArrowDown');
    assert.match(await reader.page.evaluate<string>('getSelection().toString()'), /^One weight a hundred .* too\.$/);
    await reader.page.keyboard.press('Shift+ArrowLeft');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('Mind [these] outliers');
    assert.deepEqual(await painted(reader, 'note-open'), [
      'One weight a hundred times larger than the others makes the step a hundred times larger too',
    ]);
    await reader.page.keyboard.press('Control+Enter');
    const message = await reader.next('keepNote');
    assert.equal(message['text'], 'Mind [these] outliers');
    assert.match(quoteOf(message).quote, /too$/);
    // Brackets in a note are no keys of the reader.
    assert.deepEqual(await reader.posted('openChapter'), []);
    await sendNotes(reader, [note('n', quoteOf(message).quote, 'Mind [these] outliers')]);
    await reader.send({ type: 'noteKept', request: message['request'], noteId: 'n' });
    assert.equal(await reader.page.getByRole('dialog').isVisible(), false);
    assert.equal(await focused(reader), 'Note: Mind [these] outliers');
    await reader.page.keyboard.press('Alt+ArrowDown');
    assert.match(await reader.page.evaluate<string>('getSelection().toString().trim()'), /^Two remedies/);
  }));

test('when a note can’t be saved its words stay in the box, and saving works again', () =>
  withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('Precious');
    await reader.page.getByRole('button', { name: 'Save' }).click();
    await reader.send({ type: 'noteKept', request: (await reader.next('keepNote'))['request'] });
    assert.match(await reader.page.getByRole('alert').innerText(), /couldn’t be saved\. Your words are still here/);
    await reader.page.getByRole('button', { name: 'Save' }).click();
    assert.equal((await reader.next('keepNote', 1))['text'], 'Precious');
  }));

test('Escape doesn’t throw words away at once; Cancel and a click elsewhere don’t either', () =>
  withNotes([note('n', 'Most laptops have 16 GB.', 'There')], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('Precious');
    await reader.page.keyboard.press('Escape');
    assert.equal(await reader.page.getByRole('dialog').isVisible(), true);
    await reader.page.keyboard.type('!');
    await reader.page.locator('#why .note-marker').click();
    assert.equal(await reader.page.getByRole('dialog', { name: 'New note' }).isVisible(), true);
    await reader.page.keyboard.press('Escape');
    await reader.page.keyboard.press('Escape');
    assert.equal(await reader.page.getByRole('dialog').isVisible(), false);
    assert.deepEqual(await painted(reader, 'note-open'), []);
  }));

test('a half-written note survives a page that is thrown away', async () => {
  let state: unknown;
  await withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('Half a thou');
    state = await reader.state();
  });
  await withNotes(
    [],
    async (reader) => {
      await reader.page.getByRole('dialog', { name: 'New note' }).waitFor();
      await reader.page.getByRole('textbox').focus();
      await reader.page.keyboard.press('End');
      await reader.page.keyboard.type('ght');
      await reader.page.keyboard.press('Control+Enter');
      const message = await reader.next('keepNote');
      assert.equal(message['text'], 'Half a thought');
      assert.match(quoteOf(message).quote, /^One weight/);
      await reader.send({ type: 'noteKept', request: message['request'], noteId: 'n' });
      assert.equal(((await reader.state()) as Record<string, unknown>)['draft'], undefined);
    },
    { state },
  );
});

test('a click on a highlight opens its note; edited, it is sent with all its words', () =>
  withNotes([note('n', 'Most laptops have 16 GB.', 'Mine has **32**')], async (reader) => {
    const at = await reader.page.evaluate<{ x: number; y: number }>(`(() => {
      const box = [...CSS.highlights.get('note')][0].getClientRects()[0];
      return { x: box.left + 20, y: box.top + box.height / 2 };
    })()`);
    await reader.page.mouse.click(at.x, at.y);
    assert.deepEqual((await reader.next('readNotes'))['noteIds'], ['n']);
    const long = `Mine has **32** <img src=x onerror="window.hacked = 1">\n\n[site](https://example.org)\n${'x '.repeat(400)}end`;
    await reader.send({ type: 'noteTexts', texts: [{ id: 'n', text: long, html: noteHtml(long) }] });
    const dialog = reader.page.getByRole('dialog', { name: 'Note' });
    assert.match(await dialog.innerText(), /Mine has 32 <img src=x onerror="window\.hacked = 1">/);
    assert.equal(await dialog.locator('strong').innerText(), '32');
    assert.equal(await dialog.locator('img').count(), 0);
    await dialog.getByRole('button', { name: /^Edit/ }).click();
    await reader.next('readNotes', 1);
    await reader.send({ type: 'noteTexts', texts: [{ id: 'n', text: long, html: noteHtml(long) }] });
    const box = reader.page.getByRole('textbox');
    assert.equal(await box.inputValue(), long);
    await box.fill('Shorter');
    await reader.page.getByRole('button', { name: 'Save' }).click();
    const { type, request: _, ...saved } = await reader.next('keepNote');
    assert.equal(type, 'keepNote');
    assert.deepEqual(saved, { chapterId: chapter.id, noteId: 'n', text: 'Shorter' });
  }));

test('a link in a note is handed to the extension', () =>
  withNotes([note('n', 'Most laptops have 16 GB.', 'x')], async (reader) => {
    await reader.page.getByRole('button', { name: 'Note: x' }).first().click();
    await reader.send({
      type: 'noteTexts',
      texts: [{ id: 'n', text: '', html: noteHtml('[s](https://example.org/a)') }],
    });
    await reader.page.getByRole('dialog').getByRole('link', { name: 's' }).click();
    assert.equal((await reader.next('openLink'))['url'], 'https://example.org/a');
  }));

test('overlapping notes open together, markers count them', () =>
  withNotes(
    [
      note('a', 'Most laptops have 16 GB.', 'one'),
      note('b', 'laptops have 16 GB. Quantisation stores', 'two'),
      note('c', 'Most laptops have 16 GB. Quantisation'),
    ],
    async (reader) => {
      const marker = reader.page.getByRole('button', { name: '3 notes here' });
      assert.equal(await marker.count(), 1);
      await marker.focus();
      await reader.page.keyboard.press('Enter');
      assert.equal(await reader.page.getByRole('dialog').locator('.note-item').count(), 3);
      await reader.page.keyboard.press('Escape');
      assert.equal(await focused(reader), '3 notes here');
      const at = await reader.page.evaluate<{ x: number; y: number }>(`(() => {
        const box = [...CSS.highlights.get('note')][1].getClientRects()[0];
        return { x: box.left + 8, y: box.top + box.height / 2 };
      })()`);
      await reader.page.mouse.click(at.x, at.y);
      assert.equal(await reader.page.getByRole('dialog').locator('.note-item').count(), 3);
    },
  ));

test('Tab stays in the card', () =>
  withNotes([note('a', 'Most laptops have 16 GB.', 'one')], async (reader) => {
    await reader.page.getByRole('button', { name: 'Note: one' }).first().click();
    for (let i = 0; i < 7; i++) {
      await reader.page.keyboard.press('Tab');
      assert.equal(await reader.page.evaluate(`document.activeElement.closest('.note-card') !== null`), true);
    }
  }));

test('a deleted note can be brought back', () =>
  withNotes([note('a', 'Most laptops have 16 GB.', 'one')], async (reader) => {
    await reader.page.getByRole('button', { name: 'Note: one' }).first().click();
    await reader.page.getByRole('button', { name: /^Delete/ }).click();
    assert.equal((await reader.next('deleteNote'))['noteId'], 'a');
    await sendNotes(reader, []);
    await reader.send({ type: 'noteDeleted', noteId: 'a' });
    assert.equal(await reader.page.locator('.note-marker').count(), 0);
    assert.match(await focused(reader), /Bring the deleted note back/);
    await reader.page.keyboard.press('Enter');
    assert.equal((await reader.next('restoreNote'))['noteId'], 'a');
  }));

test('notes of another window come and go while one is being written', () =>
  withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('still ');
    await sendNotes(reader, [note('a', 'Most laptops have 16 GB.', 'from elsewhere')]);
    await reader.page.keyboard.type('typing');
    assert.equal(await reader.page.getByRole('textbox').inputValue(), 'still typing');
    assert.deepEqual(await painted(reader, 'note'), ['Most laptops have 16 GB.']);
  }));
