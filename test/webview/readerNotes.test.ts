// Words of a chapter selected, highlighted, and where their marks stand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import { namelessControls, overflow } from './accessibility.ts';
import { note, painted, quoteOf, select, sendNotes, status, useReader, withNotes, words } from './readerNoting.ts';
import { chapter } from './sample.ts';

useReader();

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
