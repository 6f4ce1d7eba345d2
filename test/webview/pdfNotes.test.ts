import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import { documentWords } from '../../src/core/study/documentWords.ts';
import { findPlace, quoteAt } from '../../src/core/study/findPlace.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import { startPages, type Pages } from './harness.ts';
import { drawn, fixture, piecesOfText, shownPdf, textOf, withPdf, type OpenPdf } from './pdfSample.ts';

/** The whole of a page is in view. */
const height = 1500;
let pages: Pages;
/** In two columns: the page's own text isn't in the order of the lines. */
let paper: Uint8Array;
let text: DocumentText;
before(async () => {
  pages = await startPages('');
  paper = await fixture('tex-2.pdf');
  text = await textOf(paper);
});
after(() => pages.close());

const words = () => documentWords('main', piecesOfText(text));
const { subject } = shownPdf;

/** A note on the characters from `start` to `end`, as the extension sends it. */
const noteAt = (id: string, start: number, end: number, more = {}) => ({
  id,
  place: { start, end },
  quote: words().text.slice(start, end),
  text: '',
  ...more,
});

/** Draws a selection with the mouse, from the middle of one point to another. */
async function drag({ page }: OpenPdf, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

/** Where words stand on the page: those of one run of its own text. */
const placeOf = ({ page }: OpenPdf, wanted: string): Promise<{ x: number; y: number; right: number }> =>
  page.evaluate(`(() => {
    const wanted = ${JSON.stringify(wanted)};
    const walker = document.createTreeWalker(document.querySelector('.textLayer'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: left, y: (top + bottom) / 2, right };
    }
    throw new Error('not on the page: ' + wanted);
  })()`);

/** The words that are painted as `name`. */
const painted = ({ page }: OpenPdf, name: string): Promise<string> =>
  page.evaluate<string>(`[...(CSS.highlights.get('${name}') ?? [])].map((range) => range.toString()).join(' ')`);

test('words selected over cut lines are a quote of the text, which the extension finds again', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const from = await placeOf(opened, 'consult-');
      const to = await placeOf(opened, 'takes longer and longer');
      await drag(opened, [from.x + 1, from.y], [to.right + 2, to.y]);
      await opened.page.getByRole('toolbar', { name: 'Selected words' }).waitFor();
      await opened.page.getByRole('button', { name: 'Highlight this' }).click();
      const kept = await opened.next('keepNote');
      const quote = kept['quote'] as Quote;
      assert.equal(kept['chapterId'], subject);
      assert.equal(quote.quote, 'consulting it takes longer and longer.');
      const place = findPlace(words(), quote);
      assert.equal(place?.how, 'same');
      assert.deepEqual(quote, quoteAt(words(), place.start, place.end));
      await opened.send({ type: 'noteKept', request: kept['request'], noteId: 'n1' });
      await opened.send({ type: 'notes', chapterId: subject, notes: [noteAt('n1', place.start, place.end)] });
      await opened.until(`CSS.highlights.has('note-highlight')`);
      assert.equal(await painted(opened, 'note-highlight'), 'consult- ing it takes longer and longer.');
      await opened.page.getByRole('button', { name: 'Highlight: consulting it takes' }).waitFor();
      assert.deepEqual(opened.faults, []);
    },
    { text, height },
  ));

test('every sentence of the text is found on its page, and a selection of it is the same words', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const all = words().text.replace(/\s+/g, ' ');
      let from = 0;
      for (let press = 0; press < 12; press++) {
        await opened.page.locator('.pages').press('Alt+ArrowDown');
        await opened.until(`document.getSelection().toString().trim() !== ''`);
        await opened.page.keyboard.press('Alt+a');
        const asked = String((await opened.next('askAbout', press))['text']);
        // Whole sentences, and the headings between them.
        assert.match(asked, /^\S.*[.!?:]["”’)\]]*$|^(?:[A-Z]\S* ?|and |what |they ){1,8}$/iu);
        // One after the other, without gaps.
        const at = all.indexOf(asked, from);
        assert.ok(at >= from && at - from < 3, `${asked} is not at ${from}`);
        from = at + asked.length;
      }
    },
    { text, height },
  ));

