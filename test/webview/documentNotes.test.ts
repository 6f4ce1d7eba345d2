// Notes on saved documents that are shown as a page or as their text, driven as a learner drives them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { spokenText } from '../../src/core/library/spokenText.ts';
import { findPlace, quoteAt } from '../../src/core/study/findPlace.ts';
import { markdownText } from '../../src/library/extract/markdownText.ts';
import { wordsOf } from '../../src/vscode/library/notedDocuments.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { page } from './documentSample.ts';
import { startPages, type Pages } from './harness.ts';

import { noteAt, painted, press, prose, quoteFrom, select, stored, subject, withText } from './documentNoting.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

const article = stored(
  markdownText(
    [
      '# Caches',
      'The cache grows with every token. It is *kept* on the device.',
      '## Paging',
      'Blocks are shared between requests, see [the paper](https://example.org/paper).',
      '| Block | Size |\n|---|---|\n| one | 16 |\n| two | 32 |',
      '```\nfor block in table:\n    read(block)\n```',
      ...Array.from({ length: 30 }, (_, n) => `Paragraph ${n} says that ${prose}`),
    ].join('\n\n'),
    'https://example.org',
  ),
  'main',
);

test('words of a page are highlighted by mouse and by keyboard, and their place is found again', () =>
  withText(pages, article, async (opened) => {
    const words = wordsOf(article);
    const sentence = opened.page.getByText('It is kept on the device');
    await sentence.click({ clickCount: 3 });
    await opened.page.getByRole('toolbar', { name: 'Selected words' }).waitFor();
    await opened.page.getByRole('button', { name: 'Highlight this' }).click();
    const kept = await opened.next('keepNote');
    const quote = quoteFrom(kept);
    assert.deepEqual([kept['chapterId'], kept['text']], [subject, '']);
    assert.equal(quote.quote, 'The cache grows with every token. It is kept on the device.');
    const place = findPlace(words, quote);
    assert.equal(place?.how, 'same');
    assert.deepEqual(quote, quoteAt(words, place.start, place.end));
    await opened.send({ type: 'noteKept', request: kept['request'], noteId: 'n1' });
    await opened.send({
      type: 'notes',
      chapterId: subject,
      notes: [noteAt('n1', place.start, place.end, quote.quote)],
    });
    assert.deepEqual(await painted(opened, 'note-highlight'), [quote.quote]);
    await opened.page.getByRole('button', { name: 'Highlight: The cache grows' }).click();
    await opened.page.getByRole('dialog', { name: 'Highlight' }).waitFor();
    await opened.page.keyboard.press('Escape');
    // Nothing is selected: sentence by sentence from the top of the window.
    await opened.page.evaluate('scrollTo(0, 0); getSelection().removeAllRanges()');
    const said: string[] = [];
    for (const type of ['askAbout', 'makeCard', 'askAbout', 'askAbout', 'askAbout']) {
      await opened.page.keyboard.press('Alt+ArrowDown');
      const message = await press(opened, type === 'makeCard' ? 'Alt+c' : 'Alt+a', type);
      said.push(type === 'makeCard' ? quoteFrom(message).quote : String(message['text']));
    }
    assert.deepEqual(said, [
      'Caches',
      'The cache grows with every token.',
      'It is kept on the device.',
      'Paging',
      'Blocks are shared between requests, see the paper.',
    ]);
  }));

