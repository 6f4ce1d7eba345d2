// What is cited of a PDF, marked on its pages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DocumentText } from '../../src/core/library/documentText.ts';
import { linesOf } from '../../src/core/library/linesOf.ts';
import { plainSentences } from '../../src/core/sentenceEnds.ts';
import { startPages, type Pages } from './harness.ts';
import { drawn, fixture, textOf, withPdf } from './pdfSample.ts';

let pages: Pages;
let paper: Uint8Array;
let text: DocumentText;
before(async () => {
  pages = await startPages('');
  paper = await fixture('tex-2.pdf');
  text = await textOf(paper);
});
after(() => pages.close());

/** For each cited line: the words of the page's own text whose middle lies in it. */
const wordsInLines = `[...document.querySelectorAll('.cited-line')].map((line) => {
  const box = line.getBoundingClientRect();
  const words = [];
  for (const span of line.closest('.page').querySelectorAll('.textLayer span')) {
    const { left, right, top, bottom } = span.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    if (x > box.left && x < box.right && y > box.top && y < box.bottom) words.push({ left, text: span.textContent });
  }
  return words.sort((a, b) => a.left - b.left).map(({ text }) => text).join('');
})`;
const letters = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

test('a cited passage is marked line by line over its very words, in view, at any size', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      for (const [number, passage] of text.passages.entries()) {
        if (number % 5 !== 2) continue;
        await opened.send({ type: 'goTo', passage: number });
        const last = passage.boxes.at(-1)?.page ?? 0;
        await opened.until(
          `${drawn(passage.boxes[0]?.page ?? 0)} && document.querySelectorAll('.cited-line').length > 0`,
        );
        if (last === passage.boxes[0]?.page) {
          const words = await opened.page.evaluate<string[]>(wordsInLines);
          assert.equal(words.length, passage.boxes.length);
          assert.equal(letters(words.join('')), letters(passage.text));
        }
        const inView = await opened.page.evaluate<boolean>(`(() => {
          const { top, bottom } = document.querySelector('.cited-line').getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        })()`);
        assert.ok(inView, `passage ${number}`);
      }
      await opened.page.keyboard.press('Control+0');
      await opened.until(`document.querySelectorAll('.cited-line').length > 0`);
      await opened.page.keyboard.press('Escape');
      await opened.until(`document.querySelectorAll('.cited-line').length === 0`);
    },
    { text },
  ));

test('of a cited passage the lines of the sentence are marked, and come into view; those around it only lightly', () =>
  withPdf(
    pages,
    paper,
    async (opened) => {
      await opened.until(drawn(1));
      const number = text.passages.findIndex(
        ({ text: words, boxes }) => boxes.length > 6 && plainSentences(words).length > 3,
      );
      const passage = text.passages[number] ?? assert.fail();
      const sentence = plainSentences(passage.text).at(-1) ?? '';
      const lines = linesOf(passage, sentence) ?? assert.fail();
      await opened.send({ type: 'goTo', passage: number, lines });
      await opened.until(`document.querySelectorAll('.cited-line').length === ${passage.boxes.length}`);
      assert.equal(
        await opened.page.locator('.cited-line.around').count(),
        passage.boxes.length - (lines.to - lines.from),
      );
      const page = passage.boxes[lines.from]?.page ?? 0;
      await opened.until(drawn(page));
      const all = await opened.page.evaluate<string[]>(wordsInLines);
      // Those of the sentence come first.
      const words = letters(all.slice(0, lines.to - lines.from).join(''));
      assert.ok(words.includes(letters(sentence)), words);
      const inView = await opened.page.evaluate<boolean>(`(() => {
        const { top, bottom } = document.querySelector('.cited-line:not(.around)').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })()`);
      assert.ok(inView);
      await opened.send({ type: 'goTo', passage: number });
      await opened.until(`document.querySelectorAll('.cited-line.around').length === 0`);
    },
    { text },
  ));
