// Notes on what of a PDF is no running text: headings, formulas, tables, words of drawings.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium as playwright } from 'playwright-core';
import { chromium, CHROMIUM_ARGUMENTS } from '../../scripts/host/chromium.mjs';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import { documentWords } from '../../src/core/study/documentWords.ts';
import { findPlace, quoteAt } from '../../src/core/study/findPlace.ts';
import type { Quote } from '../../src/core/study/studyEvent.ts';
import { startPages, type Pages } from './harness.ts';
import { drawn, piecesOfText, shownPdf, textOf, withPdf, type OpenPdf } from './pdfSample.ts';

const height = 1500;
const { subject } = shownPdf;
let pages: Pages;
let paper: Uint8Array;
let text: DocumentText;
before(async () => {
  pages = await startPages('');
  paper = await printed();
  text = await textOf(paper);
});
after(() => pages.close());

const talk = (about: string): string =>
  `This paragraph of the paper is about ${about}, and goes on for some lines, as paragraphs of papers do when they have something to say. `.repeat(
    3,
  );

/** A page of a paper as a browser prints it. */
async function printed(): Promise<Uint8Array> {
  const browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>
    body { font: 10pt/1.35 "DejaVu Serif", serif; text-align: justify }
    h1 { font-size: 17pt } h2 { font-size: 12pt } p { margin: 0; text-indent: 1.2em }
    .formula { margin: 1em 0; text-align: center } .number { float: right } td, th { padding: 2pt 14pt; text-align: left }
    </style><h1>Attention in tiles</h1><p>${talk('attention')}</p><h2>2 Method</h2><p>${talk('tiles')}</p>
    <div class="formula"><i>O</i> = softmax(<i>QK</i><sup>T</sup> / √<i>d</i><sub>k</sub>) <i>V</i> <span class="number">(1)</span></div>
    <p>${talk('rows')}</p>
    <table><tr><th>Memory</th><th>Size</th><th>Speed</th></tr><tr><td>SRAM</td><td>20 MB</td><td>19 TB/s</td></tr>
    <tr><td>HBM</td><td>40 GB</td><td>1.5 TB/s</td></tr></table>
    <p>${talk('columns')}</p>
    <svg viewBox="0 0 200 60" width="400"><rect width="90" height="40" fill="silver"/><text x="5" y="20" font-size="8">outer loop</text></svg>
    <h2>3 Results</h2><p>${talk('results')}</p>`);
  const bytes = await page.pdf({ format: 'A4' });
  await browser.close();
  return bytes;
}

const words = () => documentWords('main', piecesOfText(text));
const letters = (of: string): string => of.normalize('NFKC').replace(/[^\p{L}\p{N}\p{Sm}]/gu, '');

/** Notes the characters from `start` to `end`, and says what is painted then. */
async function noted(opened: OpenPdf, start: number, end: number): Promise<string> {
  const quote = words().text.slice(start, end);
  await opened.send({
    type: 'notes',
    chapterId: subject,
    notes: [{ id: 'n', place: { start, end }, quote, text: '' }],
  });
  await opened.until(`CSS.highlights.has('note-highlight')`);
  return opened.page.evaluate<string>(
    `[...CSS.highlights.get('note-highlight')].map((range) => range.toString()).join(' ')`,
  );
}

test('the text has the headings, the formula and the rows of the table, between the paragraphs', () => {
  const all = piecesOfText(text);
  const headings = all.filter(({ kind }) => kind === 'heading').map((piece) => piece.text);
  for (const one of ['Attention in tiles', '2 Method', '3 Results']) assert.ok(headings.includes(one), one);
  const flow = words().text;
  const places = [
    'tiles, and goes on',
    'softmax(QK',
    'rows, and goes on',
    'SRAM',
    '19 TB/s',
    'HBM',
    'columns, and goes on',
  ];
  const at = places.map((one) => flow.indexOf(one));
  assert.deepEqual(
    at,
    at.toSorted((a, b) => a - b),
  );
  assert.ok(at.every((one) => one >= 0));
  assert.match(flow, /outer loop/);
});

test('every piece of the text is painted where it is printed, and selecting it is the same words', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      let [start, asked] = [0, 0];
      for (const piece of piecesOfText(text)) {
        const end = start + piece.text.length;
        assert.equal(letters(await noted(opened, start, end)), letters(piece.text));
        await opened.page.evaluate(`(() => {
          const ranges = [...CSS.highlights.get('note-highlight')];
          ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b));
          const [first, last] = [ranges[0], ranges.at(-1)];
          getSelection().setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
        })()`);
        await opened.page.keyboard.press('Alt+c');
        const quote = (await opened.next('makeCard', asked++))['quote'] as Quote;
        assert.equal(letters(quote.quote), letters(piece.text));
        const place = findPlace(words(), quote) ?? assert.fail(quote.quote);
        assert.deepEqual(quote, quoteAt(words(), place.start, place.end));
        start = end + 1;
      }
    },
    { text, height },
  ));

test('a heading, the formula and a row of the table are highlighted by mouse and by keyboard', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      for (const [index, [shown, expected]] of (
        [
          ['Method', 'Method'],
          ['softmax(', 'softmax'],
          ['SRAM', 'SRAM'],
        ] as const
      ).entries()) {
        await opened.page.locator('.textLayer span', { hasText: shown }).first().dblclick();
        await opened.page.getByRole('button', { name: 'Highlight this' }).click();
        const quote = (await opened.next('keepNote', index))['quote'] as Quote;
        assert.equal(quote.quote, expected);
        assert.ok(findPlace(words(), quote));
      }
      // By keyboard from sentence to sentence, over headings and formulas.
      const said: string[] = [];
      await opened.page.evaluate('getSelection().removeAllRanges()');
      for (let step = 0; step < 14; step++) {
        await opened.page.locator('.pages').press('Alt+ArrowDown');
        await opened.until(`document.getSelection().toString().trim() !== ''`);
        await opened.page.keyboard.press('Alt+a');
        said.push(String((await opened.next('askAbout', step))['text']));
      }
      assert.equal(said[0], 'Attention in tiles');
      assert.ok(said.includes('2 Method'));
      assert.ok(said.some((one) => one.includes('softmax(QK')));
    },
    { text, height },
  ));