test('after a highlight, or a click, the keys go on from there', () =>
  withText(pages, article, async (opened) => {
    const words = wordsOf(article);
    const selected = (): Promise<string> => opened.page.evaluate<string>('getSelection().toString()');
    await opened.page.evaluate(
      `getSelection().collapse([...document.querySelectorAll('p')].find((p) => p.innerText.startsWith('The cache grows')).firstChild, 5)`,
    );
    await opened.page.keyboard.press('Alt+ArrowDown');
    const message = await press(opened, 'Alt+h', 'keepNote');
    const quote = quoteFrom(message);
    assert.equal(quote.quote, 'The cache grows with every token.');
    const place = findPlace(words, quote) ?? assert.fail('it is found');
    await opened.send({ type: 'noteKept', request: message['request'], noteId: 'n1' });
    await opened.send({
      type: 'notes',
      chapterId: subject,
      notes: [noteAt('n1', place.start, place.end, quote.quote)],
    });
    await opened.page.keyboard.press('Alt+ArrowDown');
    assert.equal(await selected(), 'It is kept on the device.');
    await opened.page.keyboard.press('Alt+ArrowUp');
    assert.equal(await selected(), quote.quote);
  }));

test('headings, rows of tables and listings are noted, each with its mark beside it', () =>
  withText(pages, article, async (opened) => {
    const words = wordsOf(article);
    const notes: ReturnType<typeof noteAt>[] = [];
    for (const [what, expected] of [
      [`document.querySelector('h2')`, 'Paging'],
      [`document.querySelectorAll('tr')[1]`, 'one\t16'],
      [`document.querySelector('pre')`, 'for block in table:\n    read(block)'],
    ] as const) {
      await select(opened, what);
      const quote = quoteFrom(await press(opened, 'Alt+h', 'keepNote'));
      assert.equal(quote.quote, expected);
      const place = findPlace(words, quote) ?? assert.fail('it is found');
      notes.push(noteAt(String(notes.length), place.start, place.end, quote.quote));
    }
    await opened.send({ type: 'notes', chapterId: subject, notes });
    assert.equal((await painted(opened, 'note-highlight')).length, 3);
    const parents = await opened.page.evaluate<string[]>(
      `[...document.querySelectorAll('.note-marker')].map(({ parentElement }) => parentElement.className || parentElement.localName)`,
    );
    assert.deepEqual(parents, ['h2', 'scroll', 'pre']);
    await opened.page.getByText('3 notes').waitFor();
  }));

test('a note is written, kept when the page is thrown away, and opened again far down', async () => {
  const words = wordsOf(article);
  let state: unknown;
  await withText(pages, article, async (opened) => {
    await select(opened, `document.querySelector('h2')`);
    await opened.page.keyboard.press('Alt+n');
    await opened.page.getByRole('textbox', { name: 'Your note' }).fill('Half a thought');
    state = await opened.state();
  });
  await withText(
    pages,
    article,
    async (opened) => {
      await opened.send({ type: 'notes', chapterId: subject, notes: [] });
      const box = opened.page.getByRole('textbox', { name: 'Your note' });
      assert.equal(await box.inputValue(), 'Half a thought');
      await box.fill('Whole');
      await opened.page.keyboard.press('Control+Enter');
      const kept = await opened.next('keepNote');
      assert.deepEqual([quoteFrom(kept).quote, kept['text']], ['Paging', 'Whole']);
      await opened.send({ type: 'noteKept', request: kept['request'], noteId: 'n1' });
      const start = words.text.indexOf('Paragraph 29');
      const lost = { id: 'lost', quote: 'Not there any more', text: 'Still mine' };
      const far = noteAt('far', start, start + 12, 'Paragraph 29', 'Far **down**');
      await opened.send({ type: 'notes', chapterId: subject, notes: [far, lost] });
      await opened.send({ type: 'openNote', noteId: 'far', edit: false });
      await opened.next('readNotes');
      await opened.page.getByRole('dialog', { name: 'Note' }).waitFor();
      assert.ok((await opened.page.evaluate<number>('scrollY')) > 1000);
      await opened.page.keyboard.press('Escape');
      await opened.page.getByText('Not found in the document any more').waitFor();
      await opened.page.getByRole('button', { name: /Put the note on “Not there/ }).click();
      await select(opened, `document.querySelector('h1#b1')`);
      const put = await press(opened, 'Alt+n', 'keepNote');
      assert.deepEqual([put['noteId'], quoteFrom(put).quote], ['lost', 'Caches']);
    },
    { state },
  );
});

