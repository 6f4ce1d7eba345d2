// Notes and highlights on the reader page, driven as a learner drives them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { excerpt } from '../../src/core/study/noteWords.ts';
import { chapterWords } from '../../src/core/study/chapterWords.ts';
import { noteHtml } from '../../src/core/study/noteHtml.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import type { ReaderNote } from '../../src/protocol/readerNotes.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { startPages, type OpenOptions, type OpenPage, type Pages } from './harness.ts';
import { chapter, marks, texStyles } from './sample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages(texStyles);
});
after(() => pages.close());

const words = chapterWords(chapter.summary, chapter.html);

/** A note on the `nth` occurrence of some words of the chapter; without any, one that has lost its place. */
function note(id: string, quote: string, text = '', nth = 0): ReaderNote {
  let start = words.text.indexOf(quote);
  for (let i = 0; i < nth; i++) start = words.text.indexOf(quote, start + 1);
  return {
    id,
    quote: excerpt(quote, 300),
    text: excerpt(text, 300),
    ...(start >= 0 && { place: { start, end: start + quote.length } }),
  };
}

async function withNotes(
  notes: readonly ReaderNote[],
  run: (reader: OpenPage) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  const reader = await pages.open('reader', options);
  try {
    await reader.send({ type: 'show', chapter, marks });
    await reader.page.evaluate('document.fonts.ready.then(() => undefined)');
    await sendNotes(reader, notes);
    await run(reader);
    assert.deepEqual(reader.faults, []);
  } finally {
    await reader.close();
  }
}

const sendNotes = (reader: OpenPage, notes: readonly ReaderNote[]): Promise<void> =>
  reader.send({ type: 'notes', chapterId: chapter.id, notes });

/** What is painted under a name, as the words of its ranges. */
const painted = (reader: OpenPage, name: string): Promise<string[]> =>
  reader.page.evaluate<string[]>(
    `[...(CSS.highlights.get(${JSON.stringify(name)}) ?? [])].map((range) => range.toString())`,
  );

/** Selects from the start of the first element to the end of the second. */
const select = (reader: OpenPage, from: string, to = from): Promise<void> =>
  reader.page.evaluate<undefined>(`(() => {
    const range = document.createRange();
    range.setStart(document.querySelector(${JSON.stringify(from)}), 0);
    const last = document.querySelector(${JSON.stringify(to)});
    range.setEnd(last, last.childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  })()`);

