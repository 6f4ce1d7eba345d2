// The words of a PDF's first page stand, until it is drawn, where it will have them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linesOnPage } from '../../src/core/library/sketch.ts';
import { asSketched } from '../../src/vscode/document/behindPdf.ts';
import { startPages, type Pages } from './harness.ts';
import { fixture, piecesOfText, shownPdf, textOf } from './pdfSample.ts';

let pages: Pages;
before(async () => {
  pages = await startPages('');
});
after(() => pages.close());

/** Where something is in the window. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const placeOf = (element: string): string => `(() => {
  const { left, top, width, height } = ${element}.getBoundingClientRect();
  return { left, top, width, height };
})()`;

for (const [file, words] of [
  ['tex-1.pdf', 'Models'],
  ['office-2.pdf', 'Models'],
] as const) {
  for (const [width, height, theme] of [
    [1000, 800, 'dark'],
    [640, 900, 'light'],
    [1700, 700, 'high-contrast'],
  ] as const) {
    test(`${file} in a window of ${width} × ${height}, ${theme}: paper and words stay where they are`, async () => {
      const bytes = await fixture(file);
      const text = await textOf(bytes);
      const { firstPage } = text;
      assert.ok(firstPage);
      const lines = linesOnPage(piecesOfText(text), 1);
      assert.ok(lines.length > 20, `${lines.length} lines`);
      const opened = await pages.open('pdf', { width, height, theme });
      try {
        const { page } = opened;
        const { html } = asSketched({ ...firstPage, lines });
        await page.evaluate(`document.body.insertAdjacentHTML('afterbegin', ${JSON.stringify(html)})`);
        const paper = await page.evaluate<Place>(placeOf(`document.querySelector('.sketch svg')`));
        const wordsAt = `[...document.querySelectorAll('LAYER')].find((one) => one.textContent.includes('${words}'))`;
        const sketched = await page.evaluate<Place>(placeOf(wordsAt.replace('LAYER', '.sketch text')));
        await opened.send({ type: 'open', document: shownPdf, bytes: new Uint8Array(bytes) });
        await opened.page.locator('.sketch').waitFor({ state: 'detached' });
        await page.locator('.page[data-page-number="1"] .textLayer .endOfContent').waitFor({ state: 'attached' });
        const real = await page.evaluate<Place>(placeOf(`document.querySelector('.page')`));
        for (const side of ['left', 'top', 'width', 'height'] as const) {
          assert.ok(Math.abs(paper[side] - real[side]) <= 1.5, JSON.stringify({ paper, real }));
        }
        const printed = await page.evaluate<Place>(placeOf(wordsAt.replace('LAYER', '.textLayer span')));
        assert.ok(Math.abs(sketched.left - printed.left) < 4, JSON.stringify({ sketched, printed }));
        const middle = ({ top, height: high }: Place): number => top + high / 2;
        assert.ok(Math.abs(middle(sketched) - middle(printed)) < 6, JSON.stringify({ sketched, printed }));
        assert.deepEqual(opened.faults, []);
      } finally {
        await opened.close();
      }
    });
  }
}