test('what isn’t of the text is asked about, and not noted: it is said, where it can be seen', () =>
  withText(pages, article, async (opened) => {
    await select(opened, `document.querySelector('header h1')`);
    assert.equal((await press(opened, 'Alt+a', 'askAbout'))['text'], page.title);
    await opened.page.keyboard.press('Alt+h');
    const notice = opened.page.locator('.note-notice', { hasText: 'Only words of the document’s text can be noted.' });
    await notice.waitFor();
    assert.deepEqual(await opened.posted('keepNote'), []);
    await opened.page.keyboard.press('Escape');
    await notice.waitFor({ state: 'hidden' });
    // A command of VS Code asks, too.
    await opened.page.evaluate('getSelection().removeAllRanges()');
    await opened.send({ type: 'askSelection' });
    assert.equal((await opened.next('askAbout', 1))['text'], '');
    await opened.send({ type: 'actOnSelection', action: 'highlight' });
    await opened.page.locator('.note-notice', { hasText: 'Select some words first.' }).waitFor();
    assert.equal(
      await opened.page.evaluate<string>('document.body.dataset.vscodeContext'),
      '{"webviewSection":"chapter"}',
    );
  }));

test('what is said in a film is noted without its times', () => {
  const line = (at: number, words: string): string => `00:${10 + at}:00.000 --> 00:${10 + at}:05.000\n${words}\n`;
  const talk = stored(
    spokenText(`WEBVTT\n\n${[0, 1, 2].map((at) => line(at, `Part ${at}. ${prose}`)).join('\n')}`),
    'transcript',
  );
  const words = wordsOf(talk);
  return withText(pages, talk, async (opened) => {
    assert.deepEqual(await opened.page.locator('.time').allInnerTexts(), ['10:00', '12:00']);
    await select(opened, `[document.getElementById('p0'), document.getElementById('p1')]`);
    const quote = quoteFrom(await press(opened, 'Alt+h', 'keepNote'));
    assert.doesNotMatch(quote.quote, /\d\d:00/);
    assert.equal(quote.anchor, 'transcript:0');
    const place = findPlace(words, quote) ?? assert.fail('it is found');
    await opened.send({ type: 'notes', chapterId: subject, notes: [noteAt('n', place.start, place.end, quote.quote)] });
    const there = await painted(opened, 'note-highlight');
    assert.equal(there.length, 2);
    assert.equal(there.join('\n'), quote.quote);
  });
});

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  for (const width of [900, 320]) {
    test(`notes are named and fit: ${theme}, ${width} px`, () =>
      withText(
        pages,
        article,
        async (opened) => {
          const words = wordsOf(article);
          const at = (quote: string, text = ''): ReturnType<typeof noteAt> => {
            const start = words.text.indexOf(quote);
            return noteAt(quote, start, start + quote.length, quote, text);
          };
          const notes = [
            at('Caches'),
            at('kept on the device', 'Mine'),
            at('Blocks are shared'),
            at('two\t32'),
            at('read(block)'),
          ];
          await opened.send({ type: 'notes', chapterId: subject, notes });
          await opened.send({ type: 'openNote', noteId: 'kept on the device', edit: false });
          await opened.page.getByRole('dialog', { name: 'Note' }).waitFor();
          assert.deepEqual(await namelessControls(opened), []);
          assert.deepEqual(await overflow(opened), []);
          const shots = process.env['COMPANION_SHOTS'];
          if (shots === undefined) return;
          await opened.page.screenshot({ path: `${shots}/document-notes-${theme}-${width}.png` });
          await opened.page.keyboard.press('Escape');
          await select(opened, `document.getElementById('b4')`);
          await opened.page.screenshot({ path: `${shots}/document-selected-${theme}-${width}.png` });
          await opened.page.getByText('5 notes').scrollIntoViewIfNeeded();
          await opened.page.screenshot({ path: `${shots}/document-listed-${theme}-${width}.png` });
        },
        { theme, width },
      ));
  }
}