const quoteOf = (message: Readonly<Record<string, unknown>>): Quote => message['quote'] as Quote;
const focused = (reader: OpenPage): Promise<string> =>
  reader.page.evaluate<string>(
    `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
  );
const status = (reader: OpenPage): Promise<string> =>
  reader.page.locator('#root > [role=status].visually-hidden').innerText();

test('selected words are highlighted from the toolbar, with what is around them', () =>
  withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page
      .getByRole('toolbar', { name: 'Selected words' })
      .getByRole('button', { name: 'Highlight this' })
      .click();
    const message = await reader.next('keepNote');
    assert.equal(message['text'], '');
    assert.deepEqual(quoteOf(message), {
      anchor: 'outliers',
      quote: 'One weight a hundred times larger than the others makes the step a hundred times larger too.',
      before: words.text.slice(words.text.indexOf('One weight') - 64, words.text.indexOf('One weight')),
      after: words.text.slice(words.text.indexOf(' Two remedies'), words.text.indexOf(' Two remedies') + 64),
    });
    await reader.send({ type: 'noteKept', request: message['request'], noteId: 'n' });
    assert.equal(await status(reader), 'Highlighted.');
    assert.equal(await reader.page.getByRole('toolbar').isVisible(), false);
    await sendNotes(reader, [note('n', quoteOf(message).quote)]);
    assert.deepEqual(await painted(reader, 'note-highlight'), [quoteOf(message).quote]);
  }));

test('a selection across formulas, a displayed formula and code comes with all of them', () =>
  withNotes([], async (reader) => {
    await select(reader, '#step p', '#step pre');
    await reader.page.keyboard.press('Alt+h');
    const { quote } = quoteOf(await reader.next('keepNote'));
    assert.match(
      quote,
      /maps a weight \$w\$ to a whole number\. Its step is\n\$s = \\frac\{\\max_i \|w_i\|\}\{2\^\{b-1\} - 1\}\$\nwhere \$b\$/,
    );
    assert.match(quote, /bits: int = 8\) -> tuple\[list\[int\], float\]:\n {4}"""Symmetric/);
    assert.ok(words.text.includes(quote));
    await sendNotes(reader, [note('n', quote)]);
    assert.equal((await painted(reader, 'note-highlight')).length, 1);
  }));

test('half a formula is the whole formula, several passages and a caption are one note', () =>
  withNotes([], async (reader) => {
    await reader.page.evaluate(`(() => {
      const inner = [...document.querySelectorAll('#step p:last-of-type .katex')][1].querySelector('.katex-html .mord');
      const range = document.createRange();
      range.setStart(inner.firstChild, 0);
      range.setEnd(document.querySelector('#formats p .sentence').firstChild, 4);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    })()`);
    await reader.page.keyboard.press('Alt+h');
    const { quote, anchor } = quoteOf(await reader.next('keepNote'));
    assert.equal(anchor, 'step');
    assert.match(quote, /^\$b = 8\$ the largest/);
    assert.match(quote, /\nOutliers\nOne weight .*\nRounding to steps: the error.*\nFormats\n.*\nBits$/s);
    assert.doesNotMatch(quote, /stored value\n/);
  }));

test('words outside the chapter’s text are not noted, and it is said', () =>
  withNotes([], async (reader) => {
    await select(reader, '.objectives li');
    await reader.page.keyboard.press('Alt+n');
    assert.match(await status(reader), /Only words of the chapter’s text/);
    await reader.page.evaluate('getSelection().removeAllRanges()');
    await reader.page.keyboard.press('Alt+h');
    assert.match(await status(reader), /Select some words first/);
    assert.deepEqual(await reader.posted('keepNote'), []);
  }));

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

test('after a highlight, or a click, the keys go on from there', () =>
  withNotes([], async (reader) => {
    const selected = (): Promise<string> => reader.page.evaluate<string>('getSelection().toString().trim()');
    await reader.page.evaluate(`document.querySelector('#outliers').scrollIntoView()`);
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+h');
    const message = await reader.next('keepNote');
    await reader.send({ type: 'noteKept', request: message['request'], noteId: 'n' });
    assert.equal(await status(reader), 'Highlighted.');
    await sendNotes(reader, [note('n', quoteOf(message).quote)]);
    await reader.page.keyboard.press('Alt+ArrowDown');
    assert.match(await selected(), /^Two remedies/);
    await reader.page.keyboard.press('Alt+ArrowUp');
    assert.equal(await selected(), quoteOf(message).quote);
    await reader.page.evaluate(
      `getSelection().collapse(document.querySelectorAll('#outliers p .sentence')[1].firstChild, 5)`,
    );
    await reader.page.keyboard.press('Alt+ArrowDown');
    assert.match(await selected(), /^Two remedies/);
    // A caret that is out of view is forgotten: nobody sees it.
    await reader.page.evaluate(`getSelection().collapseToEnd(); scrollTo(0, 0)`);
    await reader.page.keyboard.press('Alt+ArrowDown');
    assert.doesNotMatch(await selected(), /remed|weight a hundred/);
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

test('the chapter’s notes are listed at its end and lead to their places; those without one are kept there', () =>
  withNotes(
    [note('a', 'A group of 32 weights', 'one'), note('b', 'Words that were taken out.', 'lost one')],
    async (reader) => {
      const list = reader.page.locator('section.notes');
      assert.equal(await list.locator('summary').innerText(), '2 notes');
      assert.match(await list.innerText(), /Not found in the chapter any more.*lost one/s);
      await list.getByRole('button', { name: /^one/ }).click();
      const top = await reader.page.evaluate<number>(
        `[...CSS.highlights.get('note-open')][0].getBoundingClientRect().top`,
      );
      assert.ok(top > 0 && top < 500, String(top));
      assert.equal(await reader.page.getByRole('dialog').isVisible(), true);
    },
  ));

test('a note that lost its place is put where the learner says', () =>
  withNotes([note('b', 'Words that were taken out.', 'lost one')], async (reader) => {
    await reader.page.getByRole('button', { name: /^Put the note on/ }).click();
    assert.match(await reader.page.locator('.note-notice:visible').innerText(), /Select the words.*taken out/s);
    await select(reader, '#outliers p .sentence');
    await reader.page.getByRole('button', { name: 'Put the note here' }).click();
    const { noteId, quote, text } = await reader.next('keepNote');
    assert.equal(noteId, 'b');
    assert.equal(text, undefined);
    assert.match((quote as Quote).quote, /^One weight/);
    await reader.send({ type: 'noteKept', request: 1, noteId: 'b' });
    assert.equal(await reader.page.locator('.note-notice:visible').count(), 0);
    await select(reader, '#outliers p .sentence');
    assert.equal(await reader.page.getByRole('button', { name: 'Highlight this' }).isVisible(), true);
  }));

test('Escape ends looking for a place', () =>
  withNotes([note('b', 'Gone.', 'lost')], async (reader) => {
    await reader.send({ type: 'placeNote', noteId: 'b' });
    assert.equal(await reader.page.locator('.note-notice:visible').count(), 1);
    await reader.page.keyboard.press('Escape');
    assert.equal(await reader.page.locator('.note-notice:visible').count(), 0);
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

test('a card is made of the selected words', () =>
  withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.page.getByRole('button', { name: 'Make a review card of this' }).click();
    const message = await reader.next('makeCard');
    assert.equal(message['chapterId'], chapter.id);
    assert.match(quoteOf(message).quote, /^One weight/);
  }));

test('commands act on the selected words', () =>
  withNotes([], async (reader) => {
    await select(reader, '#outliers p .sentence');
    await reader.send({ type: 'actOnSelection', action: 'highlight' });
    await reader.next('keepNote');
    await reader.send({ type: 'actOnSelection', action: 'note' });
    assert.equal(await reader.page.getByRole('dialog', { name: 'New note' }).isVisible(), true);
  }));

test('with 200 notes every control has a name, typing isn’t held up, and only the lines they are on are marked', () => {
  const sentences = words.text.split(/\n|(?<=\.) /).filter((one) => one.length > 20);
  const many = Array.from({ length: 200 }, (_, at) =>
    note(`n${at}`, sentences[at % sentences.length] ?? '', at % 2 === 0 ? `text ${at}` : ''),
  );
  return withNotes(many, async (reader) => {
    assert.deepEqual(await namelessControls(reader), []);
    assert.equal((await painted(reader, 'note')).length + (await painted(reader, 'note-highlight')).length, 200);
    await select(reader, '#outliers p .sentence');
    await reader.page.keyboard.press('Alt+n');
    await reader.page.keyboard.type('quick');
    assert.equal(await reader.page.getByRole('textbox').inputValue(), 'quick');
  });
});

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
  test(`notes in the ${theme} theme fit into a narrow page`, () =>
    withNotes(
      [
        note('a', 'Most laptops have 16 GB.', 'one'),
        note('b', 'Each group of 32 or 64 weights has a step of its own', ''),
        note('c', 'F16\t16', 'in a table'),
        note('d', 'def quantise', 'in code'),
        note('e', 'gone words', 'lost'),
      ],
      async (reader) => {
        assert.deepEqual(await overflow(reader), []);
        const left = await reader.page.evaluate<number>(
          `Math.min(...[...document.querySelectorAll('.note-marker')].map((one) => one.getBoundingClientRect().left))`,
        );
        assert.ok(left >= 0, String(left));
      },
      { theme, width: 340 },
    ));
}