test('a note is written, kept when the page is thrown away, and opened again', async () => {
  const start = words().text.indexOf('Paged attention');
  const end = start + 'Paged attention'.length;
  const note = noteAt('n2', start, end, { text: 'Mine.' });
  let state: unknown;
  await withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const at = await placeOf(opened, 'Paged attention');
      await drag(opened, [at.x + 1, at.y], [at.right - 1, at.y]);
      await opened.page.keyboard.press('Alt+n');
      const box = opened.page.getByRole('textbox', { name: 'Your note' });
      await box.fill('Half a thought');
      state = await opened.state();
    },
    { text, height },
  );
  await withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      await opened.send({ type: 'notes', chapterId: subject, notes: [] });
      const box = opened.page.getByRole('textbox', { name: 'Your note' });
      assert.equal(await box.inputValue(), 'Half a thought');
      await box.fill('Mine.');
      await opened.page.keyboard.press('Control+Enter');
      const kept = await opened.next('keepNote');
      assert.deepEqual([kept['chapterId'], kept['text']], [subject, 'Mine.']);
      await opened.send({ type: 'noteKept', request: kept['request'], noteId: 'n2' });
      await opened.send({ type: 'notes', chapterId: subject, notes: [note] });
      await opened.page.getByRole('button', { name: 'Note: Mine.' }).click();
      await opened.next('readNotes');
      await opened.page.getByRole('dialog', { name: 'Note' }).waitFor();
      await opened.page.keyboard.press('Escape');
      // By its words, too.
      const at = await placeOf(opened, 'Paged attention');
      await opened.page.mouse.click(at.x + 20, at.y);
      await opened.page.getByRole('dialog', { name: 'Note' }).waitFor();
    },
    { text, state, height },
  );
});

test('a note on a page far away is gone to, painted there, and listed beside the pages', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const at = text.passages.findLastIndex(({ boxes }) => boxes[0]?.page === 4);
      const start = words().passages[at]?.start ?? 0;
      const notes = [noteAt('far', start, start + 40), { id: 'lost', quote: 'Not there any more', text: 'Still mine' }];
      await opened.send({ type: 'notes', chapterId: subject, notes });
      assert.equal(await painted(opened, 'note-highlight'), '');
      await opened.send({ type: 'openNote', noteId: 'far', edit: false });
      await opened.until(drawn(4));
      await opened.page.getByRole('dialog', { name: 'Highlight' }).waitFor();
      await opened.until(`CSS.highlights.has('note-highlight')`);
      const letters = (of: string): string => of.replace(/[^\p{L}\p{N}]/gu, '');
      assert.equal(letters(await painted(opened, 'note-highlight')), letters(words().text.slice(start, start + 40)));
      // Drawn anew at another size, it is painted anew.
      await opened.page.keyboard.press('Escape');
      await opened.page.keyboard.press('Control++');
      await opened.until(
        `[...CSS.highlights.get('note-highlight') ?? []].some((range) => range.getClientRects().length > 0)`,
      );
      await opened.page.getByRole('button', { name: 'Contents' }).click();
      const list = opened.page.locator('.beside .notes');
      await list.getByText('2 notes').waitFor();
      await list.getByText('Still mine').waitFor();
      await list.getByRole('button', { name: /Put the note on “Not there/ }).waitFor();
    },
    { text, height },
  ));

test('searching parts the page’s words anew, and the notes stay painted', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const wanted = 'Paged attention, the idea behind vLLM';
      const start = words().text.indexOf(wanted);
      await opened.send({ type: 'notes', chapterId: subject, notes: [noteAt('a', start, start + wanted.length)] });
      await opened.until(`CSS.highlights.has('note-highlight')`);
      await opened.page.keyboard.press('Control+f');
      await opened.page.keyboard.type('attention');
      await opened.until(`document.querySelectorAll('.textLayer .highlight').length > 1`);
      await opened.until(
        `[...CSS.highlights.get('note-highlight') ?? []].map((range) => range.toString()).join(' ') === ${JSON.stringify(wanted)}`,
      );
    },
    { text, height },
  ));

test('what is no text of the document is asked about, not noted, and it is said where it can be seen', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      // The number at the foot of the page.
      const number = opened.page.locator('.page[data-page-number="1"] .textLayer span', { hasText: /^1$/ }).last();
      await number.scrollIntoViewIfNeeded();
      const { x, y, width, height: tall } = (await number.boundingBox()) ?? assert.fail('it is drawn');
      await drag(opened, [x + 0.5, y + tall / 2], [x + width + 3, y + tall / 2]);
      await opened.page.keyboard.press('Alt+a');
      assert.equal((await opened.next('askAbout'))['text'], '1');
      for (const key of ['Alt+h', 'Alt+n', 'Alt+c']) await opened.page.keyboard.press(key);
      await opened.page.locator('.note-notice', { hasText: 'These words can’t be noted' }).waitFor();
      assert.match(
        await opened.page.evaluate<string>(`document.querySelector('#root > [role=status]').textContent`),
        /These words can’t be noted/,
      );
      assert.deepEqual([...(await opened.posted('keepNote')), ...(await opened.posted('makeCard'))], []);
      await opened.page.mouse.click(5, 200);
      await opened.page.locator('.note-notice', { hasText: 'These words can’t be noted' }).waitFor({ state: 'hidden' });
    },
    { text, height },
  ));
